/** `/my-data`: everybody sees what is kept of them and of nobody else, takes it along, and has erased what may go. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nightly } from '../../src/app/dispose.ts';
import { notify } from '../../src/app/notify.ts';
import type { Reply } from '../../src/command.ts';
import { codeOf as alertCodeOf } from '../../src/core/alert.ts';
import { allow } from '../../src/core/outcome.ts';
import { DAY } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { browsing, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, BEN, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const GOAL = 'to walk by the river';
const INTENTION = 'to ring my sister';
const REASON = 'the funeral of a friend';
const ANAS = [GOAL, INTENTION, REASON] as const;
const BENS = ['to bake bread', 'to sleep early', 'a visit'] as const;

let world: TestWorld;
let group: Group;

const tells = async (account: string, [goal, intention, reason]: typeof ANAS | typeof BENS) => {
  await group.says(account, 'goal set', { given: { goal, 'review-on': '2026-12-01', readers: 'staff' } });
  const away = { share: 'group', 'take-away': 'not-alone', intention };
  await group.says(account, 'reflect', { given: away });
  await group.says(account, 'absence tell', { given: { meeting: '2026-05-31', reason } });
};

const arrive = async () => {
  const arrival = { mood: 3, energy: 8, words: ['in pain'], goal: 'some-progress', share: 'group' };
  for (const account of [ANA, BEN]) await group.says(account, 'check-in', { given: arrival });
};

/** What staff are told of somebody: in their room, and as what an admin did. */
const tellsStaffOf = async (account: string) => {
  const cohortId = group.cohort.id;
  await world.store.change(async (records) => {
    for (const announcement of [
      { kind: 'not-allowed', what: 'mute', account },
      { kind: 'device-forgotten', account, by: account },
    ] as const) {
      const key = `${announcement.kind}:told`;
      await notify(world, records, { cohortId, key, room: 'staff', announcement });
    }
    const person = await records.people.known(LEAD);
    for (const notice of [
      { kind: 'break-glass', by: account, until: '2026-06-01T17:00:00.000Z' },
      { kind: 'device-forgotten', by: account },
    ] as const) {
      await notify(world, records, { cohortId, key: `${notice.kind}:by`, person, notice, alone: true });
    }
    return allow(null);
  });
};

/** Discharged, and the group is told by name. */
const leaves = (person: string) => {
  const given = { cohort: 'Harbour', person, line: 'left' };
  return presses(ADMIN, 'cohort discharge', given);
};

/** Asks, and presses the button that asks once more. */
const presses = async (account: string, path: string, given: Record<string, unknown>) => {
  const [[action] = []] = (await group.people.read(account, path, { given })).actions ?? [];
  if (!action) throw new Error(`/${path} offers nothing to press`);
  const reply = await group.people.press(account, action);
  return reply.kind === 'ask' ? reply.form.title : readable(reply.card);
};

/** Ana and Ben have been through a session that has ended. */
beforeEach(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
  await aMeeting(world, group.cohort, new Date('2026-05-31T16:00:00.000Z'));
  await group.says(LEAD, 'session open');
  await arrive();
  const running = await world.store.records.sessions.unfinished(group.cohort.id);
  group.inVoice(ANA, BEN, LEAD);
  await group.says(LEAD, 'moderate lock');
  await group.says(LEAD, 'moderate time-out', { given: { person: ANA } });
  for (const _step of running?.agenda.slice(1) ?? []) await group.says(LEAD, 'session next');
  await tells(ANA, ANAS);
  await tells(BEN, BENS);
  await group.says(ANA, 'calendar link');
  await group.says(ANA, 'reminders choose', { given: { direct: 'yes' } });
  await group.says(LEAD, 'session end');
  await group.settle();
});
afterEach(() => world.close());

const asks = (account: string, what: string, given: Record<string, unknown> = {}): Promise<Reply> =>
  group.people.ask(account, `my-data ${what}`, { given });
const reads = async (account: string, what: string, given: Record<string, unknown> = {}) =>
  readable(await group.people.read(account, `my-data ${what}`, { given }));
const file = async (account: string, as: 'json' | 'page'): Promise<string> => {
  const reply = await asks(account, 'export', { as });
  if (reply.kind !== 'tell' || !reply.file) throw new Error('no file was given');
  return reply.file.content;
};
const kept = async (account: string) =>
  JSON.parse(await file(account, 'json')).kept as { class: string; records: Record<string, unknown>[] }[];
