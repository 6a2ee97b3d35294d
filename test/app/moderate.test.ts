/** Facilitators keep a session safe, and nothing of it outlasts the session: nobody stays muted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bringFloor, followVoice } from '../../src/app/bring-floor.ts';
import { liftAfterRestart } from '../../src/app/moderate.ts';
import { MINUTE } from '../../src/core/time.ts';
import { ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group, groupIn } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
const worlds: TestWorld[] = [];

beforeEach(async () => {
  world = await testWorld();
  worlds.push(world);
  group = await aGroup(world, 'Fern');
  group.inVoice(ANA, BEN, CO_FACILITATOR);
  await group.says(LEAD, 'session open');
  await group.settle();
});
afterEach(() => Promise.all(worlds.splice(0).map((each) => each.close())));

const lead = async (path: string, given: Record<string, unknown> = {}) => {
  const said = await group.says(LEAD, path, { given, channelId: group.room('staff') });
  await group.settle();
  return said;
};
const muted = () => [...world.discord.muted];
const rightOf = (account: string, kind: 'group' | 'voice') =>
  [...world.discord.channels.values()]
    .find((room) => room.kind === kind)
    ?.guests.find((guest) => guest.account === account)?.right;
const unsettled = () => world.store.records.moderations.unsettled(group.cohort.id);
const aside = () => [...world.discord.channels.values()].find(({ kind }) => kind === 'aside-voice');
const moves = async (from: readonly string[]) => {
  group.inVoice(...from);
  await followVoice(world, GUILD);
  await group.settle();
};

describe('somebody who is muted', () => {
  it('is not heard, and is heard again when a facilitator says so', async () => {
    expect(await lead('moderate mute', { person: ANA })).toContain(`Not heard: <@${ANA}>`);
    expect(muted()).toEqual([ANA]);
    await lead('moderate unmute', { person: ANA });
    expect(muted()).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });

  it('is heard again when the session ends', async () => {
    await lead('moderate mute-all');
    expect(muted()).toEqual([ANA, BEN]);
    await lead('session end');
    expect(muted()).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });

  it('is heard as soon as they are in a voice room again, when they left meanwhile', async () => {
    await lead('moderate mute', { person: ANA });
    await moves([BEN]);
    // Discord changes nothing of whoever is in no voice room.
    expect(muted()).toEqual([ANA]);
    await lead('session end');
    expect(muted()).toEqual([ANA]);
    world.discord.voice.set('elsewhere', [ANA]);
    await moves([BEN]);
    expect(muted()).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });

  it('is heard again after Hearth was restarted, also when it was killed before it had written that it is done', async () => {
    await lead('moderate mute', { person: ANA });
    const died = new Error('the process died');
    const { mute } = world.floor;
    // It dies after Discord has done it, and before anything more is written.
    Object.assign(world.floor, {
      mute: async (...asked: Parameters<typeof mute>) => {
        const switched = await mute(...asked);
        if (asked[1] === BEN) throw died;
        return switched;
      },
    });
    await group.says(LEAD, 'moderate mute', { given: { person: BEN }, channelId: group.room('staff') });
    await expect(bringFloor(world, { cohortId: group.cohort.id })).rejects.toThrow(died);
    expect(muted()).toEqual([ANA, BEN]);
    Object.assign(world.floor, { mute });
    const later = await world.restart();
    worlds.push(later);
    await liftAfterRestart(later, GUILD);
    await (await groupIn(later, 'Fern')).settle();
    expect(muted()).toEqual([]);
    expect(await later.store.records.moderations.unsettled(group.cohort.id)).toEqual([]);
  });

  it('is never a facilitator, nor somebody of another group', async () => {
    expect(await lead('moderate mute', { person: CO_FACILITATOR })).toContain('not on the roster');
    expect(muted()).toEqual([]);
  });
});

describe('the rooms of a session', () => {
  it('are held: the chat can be read, and not written in, until it is released', async () => {
    await lead('moderate hold-chat');
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice')]).toEqual(['read', 'speak']);
    expect(rightOf(LEAD, 'group')).toBe('lead');
    await lead('moderate release-chat');
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice')]).toEqual(['join', 'join']);
  });

  it('are locked to whoever is not inside', async () => {
    await lead('moderate lock');
    expect([rightOf(ANA, 'voice'), rightOf(CLEO, 'voice')]).toEqual(['join', 'read']);
    await lead('moderate unlock');
    expect(rightOf(CLEO, 'voice')).toBe('join');
  });

  it('are closed to whoever was removed, for this session alone', async () => {
    await lead('moderate remove', { person: ANA });
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice')]).toEqual([undefined, undefined]);
    await lead('session end');
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice')]).toEqual(['join', 'join']);
  });

  it('are to listen and read in, for as many minutes as somebody has a time-out', async () => {
    await lead('moderate time-out', { person: ANA, minutes: 5 });
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice'), muted()]).toEqual(['read', 'listen', [ANA]]);
    world.clock.pass(5 * MINUTE);
    await group.settle();
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice'), muted()]).toEqual(['join', 'join', []]);
  });

  it('are paused and held by one press, which asks for no reason', async () => {
    await lead('session pause', { chat: 'hold' });
    expect(rightOf(ANA, 'group')).toBe('read');
    expect(await world.store.records.sessions.unfinished(group.cohort.id)).toMatchObject({ state: 'paused' });
    const [panel] = group.boards('staff-panel');
    expect(panel?.session?.holds).toMatchObject({ isChatHeld: true });
    await lead('moderate undo');
    expect(rightOf(ANA, 'group')).toBe('join');
  });
});

describe('somebody who is moved aside', () => {
  const inRoom = (channelId: string) => world.discord.voice.get(channelId);

  it('is in a room with the co-facilitator alone, and both come back', async () => {
    await lead('moderate move-aside', { person: ANA });
    const room = aside() ?? expect.fail('no room stands');
    expect(room.guests).toEqual([
      { account: CO_FACILITATOR, right: 'lead' },
      { account: ANA, right: 'join' },
    ]);
    expect(inRoom(room.channelId)).toEqual([ANA, CO_FACILITATOR]);
    expect(inRoom(group.room('voice'))).toEqual([BEN]);
    await lead('moderate bring-back', { person: ANA });
    expect(inRoom(group.room('voice'))).toEqual([BEN, ANA, CO_FACILITATOR]);
    expect(aside()?.guests).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });

  it('is back, and the room closed, when the session ends', async () => {
    await lead('moderate move-aside', { person: ANA });
    await lead('session end');
    expect(inRoom(group.room('voice'))).toEqual([BEN, ANA, CO_FACILITATOR]);
    expect(aside()?.guests).toEqual([]);
  });
});

describe('what was done', () => {
  it('stays written, with who did it and why it ended', async () => {
    await lead('moderate mute', { person: ANA });
    const { id } =
      (await world.store.records.sessions.unfinished(group.cohort.id)) ?? expect.fail('no session');
    await lead('session end');
    expect(await world.store.records.moderations.ofSession(id)).toMatchObject([
      { act: 'mute', by: LEAD, lifted: { why: 'session-ended' }, isSettled: true },
    ]);
  });

  it('needs a session that goes on', async () => {
    await lead('session end');
    expect(await lead('moderate mute', { person: ANA })).toMatch(/no session/i);
  });
});
