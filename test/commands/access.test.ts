/** Everybody tries every command at every stage of a group's life, and is answered as the table says. */
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Reply } from '../../src/command.ts';
import { PHASES, type Phase } from '../../src/core/agenda.ts';
import type { Refusal } from '../../src/core/refusal.ts';
import { wordsFor } from '../../src/words/index.ts';
import { type Asker, askerOf } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { rehearsing } from '../world/rehearsal.ts';
import { type TestWorld, testWorld } from '../world.ts';
import { ROLES, type Role, type Row, STAGES, type Stage, TABLE } from './access-table.ts';

const NAME = 'Matrix';
const DISCHARGED = '100000000000000021';
const ELSEWHERE = '100000000000000022';
const THERAPIST = '100000000000000025';
const SUPERVISOR = '100000000000000026';
const LEAD_ELSEWHERE = '100000000000000023';
const CO_FACILITATOR_ELSEWHERE = '100000000000000024';

const ACCOUNTS: Readonly<Record<Role, string>> = {
  participant: ANA,
  unsigned: CLEO,
  elsewhere: ELSEWHERE,
  'co-facilitator': CO_FACILITATOR,
  lead: LEAD,
  admin: ADMIN,
  outsider: OUTSIDER,
  discharged: DISCHARGED,
  therapist: THERAPIST,
  supervisor: SUPERVISOR,
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
  'break-glass-first': { code: 'break-glass-first' },
  'no-emergency-access': { code: 'no-emergency-access' },
  'no-group-here': { code: 'no-group-here' },
  'which-group': { code: 'which-group' },
  'sign-first': { code: 'sign-first' },
  'somebody-was-first': { code: 'somebody-was-first' },
  'name-taken': { code: 'name-taken', name: 'Another' },
  'cohort-archived': { code: 'cohort-archived' },
  'cohort-full': { code: 'cohort-full', capacity: 10 },
  'roster-closed': { code: 'roster-closed' },
  'already-enrolled': { code: 'already-enrolled' },
  'not-enrolled': { code: 'not-enrolled' },
  'is-staff': { code: 'is-staff' },
  'is-helper': { code: 'is-helper' },
  'is-member': { code: 'is-member' },
  'is-bot': { code: 'is-bot' },
  'same-facilitator': { code: 'same-facilitator' },
  'no-such-zone': { code: 'no-such-zone', written: 'Etc/UTC', suggestions: [] },
  'session-in-progress': { code: 'session-in-progress' },
  'already-signed': { code: 'already-signed' },
  'not-signed': { code: 'not-signed' },
  'agreement-changed': { code: 'agreement-changed' },
  'agreement-does-not-allow': { code: 'agreement-does-not-allow' },
  'encryption-needs-calls': { code: 'encryption-needs-calls' },
  'encryption-unknown': { code: 'encryption-unknown' },
  'encryption-not-agreed': { code: 'encryption-not-agreed' },
  'call-not-encrypted': { code: 'call-not-encrypted' },
  'outside-encryption': { code: 'outside-encryption', people: 1 },
  'no-code-now': { code: 'no-code-now' },
  'check-is-over': { code: 'check-is-over' },
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
  'no-such-exercise': { code: 'no-such-exercise' },
  'already-playing': { code: 'already-playing' },
  'nothing-plays': { code: 'nothing-plays' },
  'playback-paused': { code: 'playback-paused' },
  'playback-goes-on': { code: 'playback-goes-on' },
  'no-such-media': { code: 'no-such-media' },
  'too-many-media': { code: 'too-many-media', most: 25 },
  'file-too-big': { code: 'file-too-big', mebibytes: 8 },
  'file-not-fetched': { code: 'file-not-fetched' },
  'not-audio': { code: 'not-audio' },
  'not-opus': { code: 'not-opus' },
  'audio-damaged': { code: 'audio-damaged' },
  'audio-too-long': { code: 'audio-too-long', minutes: 20 },
  'link-unreadable': { code: 'link-unreadable' },
  'no-such-goal': { code: 'no-such-goal' },
  'which-person': { code: 'which-person' },
  'date-not-ahead': { code: 'date-not-ahead' },
  'no-such-date': { code: 'no-such-date' },
  'date-unreadable': { code: 'date-unreadable', written: 'soon' },
  'date-too-far': { code: 'date-too-far', last: '2027-05-10' },
  'time-unreadable': { code: 'time-unreadable', written: 'soon' },
  'last-or-weeks': { code: 'last-or-weeks' },
  'no-times-given': { code: 'no-times-given' },
  'meeting-is-planned': { code: 'meeting-is-planned' },
  'meeting-is-then': { code: 'meeting-is-then' },
  'is-holiday': { code: 'is-holiday' },
  'no-holiday': { code: 'no-holiday' },
  'schedule-in-the-past': { code: 'schedule-in-the-past', today: '2026-05-04' },
  'ends-before-it-begins': { code: 'ends-before-it-begins' },
  'cycle-too-long': { code: 'cycle-too-long' },
  'when-unreadable': { code: 'when-unreadable', written: 'soon' },
  'cron-unreadable': { code: 'cron-unreadable', written: 'soon' },
  'overlaps-kept-time': { code: 'overlaps-kept-time', at: new Date(0) },
  'meetings-overlap': { code: 'meetings-overlap', first: new Date(0), second: new Date(0) },
  'meets-too-often': { code: 'meets-too-often', most: 400 },
  'never-meets': { code: 'never-meets' },
  'no-schedule': { code: 'no-schedule', lastDay: '2026-05-04' },
  'draft-is-gone': { code: 'draft-is-gone' },
  'no-such-meeting': { code: 'no-such-meeting' },
  'which-meeting': { code: 'which-meeting' },
  'meeting-has-begun': { code: 'meeting-has-begun' },
  'meeting-is-skipped': { code: 'meeting-is-skipped' },
  'move-into-the-past': { code: 'move-into-the-past' },
  'no-absence-told': { code: 'no-absence-told' },
  'no-such-task': { code: 'no-such-task' },
  'task-is-settled': { code: 'task-is-settled' },
  'not-on-the-list': { code: 'not-on-the-list' },
  'no-such-period': { code: 'no-such-period' },
  'no-attendance-yet': { code: 'no-attendance-yet' },
  'no-such-person-here': { code: 'no-such-person-here' },
  'no-such-failure': { code: 'no-such-failure' },
  'failure-settled': { code: 'failure-settled' },
  'person-is-busy': { code: 'person-is-busy' },
  'therapist-is-busy': { code: 'therapist-is-busy' },
  'too-many-rooms': { code: 'too-many-rooms', most: 20 },
  'individual-not-open': { code: 'individual-not-open' },
  'nothing-to-make-up': { code: 'nothing-to-make-up' },
  'make-up-booked': { code: 'make-up-booked', startsAt: new Date(0) },
  'made-up-already': { code: 'made-up-already' },
  'not-an-extra-meeting': { code: 'not-an-extra-meeting' },
  'offer-is-gone': { code: 'offer-is-gone' },
  'pages-not-safe': { code: 'pages-not-safe' },
  'statement-first': { code: 'statement-first', cohortId: '' },
  'link-used': { code: 'link-used' },
  'cycle-runs': { code: 'cycle-runs', number: 1 },
  'no-cycle': { code: 'no-cycle' },
  'cycle-is-over': { code: 'cycle-is-over' },
  'place-is-free': { code: 'place-is-free' },
  'already-on-waitlist': { code: 'already-on-waitlist' },
  'not-on-waitlist': { code: 'not-on-waitlist' },
  'nobody-on-waitlist': { code: 'nobody-on-waitlist' },
  'same-group': { code: 'same-group' },
  'no-such-group': { code: 'no-such-group' },
  'no-such-item': { code: 'no-such-item' },
  'last-item': { code: 'last-item' },
  'too-many-items': { code: 'too-many-items', most: 20 },
  'agreement-too-long': { code: 'agreement-too-long', most: 3_800 },
  'agreement-unchanged': { code: 'agreement-unchanged' },
  'agreement-draft-is-gone': { code: 'agreement-draft-is-gone' },
  'languages-differ': { code: 'languages-differ' },
  'no-such-language': { code: 'no-such-language' },
  'hours-unreadable': { code: 'hours-unreadable', written: 'soon' },
  'on-call-is-staff': { code: 'on-call-is-staff' },
  'no-supervisor': { code: 'no-supervisor' },
  'no-such-country': { code: 'no-such-country' },
  'lines-unreadable': { code: 'lines-unreadable' },
  'no-such-alert': { code: 'no-such-alert' },
  'alert-is-closed': { code: 'alert-is-closed' },
  'voice-not-seen': { code: 'voice-not-seen' },
  'not-in-voice': { code: 'not-in-voice' },
  'nobody-in-voice': { code: 'nobody-in-voice' },
  'nobody-goes-along': { code: 'nobody-goes-along' },
  'aside-is-taken': { code: 'aside-is-taken', account: BEN },
  'rules-need-right': { code: 'rules-need-right' },
  'rules-need-fewer-rooms': { code: 'rules-need-fewer-rooms' },
  'place-not-asked': { code: 'place-not-asked' },
  'place-is-needed': { code: 'place-is-needed' },
  'place-needs-alert': { code: 'place-needs-alert' },
  'wait-before-code': { code: 'wait-before-code', until: new Date(0) },
  'wrong-code': { code: 'wrong-code' },
  'not-signed-in': { code: 'not-signed-in' },
  'too-many-pages': { code: 'too-many-pages', minutes: 15 },
  'too-many-calendars': { code: 'too-many-calendars', minutes: 60 },
  'asked-too-often': { code: 'asked-too-often', minutes: 60 },
  'own-device': { code: 'own-device' },
  'device-not-here': { code: 'device-not-here' },
  'still-takes-part': { code: 'still-takes-part' },
  'on-hold': { code: 'on-hold' },
  'no-such-cycle': { code: 'no-such-cycle' },
  'already-held': { code: 'already-held' },
  'not-held': { code: 'not-held' },
  'still-staff': { code: 'still-staff' },
});