const classes = async (account: string) => (await kept(account)).map((each) => each.class);

const codeOf = async (account: string): Promise<string> =>
  (
    await runSql(
      world.url,
      'SELECT code FROM audit_code c JOIN person p ON p.id = c.person_id WHERE account = $1',
      [account],
    )
  ).rows[0].code;
const entries = async (kind: string) =>
  (await runSql(world.url, 'SELECT * FROM audit_entry WHERE kind = $1 ORDER BY chain, number', [kind])).rows;
const accounts = async () =>
  (await runSql(world.url, 'SELECT account FROM person')).rows.map((row) => row.account);

/** Tables in which an account stands anywhere. */
const tracesOf = async (account: string): Promise<readonly string[]> => {
  const tables = await runSql(world.url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  expect(tables.rows.length).toBeGreaterThan(50);
  const query = tables.rows
    .map(({ tablename }) => `SELECT '${tablename}' AS name, to_jsonb(t)::text AS row FROM "${tablename}" t`)
    .join(' UNION ALL ');
  const found = await runSql(
    world.url,
    `SELECT DISTINCT name FROM (${query}) AS all_rows WHERE row LIKE '%' || $1 || '%'`,
    [account],
  );
  return found.rows.map(({ name }) => name);
};

describe('what is kept of somebody', () => {
  it('is shown class by class, with how much, why and for how long, and fits on a card', async () => {
    const text = await reads(ANA, 'show');
    expect(text).toMatch(
      /How you arrived at sessions\n1 entry, so that .* after 365 days\. You can erase it\./,
    );
    expect(text).toMatch(/Your intentions, in your own words\n1 entry, .* after 30 days\./);
    expect(text).toMatch(/Your attendance\n1 entry, because .* It cannot be erased on request\./);
    expect(text).toMatch(/The agreements that you signed\n1 entry/);
    expect(text).toMatch(/What facilitators did in a session\n2 entries, because/);
    expect(text.length).toBeLessThan(6_000);
    for (const word of [...ANAS, ...BENS]) expect(text).not.toContain(word);
  });

  it('is nothing for somebody whom no group knows', async () => {
    expect(await reads(OUTSIDER, 'show')).toContain('Nothing is kept of you on this server');
  });

  it('is given out as a file of theirs alone, with what they wrote', async () => {
    for (const as of ['json', 'page'] as const) {
      const content = await file(ANA, as);
      for (const word of ANAS) expect(content).toContain(word);
      for (const word of [...BENS, BEN]) expect(content).not.toContain(word);
    }
    const checkIns = (await kept(ANA)).find((each) => each.class === 'check-in');
    expect(checkIns?.records).toMatchObject([
      { group: 'Harbour', share: 'group', arrival: { mood: 3, energy: 8, words: ['in pain'] } },
    ]);
    expect(await entries('file')).toMatchObject(
      Array.from({ length: 3 }, () => ({ action: 'export', command: 'my-data export' })),
    );
  });

  it('is a page in which nothing that somebody wrote is markup', async () => {
    const goal = '<script>alert(1)</script>';
    await group.says(ANA, 'goal set', { given: { goal, 'review-on': '2026-12-01', readers: 'only-me' } });
    const content = await file(ANA, 'page');
    expect(content).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(content).not.toContain('<script');
  });

  it('is of this server alone', async () => {
    const elsewhere = await group.people.read(ANA, 'my-data show', { guildId: '200000000000000088' });
    expect(readable(elsewhere)).toContain('Nothing is kept of you');
  });

  it('does not pass through Discord where the group answers on pages, also for whoever has left it', async () => {
    await group.people.read(ADMIN, 'cohort policy', {
      given: { cohort: 'Harbour', 'private-answers': 'link', calls: 'no' },
    });
    await leaves(ANA);
    const web = await browsing(world);
    const reply = await asks(ANA, 'export');
    expect(JSON.stringify(reply)).not.toContain(GOAL);
    const page = await web.send(tokenIn(reply), { as: 'json' });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining(GOAL)]);
    expect(page.html).toContain('download="my-data-2026-05-04.json"');
    await web.stop();
  });
});

