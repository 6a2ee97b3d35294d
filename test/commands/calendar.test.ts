/** `/calendar`: an address of one's own, what a calendar finds there, and for how long. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarFeed } from '../../src/app/calendar-feed.ts';
import { changeOccurrence, type Occurrence, type OccurrenceRequest } from '../../src/core/occurrence.ts';
import { allow } from '../../src/core/outcome.ts';
import { DAY, HOUR, after as later } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const ADDRESS = /https:\/\/hearth\.example\/calendar\/([\w-]{43})\.ics/;

let world: TestWorld;
let group: Group;
let first: Occurrence;

const plan = async (startsAt: Date, but: Partial<Occurrence> = {}): Promise<Occurrence> => {
  const occurrence = {
    id: world.ids.next(),
    cohortId: group.cohort.id,
    wall: world.zones.wall(startsAt, 'Europe/Madrid'),
    zone: 'Europe/Madrid',
    startsAt,
    minutes: 60,
    revision: 0,
    changedAt: world.clock.now(),
    version: 0,
    state: 'planned' as const,
    ...but,
    // What is given belongs to a planned meeting.
  } as Occurrence;
  await world.store.change(async ({ occurrences }) => allow(await occurrences.claim(occurrence)));
  return occurrence;
};

const change = async (id: string, request: OccurrenceRequest): Promise<void> => {
  await world.store.change(async ({ occurrences }) => {
    const occurrence = (await occurrences.byId(id)) ?? expect.fail('it is not kept');
    const changed = changeOccurrence(occurrence, request, world.clock.now());
    if (!changed.ok) return changed;
    await occurrences.save(changed.value);
    return allow(null);
  });
};

/** The secret part of the address that somebody is given. */
const link = async (account: string, given: Record<string, string> = {}): Promise<string> => {
  const said = await group.says(account, 'calendar link', { given });
  return ADDRESS.exec(said)?.[1] ?? expect.fail(`no address in "${said}"`);
};

const eventsOf = async (token: string) => (await calendarFeed(world, token))?.events;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Tuesday', { signed: [ANA, BEN] });
  first = await plan(later(world.clock.now(), DAY));
});
afterAll(() => world.close());

describe('an address', () => {
  it('is given once, and the next one asks first and ends it', async () => {
    const token = await link(ANA);
    expect(await group.says(ANA, 'calendar link')).toContain('has an address already');
    expect(await eventsOf(token)).toHaveLength(1);
    const next = await link(ANA, { sure: 'yes' });
    expect(next).not.toBe(token);
    expect(await eventsOf(token)).toBeUndefined();
    expect(await eventsOf(next)).toHaveLength(1);
  });

  it('is kept by nobody: only its digest is', async () => {
    const token = await link(ANA, { sure: 'yes' });
    const kept = await runSql(world.url, 'SELECT * FROM calendar_feed');
    expect(kept.rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(kept.rows)).not.toContain(token);
  });

  it('ends when its owner says so, and nobody else’s does', async () => {
    const [ana, ben] = [await link(ANA, { sure: 'yes' }), await link(BEN)];
    expect(await group.says(ANA, 'calendar revoke')).toContain('works any more');
    expect(await eventsOf(ana)).toBeUndefined();
    expect(await eventsOf(ben)).toHaveLength(1);
    expect(await group.says(ANA, 'calendar revoke')).toContain('works any more');
  });

  it('that nobody was given opens nothing', async () => {
    for (const token of ['', 'x', 'a'.repeat(43)]) expect(await eventsOf(token)).toBeUndefined();
  });

  it('is for those of the group who have signed, and for its staff', async () => {
    expect(await group.says(CLEO, 'calendar link')).not.toMatch(ADDRESS);
    expect(readable(await group.people.read(OUTSIDER, 'calendar link'))).not.toMatch(ADDRESS);
    expect(await eventsOf(await link(LEAD))).toHaveLength(1);
  });
});

describe('a calendar', () => {
  it('shows a meeting that was moved where it is now, and one that was left out as cancelled', async () => {
    const token = await link(ANA, { sure: 'yes' });
    const to = later(first.startsAt, 2 * HOUR);
    await change(first.id, { kind: 'move', to });
    const uid = `${first.id}@hearth`;
    expect(await eventsOf(token)).toEqual([
      expect.objectContaining({ uid, startsAt: to, sequence: 1, status: 'confirmed' }),
    ]);
    await change(first.id, { kind: 'skip', why: 'skip' });
    expect(await eventsOf(token)).toEqual([
      expect.objectContaining({ uid, startsAt: to, sequence: 2, status: 'cancelled' }),
    ]);
    await change(first.id, { kind: 'restore' });
    expect(await eventsOf(token)).toEqual([expect.objectContaining({ sequence: 3, status: 'confirmed' })]);
  });

  it('shows a meeting of two to these two, and to nobody else', async () => {
    const { records } = world.store;
    const [ana, lead] = [await records.people.known(ANA), await records.people.known(LEAD)];
    const { id } = await plan(later(world.clock.now(), 3 * DAY), {
      individual: { person: ana, therapist: lead },
    });
    const seen = async (account: string): Promise<boolean> => {
      const events = await eventsOf(await link(account, { sure: 'yes' }));
      return events?.some(({ uid }) => uid === `${id}@hearth`) ?? false;
    };
    expect([await seen(ANA), await seen(LEAD), await seen(BEN)]).toEqual([true, true, false]);
  });

  it('holds a group no longer for somebody who withdrew from it, or was discharged', async () => {
    const [ana, ben] = [await link(ANA, { sure: 'yes' }), await link(BEN, { sure: 'yes' })];
    await group.says(ANA, 'agreement withdraw', { given: { sure: 'yes' } });
    expect(await eventsOf(ana)).toEqual([]);
    await group.people.read(ADMIN, 'cohort discharge', {
      given: { cohort: 'Tuesday', person: BEN, sure: 'yes' },
    });
    expect(await eventsOf(ben)).toEqual([]);
  });
});