const GIVEN_BACK = words.givenBack({ text: '' }, ['']).text.split('\n').slice(1, -1).join('\n');

/** `allowed` unless it is a refusal; anything else shows up as what it is, and is in no row. */
const answerOf = (reply: Reply, phase: Phase): string => {
  if (reply.kind === 'ask') return 'asked for more';
  // What somebody typed at length is given back beneath a refusal.
  const [text] = reply.card.text.split(`\n${GIVEN_BACK}`);
  const said = JSON.stringify({ ...reply.card, text });
  const refused = Object.values(everyRefusal(phase)).find(
    (refusal) => JSON.stringify(words.refusal(refusal)) === said,
  );
  if (refused) return refused.code;
  const { title } = words.invalid([{ option: '', description: '', what: 'wrong' }]);
  return reply.card.title === title ? 'not understood' : 'allowed';
};

/** By stage, command and role. */
type Answers = ReadonlyMap<Stage, Readonly<Record<string, Readonly<Record<string, string>>>>>;

/** What everybody gets at this stage; nothing of it is kept, so that all meet the same stage. */
const everybodyTries = async (people: Asker, channelId: string, phase: Phase) => {
  const answers: Record<string, Record<string, string>> = {};
  for (const [path, { given = {} }] of Object.entries(TABLE)) {
    const each = await Promise.all(
      ROLES.map(async (role) => {
        const reply = await people.ask(ACCOUNTS[role], path, { channelId, given });
        return [role, answerOf(reply, phase)] as const;
      }),
    );
    answers[path] = Object.fromEntries(each);
  }
  return answers;
};