describe('whoever opened a group in an emergency', () => {
  it('is shown and given that it is kept, and cannot have it erased', async () => {
    const reason = 'nobody of the staff can be reached';
    await group.people.read(ADMIN, 'break-glass begin', { given: { cohort: 'Harbour', reason } });
    expect(await reads(ADMIN, 'show')).toMatch(
      /When you opened a group in an emergency\n1 entry, because .* It cannot be erased on request\./,
    );
    const found = (await kept(ADMIN)).find((each) => each.class === 'emergency-access');
    expect(found?.records).toMatchObject([{ group: 'Harbour', ended_at: null }]);
    expect(JSON.stringify(found)).not.toContain(reason);
    await reads(ADMIN, 'erase', { what: 'all', sure: 'yes' });
    expect(await classes(ADMIN)).toContain('emergency-access');
    expect(await classes(ANA)).not.toContain('emergency-access');
  });
});

describe('erasing', () => {
  it('asks once more, and has changed nothing until then', async () => {
    const before = await kept(ANA);
    const card = await group.people.read(ANA, 'my-data erase', { given: { what: 'all' } });
    expect(readable(card)).toContain('cannot be brought back');
    expect(card.actions?.flat()).toMatchObject([
      { command: 'my-data erase', given: { what: 'all', sure: 'yes' } },
    ]);
    expect((await kept(ANA)).length).toBe(before.length);
  });

  it('takes one class away, of nobody else, and shows the boards anew', async () => {
    await group.says(LEAD, 'session open');
    await arrive();
    await group.settle();
    const card = () => group.boards('session-card').at(-1);
    expect(card()).toMatchObject({ arrivals: [{ account: ANA }, { account: BEN }] });
    expect(await reads(ANA, 'erase', { what: 'check-in', sure: 'yes' })).toContain(
      'Gone for good: how you arrived at sessions (2)',
    );
    await group.settle();
    expect(card()).toMatchObject({ arrivals: [{ account: BEN }] });
    expect(await classes(ANA)).not.toContain('check-in');
    expect(await classes(ANA)).toContain('intention');
    expect(await classes(BEN)).toContain('check-in');
    const code = await codeOf(ANA);
    expect(await entries('own-data')).toMatchObject([
      { action: 'remove', object: 'check-in:2', actor: code, subject: code, role: 'participant' },
    ]);
  });

  it('of everything that may go leaves what must stay, and says why', async () => {
    const text = await reads(ANA, 'erase', { what: 'all', sure: 'yes' });
    expect(text).toContain('- Your attendance: because the programme has to show');
    const left = await classes(ANA);
    expect(left).toEqual(expect.arrayContaining(['agreement', 'attendance', 'goal', 'membership', 'audit']));
    for (const gone of ['check-in', 'reflection', 'intention', 'reason', 'calendar-address', 'preference']) {
      expect(left).not.toContain(gone);
    }
    const { rows } = await runSql(world.url, 'SELECT count(*)::int AS n FROM calendar_feed');
    expect(rows).toEqual([{ n: 0 }]);
    // Whether they come is still known, without the reason.
    expect(await group.says(LEAD, 'attendance show')).toContain(`<@${ANA}>`);
  });

  it('of the whole person is refused to members and to those in whose care others are', async () => {
    for (const given of [{ what: 'me' }, { what: 'me', sure: 'yes' }]) {
      expect(await reads(ANA, 'erase', given)).toContain('You are part of a group now');
      expect(await reads(LEAD, 'erase', given)).toContain('in your care now');
    }
    expect(await accounts()).toEqual(expect.arrayContaining([ANA, LEAD]));
  });

  it('of the whole person leaves what staff still have to look after, of somebody whom nobody can call', async () => {
    await group.says(ANA, 'contact-me');
    await group.settle();
    await leaves(ANA);
    await presses(ANA, 'my-data erase', { what: 'me' });
    await group.settle();
    const [alert] = await world.store.records.alerts.unclosed(group.cohort.id);
    const given = { alert: alertCodeOf(alert ?? expect.fail('it is gone')) };
    for (const path of ['alert view', 'alert list']) {
      const shown = await group.says(LEAD, path, { given, channelId: group.room('staff') });
      expect(shown).toContain(given.alert);
      expect(shown).not.toMatch(/<@0/);
    }
    expect(await group.says(LEAD, 'alert view', { given })).toContain('somebody who was erased');
    expect(JSON.stringify([...world.discord.messages.values()])).not.toContain(ANA);
  });

  it('of the whole person after they have left opens nothing any more, and leaves codes of nobody', async () => {
    await leaves(ANA);
    const code = await codeOf(ANA);
    const { rows } = await runSql(world.url, 'SELECT id FROM person WHERE account = $1', [ANA]);
    const [{ id }] = rows;
    await tellsStaffOf(ANA);
    expect(await presses(ANA, 'my-data erase', { what: 'me' })).toContain('We wish you well');
    expect(await accounts()).not.toContain(ANA);
    expect((await runSql(world.url, 'SELECT wrapped FROM data_key WHERE owner_id = $1', [id])).rows).toEqual([
      { wrapped: null },
    ]);
    expect(await world.store.records.goals.ofPerson(group.cohort.id, id)).toEqual([]);
    expect(
      (await runSql(world.url, 'SELECT person_id FROM audit_code WHERE code = $1', [code])).rows,
    ).toEqual([{ person_id: null }]);
    // The entries about the erasing itself still bear the code.
    expect(await entries('keys')).toMatchObject([{ action: 'remove', actor: code, subject: code }]);
    expect(await tracesOf(ANA)).toEqual([]);
    expect(await classes(BEN)).toContain('check-in');
    const put = runSql(
      world.url,
      `INSERT INTO membership (id, cohort_id, person_id, enrolled_at)
       SELECT gen_random_uuid(), cohort_id, person_id, now() FROM membership WHERE person_id = $1`,
      [id],
    );
    await expect(put).rejects.toThrow('whose it is was erased');
    // Attendance stays, of somebody unnamed; and whoever comes back is somebody new, who can write again.
    expect(await group.says(LEAD, 'attendance show')).not.toContain(ANA);
    expect(await reads(ANA, 'show')).toContain('Nothing is kept of you');
    const birch = await aGroup(world, 'Birch');
    const again = { goal: 'to begin anew', 'review-on': '2026-12-01', readers: 'staff' };
    await birch.says(ANA, 'goal set', { given: again });
    expect(await birch.says(ANA, 'goal list')).toContain('to begin anew');
  });
});

