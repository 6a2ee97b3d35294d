/** Rooms are looked at, what leads into them is shut, and the staff are told what Hearth cannot change: once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCohort } from '../../src/app/create-cohort.ts';
import { lookNowAndThen, lookSoon } from '../../src/app/look-soon.ts';
import { noteRepair, notingRepairs } from '../../src/app/note-repair.ts';
import type { Announcement } from '../../src/core/board.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import { allow } from '../../src/core/outcome.ts';
import type { RoomAccess, RoomsAudit } from '../../src/core/room-access.ts';
import { MINUTE } from '../../src/core/time.ts';
import { announcement as worded } from '../../src/words/en/announcements.ts';
import { CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { asHearthDoes } from '../world/jobs.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let cohort: Cohort;
let made = 0;

const owner: RoomAccess = {
  who: { kind: 'person', account: '100000000000000090' },
  may: ['see', 'bypass'],
  leaks: [],
  why: [{ by: 'owner' }],
};
const admins = (bearers: number): RoomAccess => ({
  who: { kind: 'role', id: '7', name: 'Office', bearers },
  may: ['see', 'bypass'],
  leaks: [],
  why: [{ by: 'administrator', role: 'Office' }],
});

const auditOf = (access: readonly RoomAccess[], but: object = {}): RoomsAudit => ({
  rooms: [{ kind: 'group', channelId: '5', access, invitations: 0, threads: 0, ...but }],
  hearth: { administrator: false, missing: [], more: [] },
  risks: [],
});

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  world.clock.pass(60 * MINUTE);
  await work();
  world.discord.channels.clear();
  const made_ = await createCohort(world, {
    ...{ guildId: GUILD, name: `Valley ${++made}`, groupType: 'support', capacity: 8, sessionMinutes: 60 },
    zone: 'Europe/Madrid',
    lead: { account: LEAD, bot: false },
    coFacilitator: { account: CO_FACILITATOR, bot: false },
  });
  if (!made_.ok) throw new Error(made_.refusal.code);
  cohort = made_.value.cohort;
  await work();
  world.discord.said.splice(0);
});

const work = () => world.settle(asHearthDoes(world));

/** What the staff of this group were told about their rooms. */
const told = async (): Promise<readonly Announcement[]> => {
  const staff = await world.store.records.roomRefs.channelOf(cohort.id, { kind: 'staff' });
  return world.discord.said
    .filter(({ channelId }) => channelId === staff)
    .map(({ announcement }) => announcement);
};
const look = async (): Promise<readonly Announcement[]> => {
  world.discord.said.splice(0);
  world.clock.pass(20 * MINUTE);
  await lookNowAndThen(world);
  await work();
  world.clock.pass(20 * MINUTE);
  await work();
  return told();
};

