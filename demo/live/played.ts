/** Somebody of the story whose acts pass a gate, and are waited for where somebody plays them by hand. */
import type { Outcome, Person, Where } from '../../sandbox/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { byHand } from '../answers.ts';
import { buttonsCalled, chose, filled, happened, interaction, pressed, ran, type Wanted } from './by-hand.ts';

/** What the story asks of those who play it. */
export interface Playing {
  readonly sandbox: Sandbox;
  /** Waits until the next act may happen, in a room by its name, and tells whether it is done by hand. */
  next(person: Person, what: string, where?: string): Promise<'by-hand' | 'by-story'>;
  /** Why what was asked for is not waited for any more: the story does it after all, or is left. */
  over(person: Person): 'released' | 'left' | undefined;
  /** It was done. */
  did(): void;
  /** It was not answered, and is tried again. */
  again(person: Person): void;
}

/** Something that somebody does, as the page tells it. */
interface Act {
  readonly what: string;
  readonly where?: string;
}

const voiceRoom = ({ world, guild }: Sandbox, person: Person): string | undefined => {
  const state = world.guilds.get(guild.id)?.voiceStates.get(person.id);
  return world.channels.get(state?.channelId ?? '')?.name;
};

/** Values as they are shown: people by name. */
const valuesIn = ({ people }: Sandbox, values: object): string => {
  const names = new Map([...people.values()].map(({ id, name }) => [id, name]));
  const shown = Object.entries(values)
    .filter(([, value]) => typeof value !== 'object')
    .map(([name, value]) => `${name}: ${names.get(String(value)) ?? value}`);
  return shown.length > 0 ? ` (${shown.join(', ')})` : '';
};

const inRoom = (what: string, where: Where | undefined, values = ''): Act =>
  where?.in === undefined
    ? { what: `${what}${values}` }
    : { what: `${what} in ${where.in}${values}`, where: where.in };

/** How often somebody looks for what is not in sight. */
const TRIES = 12;

/** What came of an act; what is not in sight may still come, so that this is a failure as any other at first. */
const attempt = async (act: () => Promise<Outcome>, tries: number): Promise<Outcome> => {
  try {
    return await act();
  } catch (cause) {
    if (tries >= TRIES) throw cause;
    return { is: 'failure', code: 0, why: String(cause) };
  }
};

/** The same person, for the story. */
export const played = (person: Person, playing: Playing): Person => {
  const { sandbox } = playing;
  const isOver = () => playing.over(person) !== undefined;
  const isReleased = () => playing.over(person) === 'released';
  /** What came of it by somebody's own hand; undefined when the story is to do it after all. */
  const byTheirHand = async (wanted: Wanted): Promise<Outcome | undefined> => {
    const outcome = await interaction(sandbox, person, wanted, isOver);
    return outcome || isReleased() ? outcome : { is: 'nothing' };
  };
  const answered = async (
    { what, where }: Act,
    wanted: () => Wanted,
    act: () => Promise<Outcome>,
    isDone: () => Promise<boolean> = async () => false,
  ): Promise<Outcome> => {
    for (let tries = 1; ; tries += 1) {
      const who = await playing.next(person, what, where);
      if (tries > 1 && (await isDone())) return byHand({ is: 'nothing' });
      const theirs = who === 'by-hand' ? await byTheirHand(wanted()) : undefined;
      const outcome = theirs ?? (await attempt(act, tries));
      playing.did();
      // What went wrong on the way, or was done by hand, may have left other words than those of a smooth day.
      if (outcome.is !== 'failure') return theirs || tries > 1 ? byHand(outcome) : outcome;
      if (tries === 1) playing.again(person);
    }
  };
  const pressing = async (label: string, where: Where | undefined): Promise<Outcome> => {
    let before: ReadonlySet<unknown> = new Set();
    return await answered(
      inRoom(`presses “${label}”`, where),
      () => pressed(person, label, where?.in),
      async () => {
        before = await buttonsCalled(person, label, where?.in);
        return await person.press(label, where);
      },
      // A button that is another one by now was pressed, though nobody was told so.
      async () => {
        const there = [...(await buttonsCalled(person, label, where?.in))];
        return before.size > 0 && !there.some((id) => before.has(id));
      },
    );
  };
  const done = async ({ what, where }: Act, look: () => boolean, act: () => Promise<void>): Promise<void> => {
    const who = await playing.next(person, what, where);
    if (who === 'by-hand') await happened(look, isOver);
    if (who === 'by-story' || (isReleased() && !look())) await act();
    playing.did();
  };
  const acts: Pick<Person, 'run' | 'press' | 'choose' | 'fill' | 'join' | 'leave'> = {
    run: (line, values = {}, where) =>
      answered(
        inRoom(`types ${line}`, where, valuesIn(sandbox, values)),
        () => ran(line),
        () => person.run(line, values, where),
      ),
    press: pressing,
    choose: (select, values, where) =>
      answered(
        inRoom(`chooses in “${select}”`, where),
        () => chose,
        () => person.choose(select, values, where),
      ),
    fill: (answers) =>
      answered(
        { what: `fills in the form${valuesIn(sandbox, answers)}` },
        () => filled,
        () => person.fill(answers),
      ),
    join: (room, voice) =>
      done(
        { what: `joins the call in ${room}`, where: room },
        () => voiceRoom(sandbox, person) === room,
        () => person.join(room, voice),
      ),
    leave: () =>
      done(
        { what: 'leaves the call' },
        () => voiceRoom(sandbox, person) === undefined,
        () => person.leave(),
      ),
  };
  // Everything else is the person's own.
  return Object.assign(Object.create(person), acts);
};
