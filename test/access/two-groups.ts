/** Two groups of one server that share nobody, and what is told in each, in words that stand nowhere else. */
import { commands } from '../../commands/index.ts';
import { codeOf } from '../../src/core/alert.ts';
import { type Asker, askerOf } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { asHearthDoes } from '../world/jobs.ts';
import { aMeeting } from '../world/meeting.ts';
import type { TestWorld } from '../world.ts';

/** Of the other group. */
export const EVE = '100000000000000031';
export const LEAD_OF_OTHERS = '100000000000000032';
export const CO_OF_OTHERS = '100000000000000033';
/** Of the first. */
export const SUPERVISOR = '100000000000000034';
export const THERAPIST = '100000000000000035';
export const DISCHARGED = '100000000000000036';

/** What Ana tells in the first group, by whom it is for; and what Eve tells in the other. */
export const MARKS = {
  herself: 'heron of ana',
  staff: 'marmot of ana',
  reason: 'badger of ana',
  intention: 'otter of ana',
  report: 'magpie of ana',
  correction: 'raven of lena',
  others: 'walrus of eve',
} as const;
export type Mark = keyof typeof MARKS;

export interface TwoGroups {
  readonly people: Asker;
  readonly birch: Group;
  readonly cedarId: string;
  readonly cedarRoom: string;
  /** Ids and codes of what is in the first group, by the name of the option that takes them. */
  readonly ids: Readonly<Record<string, string>>;
}

const askedOf = async (world: TestWorld, { cohort }: Group): Promise<Readonly<Record<string, string>>> => {
  const { records } = world.store;
  const [alert] = await records.alerts.ofCohort(cohort.id, 1);
  const session = await records.sessions.lastEnded(cohort.id);
  const [task] = await records.tasks.open(cohort.id);
  if (!alert || !session || !task) throw new Error('the first group has no alert, session or task');
  return { alert: codeOf(alert), session: session.id, task: String(task.number) };
};

const makeCedar = async (world: TestWorld, people: Asker): Promise<string> => {
  const staff = { lead: LEAD_OF_OTHERS, 'co-facilitator': CO_OF_OTHERS };
  await people.read(ADMIN, 'cohort create', { given: { name: 'Cedar', type: 'support', ...staff } });
  await people.read(ADMIN, 'cohort enrol', { given: { cohort: 'Cedar', person: EVE } });
  await people.read(EVE, 'agreement sign', { given: { confirm: 'I agree' } });
  await world.settle(asHearthDoes(world));
  const given = { goal: MARKS.others, 'review-on': '2026-12-01', readers: 'staff' };
  await people.read(EVE, 'goal set', { given });
  const cedar = (await world.store.records.cohorts.ofGuild(GUILD)).find(({ name }) => name === 'Cedar');
  if (!cedar) throw new Error('there is no group Cedar');
  return cedar.id;
};

const tellInBirch = async (birch: Group): Promise<void> => {
  const goal = { 'review-on': '2026-12-01' };
  await birch.says(ANA, 'goal set', { given: { ...goal, goal: MARKS.staff, readers: 'staff' } });
  await birch.says(ANA, 'goal set', { given: { ...goal, goal: MARKS.herself, readers: 'only-me' } });
  await birch.says(ANA, 'absence tell', { given: { meeting: '2026-05-31', reason: MARKS.reason } });
  await birch.says(ANA, 'report', { given: { person: BEN, words: MARKS.report } });
};

const meet = async (birch: Group): Promise<void> => {
  birch.inVoice(ANA, BEN, LEAD);
  await birch.says(LEAD, 'session open');
  const arrival = { mood: 1, energy: 9, words: 'lonely', goal: 'stuck', share: 'staff' };
  await birch.says(ANA, 'check-in', { given: arrival });
  while (!(await birch.says(LEAD, 'session next')).includes('eflection'));
  const reflection = { share: 'staff', 'take-away': 'not-alone', 'intention-readers': 'staff' };
  await birch.says(ANA, 'reflect', { given: { ...reflection, intention: MARKS.intention } });
  await birch.says(LEAD, 'session end');
  await birch.settle();
  const given = { person: ANA, status: 'excused', reason: MARKS.correction };
  await birch.says(LEAD, 'attendance mark', { given });
};

/** Makes both, with a session of the first that is over. */
export const twoGroups = async (world: TestWorld): Promise<TwoGroups> => {
  const people = askerOf(world, commands);
  const birch = await aGroup(world, 'Birch', { signed: [ANA, BEN] });
  const admin = (path: string, given: Record<string, unknown>) => people.read(ADMIN, path, { given });
  await admin('cohort supervisor', { cohort: 'Birch', person: SUPERVISOR });
  await admin('cohort therapist', { cohort: 'Birch', person: ANA, therapist: THERAPIST });
  await admin('cohort enrol', { cohort: 'Birch', person: DISCHARGED });
  await birch.says(DISCHARGED, 'agreement sign', { given: { confirm: 'I agree' } });
  await admin('cohort discharge', { cohort: 'Birch', person: DISCHARGED, sure: 'yes' });
  const cedarId = await makeCedar(world, people);
  const meeting = await aMeeting(world, birch.cohort, new Date('2026-05-31T16:00:00Z'));
  await tellInBirch(birch);
  await meet(birch);
  const refs = await world.store.records.roomRefs.ofCohort(cedarId);
  const cedarRoom = refs.find(({ kind }) => kind === 'group')?.channelId ?? '';
  const ids = { ...(await askedOf(world, birch)), meeting: meeting.id, person: ANA, cohort: birch.cohort.id };
  return { people, birch, cedarId, cedarRoom, ids };
};

/** Everybody whom the first group names: whoever is outside of it is told of none of them. */
export const OF_BIRCH: readonly string[] = [ANA, BEN, CLEO, LEAD, SUPERVISOR, THERAPIST];
