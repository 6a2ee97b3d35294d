/** Everybody tries every command at every moment of a group's life, and gets what this table says. */
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Reply } from '../../src/command.ts';
import { PHASES, type Phase } from '../../src/core/agenda.ts';
import type { Refusal } from '../../src/core/refusal.ts';
import { GRACE } from '../../src/core/session.ts';
import { SECOND } from '../../src/core/time.ts';
import { wordsFor } from '../../src/words/index.ts';
import { type Asker, askerOf } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { rehearsing } from '../world/rehearsal.ts';
import { type TestWorld, testWorld } from '../world.ts';

const NAME = 'Lantern';
const DISCHARGED = '100000000000000021';
const PARTICIPANT_ELSEWHERE = '100000000000000022';
const LEAD_ELSEWHERE = '100000000000000023';
const CO_FACILITATOR_ELSEWHERE = '100000000000000024';
const NEWCOMER = '100000000000000025';

const ROLES = {
  participant: ANA,
  'enrolled, not signed': CLEO,
  lead: LEAD,
  'co-facilitator': CO_FACILITATOR,
  admin: ADMIN,
  'participant of another group': PARTICIPANT_ELSEWHERE,
  'lead of another group': LEAD_ELSEWHERE,
  discharged: DISCHARGED,
  outsider: OUTSIDER,
} as const;
type Role = keyof typeof ROLES;

/** Of the first session: before it, its phases, a pause in the discussion, within the grace after it, and later. */
const MOMENTS = ['before', ...PHASES, 'paused', 'ended', 'later'] as const;
type Moment = (typeof MOMENTS)[number];

type Answer = 'yes' | 'invalid' | 'asked' | Refusal['code'];
type AtEach = Readonly<Record<Moment, Answer>>;

const phases = (answer: Answer): Readonly<Record<Phase, Answer>> => ({
  welcome: answer,
  'check-in': answer,
  grounding: answer,
  review: answer,
  topic: answer,
  discussion: answer,
  exercise: answer,
  reflection: answer,
});

const always = (answer: Answer): AtEach => ({
  before: answer,
  ...phases(answer),
  paused: answer,
  ended: answer,
  later: answer,
});

/** What somebody gets who may, at each moment. */
const IDLE: AtEach = {
  ...always('yes'),
  ...phases('session-in-progress'),
  paused: 'session-in-progress',
};
const RUNNING: AtEach = { ...always('no-session'), ...phases('yes'), paused: 'session-paused' };
const UNFINISHED: AtEach = { ...RUNNING, paused: 'yes' };
const FORWARD: AtEach = { ...RUNNING, reflection: 'last-phase' };
const BACKWARD: AtEach = { ...RUNNING, welcome: 'first-phase' };
const PAUSED: AtEach = { ...always('no-session'), ...phases('not-paused'), paused: 'yes' };
const ARRIVING: AtEach = { ...always('yes'), before: 'no-session', later: 'session-ended' };
const LEAVING: AtEach = {
  ...always('not-yet-reflection'),
  before: 'no-session',
  reflection: 'yes',
  ended: 'yes',
  later: 'session-ended',
};
const talking = (answer: Answer): AtEach => ({
  ...RUNNING,
  ...phases('not-a-talking-phase'),
  review: answer,
  topic: answer,
  discussion: answer,
  exercise: answer,
});
const COUNTED: AtEach = { ...always('no-attendance-yet'), ended: 'yes', later: 'yes' };
const OPEN_ROSTER: AtEach = { ...always('roster-closed'), before: 'yes' };

type Row = Readonly<Record<Role, Answer | AtEach>>;

const STRANGERS = {
  'participant of another group': 'no-group-here',
  'lead of another group': 'no-group-here',
  discharged: 'no-group-here',
  outsider: 'no-group-here',
} as const;