describe('a server that names somebody who did not ask for it', () => {
  const guildId = '200000000000000088';
  const there = (account: string, path: string, given: Record<string, unknown>) =>
    group.people.read(account, path, { guildId, given: { cohort: 'Trap', ...given } });
  const makeTrap = () =>
    group.people.read(ADMIN, 'cohort create', {
      guildId,
      given: { name: 'Trap', type: 'support', lead: ANA, 'co-facilitator': OUTSIDER },
    });
  const eraseWhole = () => reads(ANA, 'erase', { what: 'me', sure: 'yes' });

  it('does not keep them from being erased, and is told that one who was to lead is gone', async () => {
    await makeTrap();
    await there(ADMIN, 'cohort supervisor', { person: ANA });
    await there(ADMIN, 'cohort enrol', { person: BEN });
    await there(ADMIN, 'retention hold', { person: BEN, reason: 'so that Ben stays' });
    await leaves(ANA);
    await leaves(BEN);
    expect(await eraseWhole()).toContain('We wish you well');
    expect(await reads(BEN, 'erase', { what: 'me', sure: 'yes' })).toContain('We wish you well');
    const { rows } = await runSql(
      world.url,
      `SELECT (SELECT count(*)::int FROM membership m JOIN cohort c ON c.id = m.cohort_id
               WHERE c.name = 'Trap' AND m.discharged_at IS NULL) AS members,
              (SELECT count(*)::int FROM announcement WHERE announcement ->> 'kind' = 'facilitator-gone') AS told`,
    );
    expect(rows).toEqual([{ members: 0, told: 1 }]);
    await group.settle();
  });

  it('does, once they have done something there as its staff', async () => {
    await makeTrap();
    await leaves(ANA);
    await there(ANA, 'schedule set', { when: 'Mon 18:00', zone: 'Europe/Madrid', weeks: 2 });
    expect(await eraseWhole()).toContain('in your care now');
    expect(await accounts()).toContain(ANA);
  });

  it('does, once they have signed there', async () => {
    await group.people.read(ADMIN, 'cohort create', {
      guildId,
      given: { name: 'Trap', type: 'support', lead: LEAD, 'co-facilitator': OUTSIDER },
    });
    await there(ADMIN, 'cohort enrol', { person: ANA });
    await there(ANA, 'agreement sign', { confirm: 'I agree' });
    await leaves(ANA);
    expect(await eraseWhole()).toContain('You are part of a group now');
  });
});