describe('a look at the rooms', () => {
  it('tells the staff once who cannot be kept out, and again only when there are more of them', async () => {
    world.discord.audit = auditOf([owner, admins(1)]);
    const [first] = await look();
    expect(first).toMatchObject({
      kind: 'rooms-looked-at',
      news: [{ kind: 'owner' }, { kind: 'administrators', bearers: 1 }],
    });
    expect(first && worded(first).text).toContain(
      'The role Office has Administrator, so that 1 person sees every room.',
    );
    expect(first && worded(first).calls).toBeUndefined();
    expect(await look()).toEqual([]);
    world.discord.audit = auditOf([owner, admins(2)]);
    expect(await look()).toMatchObject([{ news: [{ kind: 'administrators', bearers: 2 }] }]);
    world.discord.audit = auditOf([owner]);
    expect(await look()).toEqual([]);
    expect(await world.store.records.roomLooks.open(cohort.id)).toEqual([
      { kind: 'owner', account: '100000000000000090' },
    ]);
    world.discord.audit = auditOf([owner, admins(1)]);
    expect(await look()).toMatchObject([{ news: [{ kind: 'administrators' }] }]);
  });

  it('shuts invitations and webhooks, and tells that', async () => {
    world.discord.audit = auditOf([], { invitations: 2, webhooks: 1 });
    const [said] = await look();
    expect(said).toMatchObject({
      kind: 'rooms-repaired',
      repairs: [
        { what: 'invitation', count: 1 },
        { what: 'webhook', count: 1 },
      ],
    });
    expect(said && worded(said).text).toContain('an invitation into a room and a webhook in a room');
  });

  it('has rooms brought in which somebody is who ought not to be', async () => {
    const stray: RoomAccess = {
      who: { kind: 'everyone' },
      may: ['see'],
      leaks: [],
      why: [{ by: 'everyone' }],
    };
    world.discord.audit = auditOf([stray]);
    const brought: string[] = [];
    world.clock.pass(20 * MINUTE);
    await lookNowAndThen(world);
    await world.settle({
      ...asHearthDoes(world),
      'bring-rooms': async (job) => void brought.push(job.cohortId),
    });
    expect(brought).toContain(cohort.id);
    expect(await told()).toEqual([]);
  });

  it('is asked for once, however much is changed meanwhile, and again for what is changed from its beginning on', async () => {
    const looks = async () =>
      (await world.jobs()).filter(({ job }) => job.name === 'look-at-rooms' && job.cohortId === cohort.id)
        .length;
    for (let change = 0; change < 5; change += 1) await lookSoon(world, GUILD);
    expect(await looks()).toBe(1);
    world.clock.pass(MINUTE);
    await work();
    await lookSoon(world, GUILD);
    expect(await looks()).toBe(1);
  });

  it('is not due for a group that has ended', async () => {
    await world.store.change(async ({ cohorts }) => {
      const now = await cohorts.byId(cohort.id);
      if (now) await cohorts.save({ ...now, state: 'archived', archivedAt: world.clock.now() } as Cohort);
      return allow(null);
    });
    expect(await world.store.records.roomLooks.due(world.clock.now(), 50)).not.toContain(cohort.id);
  });
});

describe('what was put right', () => {
  const room = { kind: 'group' } as const;
  const repair = () =>
    world.store.change(async (records) => {
      await noteRepair(world, records, { cohortId: cohort.id, room, what: 'people' });
      return allow(null);
    });

  it('is told in one line for all that came together', async () => {
    for (let change = 0; change < 30; change += 1) await repair();
    world.clock.pass(MINUTE);
    await work();
    expect(await told()).toMatchObject([
      { kind: 'rooms-repaired', repairs: [{ what: 'people', count: 30 }] },
    ]);
    await repair();
    world.clock.pass(MINUTE);
    await work();
    expect(await told()).toHaveLength(1);
    world.clock.pass(10 * MINUTE);
    await work();
    expect(await told()).toHaveLength(2);
  });

  it('is a repair only where somebody changed the room, and not where Hearth did', async () => {
    const known = [{ kind: 'group', channelId: '5' }] as const;
    const untold = async () => (await world.store.records.repairs.untold(cohort.id)).map(({ what }) => what);
    const change = async (becomes: string, was?: string) => {
      const noting = notingRepairs(world, cohort, known);
      const changed = {
        room,
        becomes,
        ...(was !== undefined && { was }),
        differs: [was === undefined ? 'room' : 'people'],
      } as const;
      await noting.before(changed);
      await noting.after(changed);
    };
    await change('first', 'before-hearth-knew-of-it');
    expect(await untold()).toEqual([]);
    await change('second', 'first');
    expect(await untold()).toEqual([]);
    await change('second', 'by-hand');
    expect(await untold()).toEqual(['people']);
    await change('second');
    expect(await untold()).toEqual(['people', 'room']);
  });

  it('is not told when Hearth died between changing a room and remembering that', async () => {
    const noting = notingRepairs(world, cohort, []);
    const changed = { room, was: 'a', becomes: 'b', differs: ['people'] } as const;
    await noting.before(changed);
    const again = notingRepairs(world, cohort, []);
    await again.before({ ...changed, was: 'b', becomes: 'c' });
    await again.after({ ...changed, was: 'b', becomes: 'c' });
    expect(await world.store.records.repairs.untold(cohort.id)).toEqual([]);
  });
});
