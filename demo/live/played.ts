/** Somebody of the story whose acts pass a gate, and are waited for where somebody plays them by hand. */
import type { Outcome, Person, Where } from '../../sandbox/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { byHand } from '../answers.ts';
import { chose, filled, happened, interaction, pressed, ran, type Wanted } from './by-hand.ts';

/** What the story asks of those who play it. */
export interface Playing {
  readonly sandbox: Sandbox;
  /** Waits until the next act may happen, and tells whether it is done by hand. */
  next(person: Person, what: string): Promise<'by-hand' | 'by-story'>;
  /** Whether what was asked for is not waited for any more. */
  isOver(person: Person): boolean;
  /** It was done. */
  did(): void;
}

const inRoom = (where: Where | undefined): string => (where?.in === undefined ? '' : ` in ${where.in}`);

const voiceRoom = ({ world, guild }: Sandbox, person: Person): string | undefined => {
  const state = world.guilds.get(guild.id)?.voiceStates.get(person.id);
  return world.channels.get(state?.channelId ?? '')?.name;
};

const valuesIn = (values: object): string => {
  const written = Object.entries(values).filter(([, value]) => typeof value !== 'object');
  return written.length > 0 ? ` (${written.map(([name, value]) => `${name}: ${value}`).join(', ')})` : '';
};

/** The same person, for the story. */
export const played = (person: Person, playing: Playing): Person => {
  const { sandbox } = playing;
  const isOver = () => playing.isOver(person);
  const answered = async (
    what: string,
    wanted: () => Wanted,
    act: () => Promise<Outcome>,
  ): Promise<Outcome> => {
    const who = await playing.next(person, what);
    const outcome =
      who === 'by-story' ? await act() : byHand(await interaction(sandbox, person, wanted(), isOver));
    playing.did();
    return outcome;
  };
  const done = async (what: string, look: () => boolean, act: () => Promise<void>): Promise<void> => {
    if ((await playing.next(person, what)) === 'by-story') await act();
    else await happened(look, isOver);
    playing.did();
  };
  const acts: Pick<Person, 'run' | 'press' | 'choose' | 'fill' | 'join' | 'leave'> = {
    run: (line, values = {}, where) =>
      answered(
        `types ${line}${inRoom(where)}${valuesIn(values)}`,
        () => ran(line),
        () => person.run(line, values, where),
      ),
    press: (label, where) =>
      answered(
        `presses “${label}”${inRoom(where)}`,
        () => pressed(person, label, where?.in),
        () => person.press(label, where),
      ),
    choose: (select, values, where) =>
      answered(
        `chooses in “${select}”${inRoom(where)}`,
        () => chose,
        () => person.choose(select, values, where),
      ),
    fill: (answers) =>
      answered(
        `fills in the form${valuesIn(answers)}`,
        () => filled,
        () => person.fill(answers),
      ),
    join: (room, voice) =>
      done(
        `joins the call in ${room}`,
        () => voiceRoom(sandbox, person) === room,
        () => person.join(room, voice),
      ),
    leave: () =>
      done(
        'leaves the call',
        () => voiceRoom(sandbox, person) === undefined,
        () => person.leave(),
      ),
  };
  // Everything else is the person's own.
  return Object.assign(Object.create(person), acts);
};