describe('a legal hold', () => {
  const NEWCOMER = '100000000000000091';
  const guildId = '200000000000000088';
  const eraseElsewhere = async (account: string) =>
    readable(
      await group.people.read(account, 'my-data erase', { guildId, given: { what: 'me', sure: 'yes' } }),
    );
  const enrolledInHaven = async (person: string) => {
    const given = { name: 'Haven', type: 'support', lead: LEAD, 'co-facilitator': OUTSIDER };
    await group.people.read(ADMIN, 'cohort create', { given });
    await group.people.read(ADMIN, 'cohort enrol', { given: { cohort: 'Haven', person } });
  };
  const held = (person: string) =>
    group.people.read(ADMIN, 'retention hold', {
      given: { cohort: 'Haven', person, reason: 'a court asks' },
    });

  it('where somebody signed in one group, and is held in the next, is not escaped from another server', async () => {
    await enrolledInHaven(ANA);
    await held(ANA);
    await leaves(ANA);
    expect(await eraseElsewhere(ANA)).toContain('You are part of a group now');
    await presses(ADMIN, 'cohort discharge', { cohort: 'Haven', person: ANA, line: 'left' });
    expect(await eraseElsewhere(ANA)).toContain('legal hold');
    expect(await accounts()).toContain(ANA);
  });

  it('of whoever never signed, and wrote to its staff, is not escaped, either', async () => {
    await enrolledInHaven(NEWCOMER);
    await group.people.read(NEWCOMER, 'contact-me', { given: { cohort: 'Haven' } });
    await held(NEWCOMER);
    expect(await eraseElsewhere(NEWCOMER)).toContain('legal hold');
    expect(await accounts()).toContain(NEWCOMER);
  });
});

describe('what was kept long enough', () => {
  const night = () => nightly(world)();

  it('goes in the night after its days, class by class, with a certificate in the audit', async () => {
    world.clock.pass(29 * DAY);
    await night();
    expect(await entries('retention')).toEqual([]);
    world.clock.pass(2 * DAY);
    expect(readable(await group.people.read(ADMIN, 'admin retention'))).toContain(
      'Your intentions, in your own words, after 30 days: 2 entries',
    );
    expect(await classes(ANA)).toContain('intention');
    await night();
    expect(await entries('retention')).toMatchObject([
      { chain: GUILD, cohort: group.cohort.id, action: 'remove', object: 'intention:2', role: 'hearth' },
    ]);
    const left = await classes(ANA);
    expect(left).not.toContain('intention');
    expect(left).toEqual(expect.arrayContaining(['reflection', 'check-in', 'goal', 'attendance']));
    await night();
    expect(await entries('retention')).toHaveLength(1);
  });

  it('keeps a reason until its days after the meeting, and then the answer without it', async () => {
    world.clock.pass(31 * DAY);
    await night();
    expect(await classes(ANA)).toContain('reason');
    world.clock.pass(40 * DAY);
    await night();
    expect(await classes(ANA)).not.toContain('reason');
    const { rows } = await runSql(world.url, 'SELECT answer, sealed_reason FROM rsvp');
    expect(rows).toEqual([1, 2].map(() => ({ answer: 'not-coming', sealed_reason: null })));
  });

  it('never takes away by itself what belongs to the record', async () => {
    world.clock.pass(4_000 * DAY);
    await night();
    expect(await classes(ANA)).toEqual([
      // Until the person ends them.
      ...['preference', 'calendar-address'],
      ...['membership', 'agreement', 'meeting', 'attendance', 'goal', 'task', 'moderation', 'audit'],
    ]);
  });
});

describe('a facilitator whose group answers on pages', () => {
  it('is given what they told of somebody on no way but a page, and only signed in', async () => {
    const told = 'Ben was unkind to everybody';
    await group.says(LEAD, 'report', { given: { person: BEN, words: told } });
    await group.people.read(ADMIN, 'cohort policy', {
      given: { cohort: 'Harbour', 'private-answers': 'link', calls: 'no' },
    });
    const answer = await group.people.ask(LEAD, 'my-data export', { given: { as: 'json' } });
    expect(JSON.stringify(answer)).not.toContain(told);
    const web = await browsing(world);
    const page = await web.look(tokenIn(answer));
    await web.stop();
    expect([page.status, page.text.includes(told)]).toEqual([401, false]);
  });
});
