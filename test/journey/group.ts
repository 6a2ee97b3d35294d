/** A group on the stage: made by the admin, enrolled, signed, and led, all as people do it in Discord. */
import { openForm } from '../../demo/manner.ts';
import type { Outcome, Person } from '../../sandbox/people.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import type { GroupRoomKind, Room } from '../../src/core/rooms.ts';
import { until } from '../adapters/jobs/until.ts';
import { ADMIN, type Stage } from './stage.ts';

/** What somebody was told; nothing, when a press was only done. A failure of Discord's is an error. */
export const told = (outcome: Outcome): string => {
  if (outcome.is === 'failure') throw new Error(`Discord says ${outcome.code}: ${outcome.why}`);
  return outcome.is === 'reply' ? outcome.text : '';
};

/** A press or command that was done, and needed no words: a sentence would be a refusal. */
export const done = (outcome: Outcome): void => {
  const text = told(outcome);
  if (text !== '') throw new Error(`expected nothing to be said, but read "${text}"`);
};

/** A reply that must hold these words. */
export const says = (outcome: Outcome, words: string): void => {
  const text = told(outcome);
  if (!text.includes(words)) throw new Error(`expected to read "${words}", but read "${text}"`);
};

export interface GroupPlan {
  readonly name: string;
  readonly lead: string;
  readonly coFacilitator: string;
  readonly enrolled: readonly string[];
}

/** The admin makes a group and enrols people, and nobody has signed yet. */
export const makeGroup = async (
  { who }: Stage,
  { name, lead, coFacilitator, enrolled }: GroupPlan,
): Promise<void> => {
  const made = await who(ADMIN).run('/cohort create', {
    name,
    type: 'psychoeducation',
    capacity: 8,
    minutes: '60',
    lead: who(lead).id,
    'co-facilitator': who(coFacilitator).id,
  });
  says(made, 'The group is made');
  for (const one of enrolled) {
    says(await who(ADMIN).run('/cohort enrol', { cohort: name, person: who(one).id }), 'enrolled');
  }
};

/** Signs, and waits until the rooms open; for everything that it waits for, so many seconds. */
export const sign = async (one: Person, seconds = 20): Promise<void> => {
  await until('the welcome room is seen', () => one.sees('welcome'), seconds);
  await until('the agreement stands there', async () => (await one.read('welcome')).length > 0, seconds);
  await openForm(one, 'Sign', { in: 'welcome' });
  says(await one.fill({ confirm: 'I agree' }), 'it is signed');
  await until('the rooms open', () => one.sees('group-room') && one.sees('group-voice'), seconds);
};

/** The group of that name, as it is kept. */
export const groupCalled = async ({ records, sandbox }: Stage, name: string): Promise<Cohort> => {
  const cohort = (await records.cohorts.ofGuild(sandbox.guild.id)).find((each) => each.name === name);
  if (!cohort) throw new Error(`no group called ${name} is kept`);
  return cohort;
};

/** The channels of a group by kind of room; every room must be known. */
export const channelsOf = async (
  { records }: Stage,
  cohortId: string,
): Promise<Readonly<Record<GroupRoomKind, string>>> => {
  const refs = await records.roomRefs.ofCohort(cohortId);
  const channel = (kind: Room['kind']): string => {
    const ref = refs.find((each) => each.kind === kind);
    if (!ref) throw new Error(`the ${kind} room is not known`);
    return ref.channelId;
  };
  return {
    category: channel('category'),
    welcome: channel('welcome'),
    group: channel('group'),
    voice: channel('voice'),
    staff: channel('staff'),
  };
};