const forParticipants = (participant: Answer | AtEach): Row => ({
  ...STRANGERS,
  participant,
  'enrolled, not signed': 'sign-first',
  lead: 'not-for-you',
  'co-facilitator': 'not-for-you',
  admin: 'not-for-you',
});
const forStaff = (staff: Answer | AtEach): Row => ({
  ...STRANGERS,
  participant: 'staff-only',
  'enrolled, not signed': 'staff-only',
  lead: staff,
  'co-facilitator': staff,
  admin: 'staff-only',
});
const forAdmins = (admin: Answer | AtEach): Row => ({
  ...STRANGERS,
  participant: 'admins-only',
  'enrolled, not signed': 'admins-only',
  lead: 'admins-only',
  'co-facilitator': 'admins-only',
  admin,
});

/** What each is given to say, and what each gets. */
const TABLE: Readonly<Record<string, readonly [given: Readonly<Record<string, unknown>>, row: Row]>> = {
  'cohort create': [
    { name: 'Meadow', type: 'support', lead: LEAD, 'co-facilitator': CO_FACILITATOR },
    {
      ...forAdmins('yes'),
      'participant of another group': 'admins-only',
      'lead of another group': 'admins-only',
      discharged: 'admins-only',
      outsider: 'admins-only',
    },
  ],
  'cohort enrol': [{ cohort: NAME, person: NEWCOMER }, forAdmins(OPEN_ROSTER)],
  'cohort discharge': [{ cohort: NAME, person: BEN }, forAdmins('yes')],
  'cohort show': [{ cohort: NAME }, { ...forStaff('yes'), admin: 'yes' }],
  'cohort archive': [{ cohort: NAME }, forAdmins(IDLE)],
  'agreement show': [
    {},
    {
      ...forParticipants('yes'),
      'enrolled, not signed': 'yes',
      lead: 'yes',
      'co-facilitator': 'yes',
    },
  ],
  'agreement sign': [
    { confirm: 'I agree' },
    { ...forParticipants('already-signed'), 'enrolled, not signed': 'yes' },
  ],
  'agreement withdraw': [
    { sure: 'yes' },
    { ...forParticipants('yes'), 'enrolled, not signed': 'not-signed' },
  ],
  'session open': [{}, forStaff(IDLE)],
  'session next': [{}, forStaff(FORWARD)],
  'session back': [{}, forStaff(BACKWARD)],
  'session skip': [{}, forStaff(FORWARD)],
  'session extend': [{ minutes: 5 }, forStaff(RUNNING)],
  'session pause': [{}, forStaff(RUNNING)],
  'session resume': [{}, forStaff(PAUSED)],
  'session end': [{}, forStaff(UNFINISHED)],
  'check-in': [{ mood: 6, energy: 4, goal: 'on-track', share: 'group' }, forParticipants(ARRIVING)],
  'turn raise': [{}, forParticipants(talking('yes'))],
  'turn pass': [{}, forParticipants(talking('yes'))],
  'turn later': [{}, forParticipants(talking('yes'))],
  'turn done': [{}, forParticipants(talking('not-speaking'))],
  'turn next': [{}, forStaff(talking('yes'))],
  'turn unheard': [{}, forStaff(UNFINISHED)],
  reflect: [{ 'take-away': 'not-alone', share: 'staff' }, forParticipants(LEAVING)],
  'goal set': [
    { goal: 'Walk every morning', 'review-on': '2026-06-01', readers: 'staff' },
    forParticipants('yes'),
  ],
  'goal update': [{ goal: '1', level: 1 }, forParticipants('yes')],
  'goal list': [{ person: ANA }, { ...forParticipants('yes'), lead: 'yes', 'co-facilitator': 'yes' }],
  'goal show': [
    { goal: '1', person: ANA },
    { ...forParticipants('yes'), lead: 'yes', 'co-facilitator': 'yes' },
  ],
  'attendance show': [
    {},
    { ...forParticipants(COUNTED), lead: COUNTED, 'co-facilitator': COUNTED, admin: COUNTED },
  ],
  'attendance mark': [{ person: ANA, status: 'excused', reason: 'At the dentist' }, forStaff(COUNTED)],
};

