/** Rooms are brought once, also when Hearth died on the way, and what is lacking is kept. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bringRooms } from '../../src/app/bring-rooms.ts';
import { createCohort } from '../../src/app/create-cohort.ts';
import type { Rooms } from '../../src/ports/rooms.ts';
import { CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let made = 0;
let cohortId = '';

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.settle();
  world.discord.channels.clear();
  const cohort = await createCohort(world, {
    guildId: GUILD,
    name: `Valley ${++made}`,
    groupType: 'support',
    capacity: 8,
    sessionMinutes: 60,
    zone: 'Europe/Madrid',
    lead: { account: LEAD, bot: false },
    coFacilitator: { account: CO_FACILITATOR, bot: false },
  });
  if (!cohort.ok) throw new Error(cohort.refusal.code);
  cohortId = cohort.value.cohort.id;
});

/** Rooms of a process that dies as soon as so many of them exist. */
const dyingAfter = (rooms: number): Rooms => ({
  ...world.rooms,
  bring: (guildId, desired, known, found) => {
    let count = 0;
    return world.rooms.bring(guildId, desired, known, async (kind, channelId) => {
      await found(kind, channelId);
      count += 1;
      if (count === rooms) throw new Error('the process died');
    });
  },
});
const refs = () => world.store.records.roomRefs.ofCohort(cohortId);

describe('bringing the rooms of a cohort', () => {
  it('goes on where it died, and makes no room twice', async () => {
    for (const rooms of [1, 3]) {
      await expect(bringRooms({ ...world, rooms: dyingAfter(rooms) }, { cohortId })).rejects.toThrow('died');
      expect(await refs()).toHaveLength(rooms);
    }
    await bringRooms(world, { cohortId });
    const known = (await refs()).map(({ channelId }) => channelId);
    expect(known.toSorted()).toEqual([...world.discord.channels.keys()].toSorted());
    expect(known).toHaveLength(5);
  });

  it('asks for the boards when it made rooms, and not when nothing was missing', async () => {
    await world.settle();
    const asked: string[] = [];
    const boards = { 'bring-boards': async (job: { cohortId: string }) => void asked.push(job.cohortId) };
    await bringRooms(world, { cohortId });
    await world.settle(boards);
    expect(asked).toEqual([]);
    world.discord.channels.clear();
    await bringRooms(world, { cohortId });
    await world.settle(boards);
    expect(new Set(asked)).toEqual(new Set([cohortId]));
  });

  it('keeps which rights were missing until they are there', async () => {
    const { roomRefs } = world.store.records;
    world.discord.lacking = ['MANAGE_CHANNELS'];
    await bringRooms(world, { cohortId });
    expect(await roomRefs.missing(cohortId)).toEqual(['MANAGE_CHANNELS']);
    world.discord.lacking = [];
    await bringRooms(world, { cohortId });
    expect(await roomRefs.missing(cohortId)).toEqual([]);
  });

  it('does nothing for a cohort that is not kept', async () => {
    world.discord.channels.clear();
    await bringRooms(world, { cohortId: world.ids.next() });
    expect(world.discord.channels.size).toBe(0);
  });
});
