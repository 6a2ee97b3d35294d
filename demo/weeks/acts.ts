/** What people do around one meeting: they say whether they come, they come, they lead, and they look back. */
import type { Outcome, Person } from '../../sandbox/people.ts';
import { openForm } from '../manner.ts';
import { until } from '../watch.ts';
import { ABSENT, EXCUSED, type GroupPlan } from './programme.ts';
import type { WeeksStage } from './stage.ts';
import type { Moment, MomentKind } from './timetable.ts';

/** What a meeting is to the story, beside its moments. */
export interface Scene extends Moment {
  readonly stage: WeeksStage;
  /** 1 for the first meeting of the group. */
  readonly number: number;
  /** People who are still in the group. */
  readonly members: readonly string[];
}

/** Tried again after Hearth was down for a moment: what somebody does who sees “did not respond”. */
export const insisting = async (act: () => Promise<Outcome>): Promise<string> => {
  let outcome = await act();
  for (let tries = 1; outcome.is === 'failure' && tries < 4; tries += 1) outcome = await act();
  if (outcome.is === 'failure') throw new Error(`Discord says ${outcome.code}: ${outcome.why}`);
  return outcome.is === 'reply' ? outcome.text : '';
};

const command =
  (person: Person, line: string, values: Record<string, string | number> = {}, room = 'group-room') =>
  (): Promise<Outcome> =>
    person.run(line, values, { in: room });

const doesNotCome = ({ group, number }: Scene, name: string): boolean =>
  (name === ABSENT && group.participants.includes(ABSENT) && (number === 4 || number === 5)) ||
  (name === EXCUSED && number % 5 === 3);

const comesLate = ({ number }: Scene, name: string): boolean => (name.charCodeAt(0) + number) % 11 === 0;

const leadIsAbsent = ({ group, number }: Scene): boolean => group.name === 'Garden room' && number === 6;

const coming = (scene: Scene): readonly string[] => scene.members.filter((name) => !doesNotCome(scene, name));

type Act = (scene: Scene) => Promise<void>;

/** An hour before: some say that they will be there, and one says that they cannot come. */
const answer: Act = async (scene) => {
  const { stage, members, occurrence } = scene;
  for (const [index, name] of members.entries()) {
    const person = stage.who(name);
    if (name === EXCUSED && doesNotCome(scene, name)) {
      await insisting(
        command(person, '/absence tell', { meeting: occurrence.id, reason: 'A family matter' }),
      );
    } else if (coming(scene).includes(name) && (index + scene.number) % 3 === 0) {
      await insisting(command(person, '/rsvp', { meeting: occurrence.id, answer: 'coming' }));
    }
  }
};

const join = async ({ stage }: Scene, name: string): Promise<void> => {
  const person = stage.who(name);
  await until(`the rooms are open for ${name}`, () => person.sees('group-voice'));
  await person.join('group-voice');
};

const gather: Act = async (scene) => {
  const { lead, coFacilitator } = scene.group;
  for (const name of coming(scene).filter((each) => !comesLate(scene, each))) await join(scene, name);
  for (const name of leadIsAbsent(scene) ? [coFacilitator] : [lead, coFacilitator]) await join(scene, name);
};

const leader = (scene: Scene): Person =>
  scene.stage.who(leadIsAbsent(scene) ? scene.group.coFacilitator : scene.group.lead);

const open: Act = async (scene) => {
  // Where the lead does not appear, nobody opens before the co-facilitator was asked.
  if (!leadIsAbsent(scene)) await insisting(command(leader(scene), '/session open', {}, 'staff-room'));
};

const late: Act = async (scene) => {
  if (leadIsAbsent(scene)) await insisting(command(leader(scene), '/session open', {}, 'staff-room'));
  for (const name of coming(scene).filter((each) => comesLate(scene, each))) await join(scene, name);
};

const middle: Act = async (scene) => {
  await insisting(command(leader(scene), '/session next', {}, 'staff-room'));
  const [first] = coming(scene);
  if (first) await insisting(command(scene.stage.who(first), '/check-in', { share: 'pass' }));
};

const end: Act = async (scene) => {
  const { stage, group } = scene;
  await insisting(command(leader(scene), '/session end', {}, 'staff-room'));
  for (const name of [...scene.members, group.lead, group.coFacilitator]) await stage.who(name).leave();
  await insisting(command(leader(scene), '/attendance attest', {}, 'staff-room'));
};

const wait: Act = async () => undefined;

const ACTS: Readonly<Record<MomentKind, Act>> = {
  day: wait,
  hour: answer,
  lobby: wait,
  gather,
  begins: open,
  late,
  middle,
  ends: end,
  over: wait,
};

/** The two whom a meeting of their own is for, when it is one. */
const pairOf = ({ stage, occurrence: { individual } }: Scene): readonly Person[] =>
  individual ? [individual.person, individual.therapist].map(({ account }) => stage.whoIs(account)) : [];

const joinOneToOne = async (person: Person): Promise<void> => {
  const room = (): string | undefined =>
    person.rooms().find(({ name }) => /^one-to-one-\d+-voice$/.test(name))?.name;
  await until('the room of two is open', () => room() !== undefined);
  await person.join(room() ?? '');
};

/** Two people have a time of their own: it begins and ends by itself. */
const ACTS_OF_TWO: Readonly<Partial<Record<MomentKind, Act>>> = {
  gather: async (scene) => {
    for (const person of pairOf(scene)) await joinOneToOne(person);
  },
  ends: async (scene) => {
    for (const person of pairOf(scene)) await person.leave();
  },
};

/** Does what people do at a moment. */
export const act: Act = async (scene) => {
  if (scene.occurrence.individual) await ACTS_OF_TWO[scene.what]?.(scene);
  else await ACTS[scene.what](scene);
};

/** The group's people sign, and most say how they would like to be reminded. */
export const welcome = async (
  stage: WeeksStage,
  group: GroupPlan,
  wants: (name: string) => boolean,
): Promise<void> => {
  for (const name of group.participants) {
    const person = stage.who(name);
    await until(`${name} sees the welcome room`, () => person.sees('welcome'));
    await insisting(() => openForm(person, 'Sign', { in: 'welcome' }));
    await insisting(() => person.fill({ confirm: 'I agree' }));
    await until(`the rooms open for ${name}`, () => person.sees('group-room'));
    if (wants(name)) await insisting(command(person, '/reminders choose', { direct: 'yes' }));
  }
};