const PATHS = commands.flatMap((entry) =>
  'commands' in entry ? entry.commands.map(({ name }) => `${entry.name} ${name}`) : [entry.name],
);

const words = wordsFor('en');

type Every = { readonly [Code in Refusal['code']]: Extract<Refusal, { code: Code }> };

/** Every refusal there is, exhaustively by type: whatever is worded like none of them was not refused. */
const everyRefusal = (phase: Phase): Every => ({
  'not-for-you': { code: 'not-for-you' },
  'admins-only': { code: 'admins-only' },
  'staff-only': { code: 'staff-only' },
  'no-group-here': { code: 'no-group-here' },
  'which-group': { code: 'which-group' },
  'sign-first': { code: 'sign-first' },
  'somebody-was-first': { code: 'somebody-was-first' },
  'name-taken': { code: 'name-taken', name: 'Meadow' },
  'cohort-archived': { code: 'cohort-archived' },
  'cohort-full': { code: 'cohort-full', capacity: 10 },
  'roster-closed': { code: 'roster-closed' },
  'already-enrolled': { code: 'already-enrolled' },
  'not-enrolled': { code: 'not-enrolled' },
  'is-staff': { code: 'is-staff' },
  'is-bot': { code: 'is-bot' },
  'same-facilitator': { code: 'same-facilitator' },
  'no-such-zone': { code: 'no-such-zone', written: 'Etc/UTC', suggestions: [] },
  'session-in-progress': { code: 'session-in-progress' },
  'already-signed': { code: 'already-signed' },
  'not-signed': { code: 'not-signed' },
  'agreement-changed': { code: 'agreement-changed' },
  'confirmation-differs': { code: 'confirmation-differs', expected: 'I agree' },
  'no-such-topic': { code: 'no-such-topic' },
  'no-session': { code: 'no-session' },
  'session-ended': { code: 'session-ended' },
  'session-paused': { code: 'session-paused' },
  'not-paused': { code: 'not-paused' },
  'moved-on': { code: 'moved-on', phase },
  'first-phase': { code: 'first-phase' },
  'last-phase': { code: 'last-phase' },
  'not-a-talking-phase': { code: 'not-a-talking-phase', phase },
  'not-yet-reflection': { code: 'not-yet-reflection', phase },
  'hand-already-raised': { code: 'hand-already-raised' },
  'already-speaking': { code: 'already-speaking' },
  'not-speaking': { code: 'not-speaking' },
  'nobody-waiting': { code: 'nobody-waiting' },
  'no-such-goal': { code: 'no-such-goal' },
  'which-person': { code: 'which-person' },
  'date-not-ahead': { code: 'date-not-ahead' },
  'no-such-date': { code: 'no-such-date' },
  'no-attendance-yet': { code: 'no-attendance-yet' },
  'no-such-person-here': { code: 'no-such-person-here' },
});

const answerOf = (reply: Reply, phase: Phase): Answer => {
  if (reply.kind === 'ask') return 'asked';
  const said = JSON.stringify(reply.card);
  const refused = Object.values(everyRefusal(phase)).find(
    (refusal) => JSON.stringify(words.refusal(refusal)) === said,
  );
  if (refused) return refused.code;
  const { title } = words.invalid([{ option: '', description: '', what: 'wrong' }]);
  return reply.card.title === title ? 'invalid' : 'yes';
};

type Seen = Readonly<Record<Moment, Readonly<Record<string, Readonly<Record<string, Answer>>>>>>;

const roles = Object.entries(ROLES);

