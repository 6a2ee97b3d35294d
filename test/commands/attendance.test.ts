/** Who is shown which attendance, and how it is corrected. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notePresence } from '../../src/app/note-presence.ts';
import { reconcilePresence } from '../../src/app/reconcile-presence.ts';
import { ATTENDANCE_STATUSES } from '../../src/core/attendance.ts';
import { MINUTE } from '../../src/core/time.ts';
import { en } from '../../src/words/en/index.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const note = () => notePresence(world, { guildId: GUILD, channelId: group.room('voice') });

/** A session of ninety minutes in which Ana was there all the time and Ben from minute 20 on. */
const hold = async () => {
  group.inVoice(ANA);
  await group.says(LEAD, 'session open');
  world.clock.pass(20 * MINUTE);
  group.inVoice(ANA, BEN);
  await world.store.records.presences.observed(GUILD, world.clock.now());
  await note();
  world.clock.pass(70 * MINUTE);
  await group.says(LEAD, 'session end');
};

beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Harbour ${made}`);
});

const show = (account: string, given: Record<string, unknown> = {}) =>
  group.says(account, 'attendance show', { given });
const mark = (given: Record<string, unknown> = {}, account = LEAD) =>
  group.says(account, 'attendance mark', {
    given: { person: CLEO, status: 'excused', reason: 'told us *beforehand* @everyone', ...given },
  });
const kept = async () => {
  const session = await world.store.records.sessions.lastEnded(group.cohort.id);
  const all = await world.store.records.attendances.ofSession(session?.id ?? '');
  return new Map(all.map((attendance) => [attendance.person.account, attendance]));
};

describe('attendance', () => {
  it('is shown to staff and to admins for everybody', async () => {
    await hold();
    for (const account of [LEAD, CO_FACILITATOR, ADMIN]) {
      const text = await show(account, account === ADMIN ? { cohort: group.cohort.name } : {});
      expect(text).toContain('Attendance of session 1');
      expect(text).toContain('took 90 minutes');
      expect(text).toContain(`<@${ANA}>: **Present**, 90 minutes`);
      expect(text).toContain(`<@${BEN}>: **Joined later**, 70 minutes, from minute 20 on`);
      expect(text).toMatch(new RegExp(`<@${CLEO}>: \\*\\*Not there\\*\\*$`, 'm'));
    }
  });

  it('is shown to participants for themselves alone', async () => {
    await hold();
    const text = await show(BEN);
    expect(text).toContain('You: **Joined later**, 70 minutes, from minute 20 on');
    expect(text).not.toMatch(/<@\d+>/);
  });

  it('is that of the session that ended last, or of the one that is named', async () => {
    await hold();
    group.inVoice();
    await group.says(LEAD, 'session open');
    expect(await show(ANA)).toContain('Attendance of session 1');
    await group.says(LEAD, 'session end');
    expect(await show(ANA)).toContain('Attendance of session 2');
    expect(await show(ANA, { session: 1 })).toContain('You: **Present**');
  });

  it('is not there before a session has ended', async () => {
    expect(await show(LEAD)).toContain('no attendance yet');
    await group.says(LEAD, 'session open');
    for (const session of [undefined, 1, 2]) {
      expect(await show(ANA, session ? { session } : {})).toContain('no attendance yet');
    }
  });

  it('tells nothing of earlier sessions to somebody who came later, but that there is none', async () => {
    await hold();
    const given = { cohort: group.cohort.name, person: OUTSIDER, 'reopen-consent': 'yes' };
    await group.says(ADMIN, 'cohort enrol', { given });
    // Whoever comes in when the group has begun does so when all of it has agreed.
    for (const person of [OUTSIDER, ANA, BEN, CLEO]) {
      await group.says(person, 'agreement sign', { given: { confirm: 'I agree' } });
    }
    expect(await show(OUTSIDER)).toContain('no attendance yet');
  });

  it('is shown to nobody outside', async () => {
    await hold();
    expect(await show(OUTSIDER)).toContain('No group of yours');
  });

  it('tells how long Hearth could not see the room', async () => {
    group.inVoice(ANA);
    await group.says(LEAD, 'session open');
    world.clock.pass(10 * MINUTE);
    await reconcilePresence(world, GUILD);
    world.clock.pass(80 * MINUTE);
    await group.says(LEAD, 'session end');
    expect(await show(ANA)).toContain('80 minutes, and 10 more while Hearth could not see the room');
  });

  it('is never worded as a failing', () => {
    const labels = Object.values(en.attendance.STATUSES).join(' ');
    expect(labels).not.toMatch(/fail|miss|absent|no.?show|late\b|truant/i);
    expect(new Set(Object.values(en.attendance.STATUSES)).size).toBe(ATTENDANCE_STATUSES.length);
  });
});

describe('a correction', () => {
  it('keeps what was counted, who corrected it, when, and why', async () => {
    await hold();
    world.clock.pass(MINUTE);
    const text = await mark();
    expect(text).toContain(`<@${CLEO}>: **Excused** (corrected; first counted as: Not there)`);
    const attendance = (await kept()).get(CLEO);
    expect(attendance).toMatchObject({
      status: 'no-show',
      minutes: 0,
      amendments: [{ status: 'excused', by: LEAD, at: world.clock.now() }],
    });
    expect(JSON.stringify(attendance)).not.toContain('beforehand');
  });

  it('is shown to the person and to staff with its reason, and to admins without', async () => {
    await hold();
    await mark();
    for (const account of [CLEO, LEAD]) {
      const text = await show(account);
      expect(text).toContain(`Excused, by <@${LEAD}> on <t:`);
      expect(text).toContain('told us \\*beforehand\\*');
      expect(text).not.toContain('@everyone');
    }
    const text = await show(ADMIN, { cohort: group.cohort.name });
    expect(text).toContain('**Excused** (corrected');
    expect(text).not.toContain('beforehand');
    expect(await show(ANA)).not.toContain('orrect');
  });

  it('may be corrected again: the last counts, and each is kept', async () => {
    await hold();
    await mark();
    world.clock.pass(MINUTE);
    const text = await mark({ status: 'made-up', reason: 'came on Thursday' }, CO_FACILITATOR);
    expect(text).toContain('**Made up at another time** (corrected; first counted as: Not there)');
    expect(text.indexOf('came on Thursday')).toBeLessThan(text.indexOf('told us'));
    const attendance = (await kept()).get(CLEO);
    expect(attendance?.amendments.map(({ status }) => status)).toEqual(['excused', 'made-up']);
  });

  it('twice at the same moment keeps both', async () => {
    await hold();
    await Promise.all([mark(), mark({ status: 'cancelled' }, CO_FACILITATOR)]);
    expect((await kept()).get(CLEO)?.amendments).toHaveLength(2);
  });

  it('may be of an earlier session', async () => {
    await hold();
    group.inVoice();
    await group.says(LEAD, 'session open');
    await group.says(LEAD, 'session end');
    expect(await mark({ session: 1 })).toContain('Attendance of session 1');
    expect((await kept()).get(CLEO)?.amendments).toEqual([]);
  });

  it('may be of somebody who has left the group since', async () => {
    await hold();
    await group.says(ADMIN, 'cohort discharge', {
      given: { cohort: group.cohort.name, person: CLEO, sure: 'yes' },
    });
    expect(await mark()).toContain('**Excused**');
  });

  it('needs a reason that says something', async () => {
    await hold();
    for (const reason of ['ok', ' a\u200b ', '\u200b\u200b\u200b']) {
      expect(await mark({ reason })).toContain('at least 3 characters');
    }
    expect(await mark({ reason: 'x'.repeat(201) })).toContain('at most 200 characters');
    expect((await kept()).get(CLEO)?.amendments).toEqual([]);
  });

  it('is of somebody who was in the group, and of a session that has ended', async () => {
    expect(await mark()).toContain('no attendance yet');
    await hold();
    for (const person of [OUTSIDER, LEAD]) expect(await mark({ person })).toContain('not in this group');
    expect(await mark({ session: 2 })).toContain('no attendance yet');
  });

  it('is made by staff only', async () => {
    await hold();
    for (const account of [ANA, CLEO, ADMIN]) {
      expect(await mark({}, account)).toContain('Only the facilitators');
    }
    expect(await mark({}, OUTSIDER)).toContain('No group of yours');
    expect((await kept()).get(CLEO)?.amendments).toEqual([]);
  });

  it('fits on a card, however many there are and however long', async () => {
    await hold();
    for (let more = 0; more < 6; more += 1) {
      await mark({ reason: `${more} ${'@*'.repeat(99)}` });
      await mark({ reason: '#'.repeat(200), person: ANA });
      world.clock.pass(MINUTE);
    }
    const card = await group.people.read(LEAD, 'attendance show', { channelId: group.room('staff') });
    for (const { value } of card.fields ?? []) expect(value.length).toBeLessThanOrEqual(1_024);
    expect(card.fields?.[0]?.value).toMatch(/\d+ earlier corrections are kept/);
    for (const account of [ANA, BEN, CLEO]) expect(card.text).toContain(`<@${account}>`);
  });
});