/** The cast beside the group: a group of others on the same server, and somebody who was discharged. */
const castBeside = async (group: Group): Promise<void> => {
  const admin = (path: string, given: Record<string, unknown>) =>
    group.people.read(ADMIN, `cohort ${path}`, { given });
  const staff = { lead: LEAD_ELSEWHERE, 'co-facilitator': CO_FACILITATOR_ELSEWHERE };
  await admin('create', { name: 'Elsewhere', type: 'support', ...staff });
  await admin('enrol', { cohort: 'Elsewhere', person: ELSEWHERE });
  await group.people.read(ELSEWHERE, 'agreement sign', { given: { confirm: 'I agree' } });
  await admin('therapist', { cohort: NAME, person: ANA, therapist: THERAPIST });
  await admin('supervisor', { cohort: NAME, person: SUPERVISOR });
  await admin('enrol', { cohort: NAME, person: DISCHARGED });
  await group.says(DISCHARGED, 'agreement sign', { given: { confirm: 'I agree' } });
  await admin('discharge', { cohort: NAME, person: DISCHARGED, sure: 'yes' });
};

/** A schedule that runs, with one meeting of it left out. */
const meetingOnTuesdaysAndThursdays = async (group: Group): Promise<void> => {
  const channelId = group.room('staff');
  const asked = await group.people.read(LEAD, 'schedule set', {
    channelId,
    given: { when: 'Tue Thu 18:00' },
  });
  const [save] = asked.actions?.flat() ?? [];
  if (!save) throw new Error('no schedule was shown');
  await group.people.press(LEAD, save, { channelId });
  await group.says(LEAD, 'schedule skip', { given: { meeting: '2026-05-07', sure: 'y' } });
};