/** What everybody gets at this moment; nothing of it is kept, so that all meet the same moment. */
const everybodyTries = async (people: Asker, channelId: string, phase: Phase) => {
  const seen: Record<string, Record<string, Answer>> = {};
  for (const [path, [given]] of Object.entries(TABLE)) {
    const answers = await Promise.all(
      roles.map(async ([role, account]) => {
        const reply = await people.ask(account, path, { channelId, given });
        return [role, answerOf(reply, phase)] as const;
      }),
    );
    seen[path] = Object.fromEntries(answers);
  }
  return seen;
};

/** The cast beside the group: a group of others on the same server, and somebody who was discharged. */
const castBeside = async (group: Group): Promise<void> => {
  const admin = (path: string, given: Record<string, unknown>) =>
    group.people.read(ADMIN, `cohort ${path}`, { given });
  const staff = { lead: LEAD_ELSEWHERE, 'co-facilitator': CO_FACILITATOR_ELSEWHERE };
  await admin('create', { name: 'Elsewhere', type: 'support', ...staff });
  await admin('enrol', { cohort: 'Elsewhere', person: PARTICIPANT_ELSEWHERE });
  await group.people.read(PARTICIPANT_ELSEWHERE, 'agreement sign', { given: { confirm: 'I agree' } });
  await admin('enrol', { cohort: NAME, person: DISCHARGED });
  await group.says(DISCHARGED, 'agreement sign', { given: { confirm: 'I agree' } });
  await admin('discharge', { cohort: NAME, person: DISCHARGED });
};

const arrange = async (world: TestWorld): Promise<Group> => {
  const group = await aGroup(world, NAME, { type: 'psychoeducation', signed: [ANA, BEN] });
  await castBeside(group);
  const given = { goal: 'Sleep at eleven', 'review-on': '2026-06-01', readers: 'staff' };
  await group.says(ANA, 'goal set', { given });
  group.inVoice(ANA, BEN, LEAD);
  return group;
};

/** How the group comes from the moment before to this one. */
const reach = async (world: TestWorld, group: Group, moment: Moment): Promise<void> => {
  switch (moment) {
    case 'before':
      return;
    case 'welcome':
      return void (await group.says(LEAD, 'session open'));
    case 'review':
      await group.says(LEAD, 'session next');
      return void (await group.says(BEN, 'turn raise'));
    case 'paused':
      await group.says(LEAD, 'session back');
      await group.says(LEAD, 'session back');
      return void (await group.says(LEAD, 'session pause'));
    case 'ended':
      return void (await group.says(LEAD, 'session end'));
    case 'later':
      return world.clock.pass(GRACE + SECOND);
    default:
      return void (await group.says(LEAD, 'session next'));
  }
};

const phaseAt = (moment: Moment): Phase => PHASES.find((phase) => phase === moment) ?? 'discussion';

const seeAll = async (): Promise<Seen> => {
  const world = await testWorld();
  const group = await arrange(world);
  const people = askerOf(rehearsing(world), commands);
  const seen: Record<string, Awaited<ReturnType<typeof everybodyTries>>> = {};
  for (const moment of MOMENTS) {
    await reach(world, group, moment);
    seen[moment] = await everybodyTries(people, group.room('group'), phaseAt(moment));
  }
  await world.close();
  // Every moment was gone through above.
  return seen as Seen;
};

const expectedAt = (row: Row, moment: Moment): Readonly<Record<string, Answer>> =>
  Object.fromEntries(
    Object.entries(row).map(([role, cell]) => [role, typeof cell === 'string' ? cell : cell[moment]]),
  );

let seen: Seen;
beforeAll(async () => {
  seen = await seeAll();
}, 240_000);

describe('what everybody gets who tries it, at every moment', () => {
  it('is written down for every command that there is', () => {
    expect(Object.keys(TABLE).toSorted()).toEqual(PATHS.toSorted());
  });

  it.each(Object.entries(TABLE))('/%s', (path, [_given, row]) => {
    for (const moment of MOMENTS) {
      expect({ moment, answers: seen[moment][path] }).toEqual({ moment, answers: expectedAt(row, moment) });
    }
  });
});
