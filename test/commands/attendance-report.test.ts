/** Attendance that is attested, and hours that are reported: on screen, and as a file of codes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Enclosure } from '../../src/words/card.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting, keepMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;

const hold = async (minutes: number, ...accounts: readonly string[]) => {
  group.inVoice(...accounts);
  await group.says(LEAD, 'session open');
  world.clock.pass(minutes * MINUTE);
  await group.says(LEAD, 'session end');
};

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
  await hold(90, ANA, BEN);
  world.clock.pass(HOUR);
  await hold(95, ANA);
  world.clock.pass(7 * DAY);
  await hold(60, BEN, CLEO);
  const meeting = await aMeeting(world, group.cohort, world.clock.now());
  await keepMeeting(world, { ...meeting, state: 'not-held' });
  world.clock.pass(HOUR);
});
afterAll(() => world.close());

const report = async (account: string, given: Record<string, unknown> = {}) => {
  const asked = { channelId: group.room('group'), given: { cohort: 'Harbour', ...given } };
  const reply = await group.people.ask(account, 'attendance report', asked);
  if (reply.kind !== 'tell') throw new Error(`it says ${reply.kind}`);
  return { text: readable(reply.card), file: reply.file };
};
const rowsOf = (file: Enclosure | undefined) =>
  (file?.content ?? '')
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));

describe('a report', () => {
  it('tells participants their own minutes by week and day, against the hours of the programme', async () => {
    const { text, file } = await report(ANA);
    expect(text).toContain('You: present 2, not there 1, and cancelled 1');
    expect(text).toContain('- Week of 4 May 2026: 185 minutes of 540, 1 full day');
    expect(text).toContain('  - 4 May 2026: 185 minutes, a full day');
    expect(text).toContain('- Week of 11 May 2026: 0 minutes of 540');
    expect(text).not.toMatch(/<@\d+>/);
    expect(new Set(rowsOf(file).map(([code]) => code)).size).toBe(2);
  });

  it('tells staff and admins of everybody, or of one', async () => {
    for (const account of [LEAD, CO_FACILITATOR, ADMIN]) {
      const { text } = await report(account);
      for (const person of [ANA, BEN, CLEO])
        expect(text).toMatch(new RegExp(`<@${person}> \\(P-[2-9A-Z]{4}\\)`));
      expect(text).toContain('3 held, of 1 planned; attendance of 0 attested');
    }
    const { text } = await report(LEAD, { person: BEN });
    expect(text).toContain('- Week of 11 May 2026: 60 minutes of 540');
    expect(text).not.toContain(ANA);
  });

  it('counts in the policy of the group', async () => {
    const given = { cohort: 'Harbour', 'hours-per-week': 6, 'day-minutes': 60 };
    await group.says(ADMIN, 'cohort policy', { given });
    expect((await report(BEN)).text).toContain('- Week of 4 May 2026: 90 minutes of 360, 1 full day');
    await group.says(ADMIN, 'cohort policy', {
      given: { cohort: 'Harbour', 'hours-per-week': 9, 'day-minutes': 180 },
    });
  });

  it('is of the days that are asked for', async () => {
    const { text } = await report(ANA, { from: '2026-05-04', weeks: 1 });
    expect(text).toContain('from 4 May 2026 to 10 May 2026');
    expect(text).toContain('You: present 2');
    expect(text).not.toContain('11 May');
    for (const given of [{ from: '2026-02-30' }, { from: '2026-05-05', to: '2026-05-04' }]) {
      expect((await report(ANA, given)).text).toContain('could not be read as a period');
    }
  });

  it('of somebody else is for staff and admins', async () => {
    expect((await report(ANA, { person: BEN })).text).toContain('Only the facilitators');
    expect((await report(LEAD, { person: OUTSIDER })).text).toContain('not in this group');
    expect((await report(OUTSIDER)).text).toContain('No group of yours');
  });
});

describe('the file of a report', () => {
  it('holds codes and numbers, and no name, account or id', async () => {
    const { file } = await report(LEAD);
    expect(file?.name).toBe('attendance-2026-04-20-2026-05-11.csv');
    const [columns, ...rows] = rowsOf(file);
    expect(columns?.slice(0, 6)).toEqual(['code', 'level', 'date', 'session', 'status', 'minutes']);
    expect(rows.length).toBeGreaterThan(12);
    for (const [code, level, date] of rows) {
      expect(code).toMatch(/^P-[2-9A-HJ-NP-Z]{4}$/);
      expect(['session', 'day', 'week']).toContain(level);
      expect(date).toMatch(/^2026-0[45]-\d\d$/);
    }
    expect(file?.content).not.toMatch(/\d{15,}|[\da-f]{8}-|Harbour/);
  });

  it('names a person by the same code each time, also when they have left and come back', async () => {
    const codes = () => world.store.records.memberships.codes(group.cohort.id);
    const before = await codes();
    expect(new Set(before.values()).size).toBe(3);
    const given = { cohort: 'Harbour', person: CLEO };
    await group.says(ADMIN, 'cohort discharge', { given: { ...given, sure: 'yes' } });
    await group.says(ADMIN, 'cohort enrol', { given: { ...given, 'reopen-consent': 'yes' } });
    expect(await codes()).toEqual(before);
    for (const person of [ANA, BEN, CLEO]) {
      await group.says(person, 'agreement sign', { given: { confirm: 'I agree' } });
    }
  });
});

describe('attendance that is attested', () => {
  const attest = (account: string, session = 1) =>
    group.says(account, 'attendance attest', { given: { session } });
  const show = (account: string) => group.says(account, 'attendance show', { given: { session: 1 } });

  it('is so in one step, by the button of the staff’s panel', async () => {
    await group.settle();
    const [panel] = group.boards('staff-panel');
    expect(panel?.last).toMatchObject({ number: 3, attested: false });
    await attest(LEAD, 3);
    await group.settle();
    expect(group.boards('staff-panel')[0]?.last).toMatchObject({ number: 3, attested: true });
  });

  it('says who and when, and is never taken over by somebody else', async () => {
    expect(await show(LEAD)).toContain('Not attested yet');
    expect(await attest(LEAD)).toContain('it is attested');
    expect(await attest(CO_FACILITATOR)).toContain(`Attested by <@${LEAD}>`);
    expect(await show(CO_FACILITATOR)).toContain(`Attested by <@${LEAD}>`);
    expect(await show(ANA)).not.toContain('ttested');
    expect((await report(LEAD)).text).toContain('attendance of 2 attested');
  });

  it('can be corrected all the same, and says so', async () => {
    world.clock.pass(MINUTE);
    const given = { session: 1, person: CLEO, status: 'technical-failure', reason: 'no sound' };
    await group.says(LEAD, 'attendance mark', { given });
    expect(await show(LEAD)).toContain('It was corrected after that.');
    expect((await report(CLEO)).text).toContain('technical trouble 1');
    const session = (await report(CLEO)).file?.content.split('\r\n')[1];
    expect(session).toMatch(/,session,2026-05-04,1,technical-failure,0,0,,,yes,yes,0$/);
  });

  it('is so for staff only, and of a session that has ended', async () => {
    for (const account of [ANA, ADMIN]) expect(await attest(account)).toContain('Only the facilitators');
    expect(await attest(LEAD, 9)).toContain('no attendance yet');
  });
});