const arrange = async (world: TestWorld): Promise<Group> => {
  const group = await aGroup(world, NAME, { type: 'psychoeducation', signed: [ANA, BEN] });
  await castBeside(group);
  await group.people.read(ADMIN, 'cohort policy', { given: { cohort: NAME, 'confirm-place': 'yes' } });
  const given = { goal: 'Sleep at eleven', 'review-on': '2026-06-01', readers: 'staff' };
  await group.says(ANA, 'goal set', { given });
  await meetingOnTuesdaysAndThursdays(group);
  await aMeeting(world, group.cohort, new Date('2026-05-31T16:00:00Z'));
  await group.says(ANA, 'absence tell', { given: { meeting: '2026-05-31' } });
  group.inVoice(ANA, BEN, LEAD, CO_FACILITATOR);
  return group;
};

/** How the group comes from the stage before to this one. */
const reach = async (group: Group, stage: Stage): Promise<void> => {
  const lead = (path: string) => group.says(LEAD, path);
  switch (stage) {
    case 'no session':
      return;
    case 'welcome':
      return void (await lead('session open'));
    case 'review':
      await lead('session next');
      return void (await group.says(BEN, 'turn raise'));
    case 'paused':
      await lead('session back');
      await lead('session back');
      return void (await lead('session pause'));
    case 'ended':
      return void (await lead('session end'));
    default:
      return void (await lead('session next'));
  }
};

const phaseAt = (stage: Stage): Phase => PHASES.find((phase) => phase === stage) ?? 'discussion';

const gather = async (world: TestWorld): Promise<Answers> => {
  const group = await arrange(world);
  const people = askerOf(rehearsing(world), commands);
  const answers = new Map<Stage, Awaited<ReturnType<typeof everybodyTries>>>();
  for (const stage of STAGES) {
    await reach(group, stage);
    answers.set(stage, await everybodyTries(people, group.room('group'), phaseAt(stage)));
  }
  return answers;
};

const expected = ({ who, when }: Row, stage: Stage): Readonly<Record<string, string>> =>
  Object.fromEntries(ROLES.map((role) => [role, who[role] === 'may' ? when[stage] : who[role]]));

let answers: Answers;
beforeAll(async () => {
  const world = await testWorld();
  answers = await gather(world);
  await world.close();
}, 480_000);

describe('what everybody is answered, at every stage', () => {
  it('is written down for every command that there is', () => {
    expect(Object.keys(TABLE).toSorted()).toEqual(PATHS.toSorted());
  });

  it.each(Object.entries(TABLE))('/%s', (path, row) => {
    for (const stage of STAGES) {
      expect({ stage, ...answers.get(stage)?.[path] }).toEqual({ stage, ...expected(row, stage) });
    }
  });
});
