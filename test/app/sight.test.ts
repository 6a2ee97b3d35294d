/** What one process sees of voice rooms, and how long the others believe it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepAlive } from '../../src/app/keep-alive.ts';
import { loseServers } from '../../src/app/lose-servers.ts';
import { seeRoom } from '../../src/app/see-room.ts';
import { seeServer } from '../../src/app/see-server.ts';
import { believedSince } from '../../src/core/presence.ts';
import { DAY, SECOND } from '../../src/core/time.ts';
import { ANA, BEN, GUILD, LOBBY } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let gateway: string;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Seen');
  gateway = world.ids.next();
});
afterAll(() => world.close());

/** Who a process that sees nothing itself believes to be in the group's room. */
const believed = async (): Promise<readonly string[] | undefined> => {
  const since = believedSince(world.clock.now());
  return (await world.store.records.sights.inRoom(GUILD, group.room('voice'), since))?.toSorted();
};
const changed = () => seeRoom(world, { guildId: GUILD, channelId: group.room('voice') });

describe('who is in a voice room', () => {
  it('is known to nobody before a gateway has seen it', async () => {
    expect(await believed()).toBeUndefined();
  });

  it('is known to all from the moment at which a gateway sees the server, and at every change', async () => {
    group.inVoice(ANA);
    await keepAlive(world, gateway);
    await seeServer(world, gateway, GUILD);
    expect(await believed()).toEqual([ANA]);
    group.inVoice(ANA, BEN);
    await changed();
    expect(await believed()).toEqual([ANA, BEN]);
    group.inVoice(BEN);
    await changed();
    expect(await believed()).toEqual([BEN]);
  });

  it('of a room of two is put back, too, when a gateway comes again', async () => {
    const channelId = 'one-to-one-voice-1';
    const ref = { kind: 'one-to-one-voice', number: 1, channelId } as const;
    await world.store.records.roomRefs.put(group.cohort.id, ref);
    world.discord.voice.set(channelId, [ANA]);
    await seeServer(world, gateway, GUILD);
    const since = believedSince(world.clock.now());
    expect(await world.store.records.sights.inRoom(GUILD, channelId, since)).toEqual([ANA]);
  });

  it('of a room that is no group’s is kept by nobody', async () => {
    world.discord.voice.set(LOBBY, [ANA]);
    await seeRoom(world, { guildId: GUILD, channelId: LOBBY });
    const since = believedSince(world.clock.now());
    expect(await world.store.records.sights.inRoom(GUILD, LOBBY, since)).toEqual([]);
  });

  it('is believed for half a minute after the gateway was last alive, and no longer', async () => {
    world.clock.pass(29 * SECOND);
    expect(await believed()).toEqual([BEN]);
    world.clock.pass(2 * SECOND);
    expect(await believed()).toBeUndefined();
    await keepAlive(world, gateway);
    expect(await believed()).toEqual([BEN]);
  });

  it('is not known while the gateway has lost the server, or has ended', async () => {
    await loseServers(world, gateway, [GUILD]);
    expect(await believed()).toBeUndefined();
    await seeServer(world, gateway, GUILD);
    expect(await believed()).toEqual([BEN]);
    await world.store.records.sights.end(gateway);
    expect(await believed()).toBeUndefined();
  });

  it('is told by the gateway that saw it last: an older one cannot lose it', async () => {
    const [older, newer] = [world.ids.next(), world.ids.next()];
    for (const each of [older, newer]) {
      await keepAlive(world, each);
      await seeServer(world, each, GUILD);
    }
    await loseServers(world, older, [GUILD]);
    expect(await believed()).toEqual([BEN]);
  });

  it('is forgotten of a gateway that was not heard of for a day', async () => {
    world.clock.pass(DAY + SECOND);
    await keepAlive(world, gateway);
    expect(await believed()).toBeUndefined();
  });

  it('is noted by no process that does not see the server itself', async () => {
    world.discord.seen = false;
    await seeServer(world, gateway, GUILD);
    expect(await believed()).toBeUndefined();
    world.discord.seen = true;
  });
});
