/** An admin reads nothing of what people told, but in an emergency: with a reason, for an hour, and known to those concerned. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/core/alert.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { notice } from '../../src/words/en/notices.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const SUPERVISOR = '100000000000000026';
const OTHER_ADMIN = '100000000000000027';
const WORDS = 'They wrote to me outside of the group';
const REASON = 'The facilitators and the supervisor cannot be reached';

let world: TestWorld;
let group: Group;
let alert: string;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Fern');
  await aGroup(world, 'Moss');
  await group.people.read(ADMIN, 'cohort supervisor', { given: { cohort: 'Fern', person: SUPERVISOR } });
  await group.says(ANA, 'report', { given: { person: BEN, words: WORDS } });
  const [newest] = await world.store.records.alerts.ofCohort(group.cohort.id, 1);
  alert = newest ? codeOf(newest) : expect.fail('there is no alert');
  await group.settle();
});
afterAll(() => world.close());
// Nothing that was open stays so.
beforeEach(() => world.clock.pass(61 * MINUTE));

const asks = async (path: string, given: Record<string, unknown> = {}, account = ADMIN, cohort = 'Fern') =>
  readable(await group.people.read(account, path, { given: { cohort, ...given }, admin: account !== LEAD }));
const begins = (account = ADMIN, cohort = 'Fern') =>
  asks('break-glass begin', { reason: REASON }, account, cohort);
const opens = (account = ADMIN) => asks('alert view', { alert }, account);

describe('without an emergency access an admin', () => {
  it('sees that there is an alert, and opens, takes on and closes none', async () => {
    expect(await asks('alert list')).toContain(alert);
    expect(await asks('alert list')).not.toContain(ANA);
    for (const path of ['alert view', 'alert acknowledge']) {
      expect(await asks(path, { alert })).toContain('/break-glass begin');
    }
    const closing = await asks('alert close', { alert, outcome: 'not-needed' });
    expect(closing).toContain('/break-glass begin');
    expect(closing).not.toContain(WORDS);
  });
});

describe('an emergency access', () => {
  it('needs a reason', async () => {
    expect((await group.people.ask(ADMIN, 'break-glass begin', { given: { cohort: 'Fern' } })).kind).toBe(
      'ask',
    );
    expect(await asks('break-glass begin', { reason: 'because' })).toContain('at least 10');
    expect(await opens()).not.toContain(WORDS);
  });

  it('opens the alerts for an hour, and not a second longer', async () => {
    expect(await begins()).toContain('are open to you');
    expect(await opens()).toContain(WORDS);
    world.clock.pass(60 * MINUTE - SECOND);
    expect(await opens()).toContain(WORDS);
    world.clock.pass(SECOND);
    expect(await opens()).toContain('/break-glass begin');
  });

  it('is ended by hand, once', async () => {
    await begins();
    expect(await asks('break-glass end')).toContain('has ended');
    expect(await opens()).not.toContain(WORDS);
    expect(await asks('break-glass end')).toContain('no emergency access');
  });

  it('is of that admin and that group alone', async () => {
    await begins();
    expect(await opens(OTHER_ADMIN)).not.toContain(WORDS);
    world.clock.pass(61 * MINUTE);
    await begins(ADMIN, 'Moss');
    expect(await opens()).not.toContain(WORDS);
  });

  it('is nobody’s who does not manage the server any more', async () => {
    await begins();
    const given = { cohort: 'Fern', alert };
    const asked = await group.people.read(ADMIN, 'alert view', { given, admin: false });
    expect(readable(asked)).not.toContain(WORDS);
  });

  it('is told at once to both facilitators and the supervisor, and to nobody else', async () => {
    await group.settle();
    const before = world.discord.notices.length;
    await begins();
    await group.settle();
    const told = world.discord.notices.slice(before);
    expect(told.map(({ account }) => account).toSorted()).toEqual(
      [LEAD, CO_FACILITATOR, SUPERVISOR].toSorted(),
    );
    for (const each of told) {
      expect(each.notice.kind).toBe('break-glass');
      expect(readable(notice(each.notice))).toContain(`<@${ADMIN}> has opened the alerts`);
    }
    expect(JSON.stringify(told)).not.toContain(REASON);
  });

  it('is shown with its reason to those who look after the group, which is kept sealed', async () => {
    await begins();
    for (const account of [LEAD, SUPERVISOR]) {
      const shown = await group.people.read(account, 'break-glass show', { given: { cohort: 'Fern' } });
      expect(readable(shown)).toContain(REASON);
    }
    const { rows } = await runSql(world.url, 'SELECT * FROM emergency_access');
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain('cannot be reached');
  });

  it('is noted as what it is, and so is what was looked at in it', async () => {
    const { rows: before } = await runSql(world.url, 'SELECT max(number)::int AS last FROM audit_entry');
    await begins();
    await opens();
    await asks('break-glass end');
    const { rows } = await runSql(
      world.url,
      `SELECT action, kind, role, command, cohort FROM audit_entry
       WHERE chain = $1 AND number > $2 ORDER BY number`,
      [GUILD, before[0].last],
    );
    const cohort = group.cohort.id;
    expect(rows).toMatchObject([
      {
        action: 'break-glass',
        kind: 'emergency-access',
        role: 'admin',
        command: 'break-glass begin',
        cohort,
      },
      { action: 'read', kind: 'alert', role: 'break-glass', command: 'alert view', cohort },
      { action: 'change', kind: 'emergency-access', role: 'admin', command: 'break-glass end', cohort },
    ]);
  });

  it('is asked for and ended by no facilitator, and by nobody of the group', async () => {
    for (const account of [LEAD, ANA]) {
      const given = { cohort: 'Fern', reason: REASON };
      const asked = await group.people.read(account, 'break-glass begin', { given, admin: false });
      expect(readable(asked)).not.toContain('are open to you');
    }
  });
});
