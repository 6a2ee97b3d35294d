/** For how long a group keeps what is kept of people, and that nothing goes as long as it is held. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nightly } from '../../src/app/dispose.ts';
import { DAY } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const REASON = 'a letter of the court';

let world: TestWorld;
let group: Group;

/** Ana and Ben have checked in at a session of Harbour that has ended. */
beforeEach(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
  await group.says(LEAD, 'session open');
  const arrival = { mood: 3, energy: 8, words: ['in pain'], goal: 'some-progress', share: 'group' };
  for (const account of [ANA, BEN]) await group.says(account, 'check-in', { given: arrival });
  await group.says(ANA, 'reminders choose', { given: { direct: 'yes' } });
  await group.says(LEAD, 'session end');
  await group.settle();
});
afterEach(() => world.close());

const does = async (what: string, given: Record<string, unknown> = {}, account = ADMIN): Promise<string> =>
  readable(await group.people.read(account, what, { given: { cohort: 'Harbour', ...given } }));
const reads = async (account: string, what: string, given: Record<string, unknown> = {}): Promise<string> =>
  readable(await group.people.read(account, `my-data ${what}`, { given }));
const night = () => nightly(world)();
const arrivals = async (): Promise<readonly string[]> =>
  (
    await runSql(world.url, 'SELECT account FROM check_in c JOIN person p ON p.id = c.person_id ORDER BY 1')
  ).rows.map(({ account }) => account);
const entries = async (kind: string) =>
  (
    await runSql(
      world.url,
      'SELECT action, object, cohort FROM audit_entry WHERE kind = $1 ORDER BY number',
      [kind],
    )
  ).rows;

describe('the days of a group', () => {
  it('may be fewer than usual, and everybody in it is told', async () => {
    expect(await does('retention set', { what: 'check-in', days: 90 })).toContain(
      'How you arrived at sessions: **90 days** (usually 365 days)',
    );
    expect(await reads(ANA, 'show')).toContain('after 365 days and in Harbour after 90 days.');
    world.clock.pass(89 * DAY);
    await night();
    expect(await arrivals()).toHaveLength(2);
    world.clock.pass(2 * DAY);
    expect(readable(await group.people.read(ADMIN, 'admin retention'))).toMatch(
      /arrived at sessions.*: 2 entries/,
    );
    await night();
    expect(await arrivals()).toEqual([]);
    expect(await entries('retention')).toEqual([
      { action: 'change', object: 'check-in:90', cohort: group.cohort.id },
      { action: 'remove', object: 'check-in:2', cohort: group.cohort.id },
    ]);
  });

  it('may be more, of that group alone, and as usual again', async () => {
    const birch = await aGroup(world, 'Birch');
    await does('retention set', { cohort: 'Birch', what: 'check-in', days: 90 });
    await does('retention set', { what: 'check-in', days: 500 });
    world.clock.pass(400 * DAY);
    await night();
    expect(await arrivals()).toHaveLength(2);
    expect(await does('retention show', { cohort: 'Birch' })).toContain('**90 days**');
    expect(await does('retention set', { what: 'check-in' })).not.toContain('**');
    await night();
    expect(await arrivals()).toEqual([]);
    expect(birch.cohort.guildId).toBe(GUILD);
  });
});

describe('a legal hold', () => {
  it('on a group keeps everything of it, and whoever asks for erasure is told plainly, without the reason', async () => {
    expect(await does('retention hold', { reason: REASON })).toContain('everybody in **Harbour** stays');
    expect(await does('retention hold', { reason: 'once more' })).toContain('held already');
    world.clock.pass(400 * DAY);
    expect(readable(await group.people.read(ADMIN, 'admin retention'))).toMatch(
      /arrived at sessions, after 365 days: nothing; 2 entries held/,
    );
    await night();
    expect(await arrivals()).toHaveLength(2);
    for (const given of [{ what: 'check-in' }, { what: 'all', sure: 'yes' }]) {
      const text = await reads(ANA, 'erase', given);
      expect(text).toContain('for a legal reason');
      expect(text).not.toContain(REASON);
    }
    expect(await reads(ANA, 'show')).toContain('Just now nothing of it goes');
    expect(await arrivals()).toHaveLength(2);
    expect(await does('retention holds')).toContain(REASON);

    expect(await does('retention lift')).toContain('goes again after its days');
    expect(await does('retention lift')).toContain('not held');
    expect(await does('retention holds')).toContain('Nothing of **Harbour** is held');
    world.clock.pass(DAY);
    await night();
    expect(await arrivals()).toEqual([]);
    expect((await entries('hold')).map(({ action }) => action)).toEqual(['create', 'read', 'remove', 'read']);
  });

  it('on one person keeps what is theirs, also when they have left, and of nobody else', async () => {
    await does('retention hold', { reason: REASON, person: ANA });
    const [[discharge] = []] =
      (
        await group.people.read(ADMIN, 'cohort discharge', {
          given: { cohort: 'Harbour', person: ANA, line: 'left' },
        })
      ).actions ?? [];
    if (!discharge) throw new Error('there is nothing to press');
    await group.people.press(ADMIN, discharge);
    world.clock.pass(400 * DAY);
    await night();
    expect(await arrivals()).toEqual([ANA]);
    for (const sure of [{}, { sure: 'yes' }])
      expect(await reads(ANA, 'erase', { what: 'me', ...sure })).toContain('for a legal reason');
    expect(await reads(ANA, 'erase', { what: 'preference', sure: 'yes' })).toContain('for a legal reason');
    expect(await reads(BEN, 'erase', { what: 'all', sure: 'yes' })).not.toContain('for a legal reason');
    expect(await does('retention lift', { person: ANA })).toContain(`<@${ANA}> in **Harbour**`);
    expect(await reads(ANA, 'erase', { what: 'me', sure: 'yes' })).toContain('We wish you well');
  });

  it('keeps how long somebody spoke, which goes otherwise when attendance is attested', async () => {
    await runSql(
      world.url,
      `INSERT INTO talk_time (session_id, person_id, spoken_ms, last_from, last_to)
       SELECT session_id, person_id, 1000, at, at + interval '1 second' FROM check_in`,
    );
    const { rows } = await runSql(world.url, 'SELECT id FROM session');
    const forget = () => world.store.records.talkTimes.forget(rows[0].id);
    const left = async () => (await runSql(world.url, 'SELECT count(*)::int AS n FROM talk_time')).rows[0].n;
    await does('retention hold', { reason: REASON, person: ANA });
    await forget();
    expect(await left()).toBe(1);
    await does('retention lift', { person: ANA });
    await forget();
    expect(await left()).toBe(0);
  });

  it('is refused on somebody who never was in the group, and its reason is stored sealed', async () => {
    expect(await does('retention hold', { reason: REASON, person: LEAD })).not.toContain('stays until');
    await does('retention hold', { reason: REASON });
    const { rows } = await runSql(world.url, 'SELECT to_jsonb(h)::text AS row FROM legal_hold h');
    expect(rows).toHaveLength(1);
    expect(rows[0].row).not.toContain('court');
    await expect(runSql(world.url, `UPDATE legal_hold SET placed_by = 'another'`)).rejects.toThrow();
    await expect(runSql(world.url, 'DELETE FROM legal_hold')).rejects.toThrow();
  });
});
