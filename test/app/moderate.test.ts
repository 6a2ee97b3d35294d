/** Facilitators keep a session safe, and nothing of it outlasts the session: nobody stays muted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bringFloor, followVoice } from '../../src/app/bring-floor.ts';
import { bringRooms } from '../../src/app/bring-rooms.ts';
import { liftAfterRestart } from '../../src/app/lift-moderation.ts';
import { MINUTE } from '../../src/core/time.ts';
import { board } from '../../src/words/en/boards.ts';
import { notAllowed, toldHeld } from '../../src/words/en/moderate.ts';
import { moment } from '../../src/words/markup.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
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

/** A store of a process that is killed as soon as something is lifted. */
const dyingAfterLift = ({ change, records }: TestWorld['store']): TestWorld['store']['change'] => {
  let isDead = false;
  return async (work) => {
    if (isDead) throw new Error('the process died');
    const done = await change(work);
    isDead = (await records.moderations.unsettled(group.cohort.id)).every(({ lifted }) => lifted);
    return done;
  };
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

  it('is heard when a facilitator undoes it while Hearth is still at it with the others', async () => {
    const { mute } = world.floor;
    Object.assign(world.floor, {
      mute: async (...asked: Parameters<typeof mute>) => {
        Object.assign(world.floor, { mute });
        await group.says(LEAD, 'moderate undo', { channelId: group.room('staff') });
        return mute(...asked);
      },
    });
    await group.says(LEAD, 'moderate mute-all', { channelId: group.room('staff') });
    await expect(bringFloor(world, { cohortId: group.cohort.id })).rejects.toThrow('somebody-was-first');
    await group.settle();
    expect(muted()).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });

  it('is not heard again because Hearth says so, when somebody else has muted them by hand', async () => {
    world.discord.muted.add(ANA);
    await lead('moderate mute-all');
    await moves([ANA, BEN]);
    expect(muted()).toEqual([ANA, BEN]);
    await lead('moderate unmute-all');
    expect(muted()).toEqual([ANA]);
    expect(await unsettled()).toEqual([]);
  });

  it('is not taken for muted by hand while another group of the server has yet to let them be heard', async () => {
    const other = await aGroup(world, 'Meadow');
    other.inVoice(ANA);
    await other.says(LEAD, 'session open');
    await lead('moderate mute', { person: ANA });
    await group.says(LEAD, 'moderate undo', { channelId: group.room('staff') });
    const channelId = other.room('staff');
    await other.says(LEAD, 'moderate mute', { given: { person: ANA }, channelId });
    await bringFloor(world, { cohortId: other.cohort.id });
    await bringFloor(world, { cohortId: group.cohort.id });
    expect([muted(), await unsettled()]).toEqual([[ANA], []]);
    await other.says(LEAD, 'moderate undo', { channelId });
    await other.settle();
    expect(muted()).toEqual([]);
  });

  it('has to be in the voice room: nobody is said to be muted who is not', async () => {
    expect(await lead('moderate mute', { person: CLEO })).toContain('not in the voice room');
    expect(await unsettled()).toEqual([]);
    group.inVoice(LEAD);
    expect(await lead('moderate mute-all')).toContain('Nobody who takes part is in the voice room');
  });

  it('is told by themselves, and nobody else is', async () => {
    await lead('moderate mute', { person: ANA });
    expect(world.discord.notices).toMatchObject([{ account: ANA, notice: { kind: 'held', act: 'mute' } }]);
    expect(world.discord.notices.every(({ channelId }) => channelId === undefined)).toBe(true);
  });

  it('is told nothing that is not true: not before it is done, nor when it was undone by then', async () => {
    await group.says(LEAD, 'moderate mute', { given: { person: ANA }, channelId: group.room('staff') });
    await lead('moderate undo');
    world.discord.muted.add(BEN);
    await lead('moderate mute', { person: BEN });
    expect(world.discord.notices).toEqual([]);
    world.discord.muted.delete(BEN);
    await bringFloor(world, { cohortId: group.cohort.id });
    await lead('moderate unmute', { person: BEN });
    expect(world.discord.notices).toEqual([]);
  });

  it('is told once, however often Hearth looks, and not at all of what happens to everybody', async () => {
    await lead('moderate mute', { person: ANA });
    await lead('moderate mute-all');
    await moves([ANA, BEN]);
    expect(world.discord.notices.map(({ account }) => account)).toEqual([ANA]);
  });

  it('stays so when it is asked for by itself, though it began with a time-out', async () => {
    await lead('moderate time-out', { person: ANA, minutes: 5 });
    await lead('moderate mute', { person: ANA });
    world.clock.pass(5 * MINUTE);
    await group.settle();
    expect([rightOf(ANA, 'voice'), muted()]).toEqual(['join', [ANA]]);
  });

  it('is heard as before where Discord does not let Hearth mute, and staff are told what to do by hand', async () => {
    Object.assign(world.floor, { mute: async () => 'forbidden' });
    await lead('moderate mute', { person: ANA });
    expect(await unsettled()).toEqual([]);
    expect(world.discord.notices).toEqual([]);
    expect(group.said('staff')).toContain('not-allowed');
    expect(group.boards('staff-panel')[0]?.session?.holds?.muted ?? []).toEqual([]);
  });

  it('is not said to be muted where Discord gave no answer at first, and then does not let Hearth mute', async () => {
    const answers = [() => Promise.reject(new Error('no answer')), async () => 'forbidden'];
    Object.assign(world.floor, { mute: () => answers.shift()?.() });
    await group.says(LEAD, 'moderate mute', { given: { person: ANA }, channelId: group.room('staff') });
    await expect(bringFloor(world, { cohortId: group.cohort.id })).rejects.toThrow('no answer');
    await bringFloor(world, { cohortId: group.cohort.id });
    await group.settle();
    expect([await unsettled(), group.said('staff')]).toEqual([[], ['not-allowed']]);
  });

  it('stands, and is not told of as not allowed, when the right was lost after it was done', async () => {
    await lead('moderate mute', { person: ANA });
    Object.assign(world.floor, { mute: async () => 'forbidden' });
    await moves([ANA, BEN]);
    expect([muted(), group.said('staff')]).toEqual([[ANA], []]);
    expect(await unsettled()).toMatchObject([{ act: 'mute' }]);
  });

  it('is told of to staff also when Hearth is killed at that very moment', async () => {
    Object.assign(world.floor, { mute: async () => 'forbidden', move: async () => 'forbidden' });
    const channelId = group.room('staff');
    const { store } = world;
    for (const path of ['moderate mute', 'moderate move-aside']) {
      await group.says(LEAD, path, { given: { person: ANA }, channelId });
      await bringRooms(world, { cohortId: group.cohort.id });
      // Whatever comes after the first change that lifts it is not done any more.
      const dying: TestWorld = { ...world, store: { ...store, change: dyingAfterLift(store) } };
      await bringFloor(dying, { cohortId: group.cohort.id }).catch(() => {});
      expect([path, (await unsettled()).filter(({ lifted }) => !lifted)]).toEqual([path, []]);
    }
    await group.settle();
    expect(group.said('staff')).toEqual(['not-allowed', 'not-allowed']);
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

  it('are not locked while nobody can tell who is inside: that would put everybody out', async () => {
    world.discord.seen = false;
    expect(await lead('moderate lock')).toContain('cannot see at this moment');
    expect(rightOf(ANA, 'voice')).toBe('join');
  });

  it('are open, when locked, to whoever is aside and to whoever is brought back', async () => {
    await lead('moderate move-aside', { person: ANA });
    await lead('moderate remove', { person: CLEO });
    await lead('moderate lock');
    await lead('moderate bring-back', { person: ANA });
    await lead('moderate bring-back', { person: CLEO });
    expect([rightOf(ANA, 'voice'), rightOf(CLEO, 'voice')]).toEqual(['join', 'join']);
  });

  it('are closed to whoever was removed, for this session alone', async () => {
    await lead('moderate remove', { person: ANA });
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice')]).toEqual([undefined, undefined]);
    await lead('session end');
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice')]).toEqual(['join', 'join']);
  });

  it('are not said to be closed to whoever they are open to again by then', async () => {
    const channelId = group.room('staff');
    await group.says(LEAD, 'moderate remove', { given: { person: ANA }, channelId });
    await lead('moderate undo');
    expect(world.discord.notices).toMatchObject([{ account: ANA, notice: { act: 'remove', lifted: true } }]);
  });

  it('are to listen and read in, for as many minutes as somebody has a time-out', async () => {
    await lead('moderate time-out', { person: ANA, minutes: 5 });
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice'), muted()]).toEqual(['read', 'listen', [ANA]]);
    world.clock.pass(5 * MINUTE);
    await group.settle();
    expect([rightOf(ANA, 'group'), rightOf(ANA, 'voice'), muted()]).toEqual(['join', 'join', []]);
  });

  it('are to listen in for as long as the latest time-out says, and the panel says until when', async () => {
    await lead('moderate time-out', { person: ANA, minutes: 5 });
    const until = new Date(world.clock.now().getTime() + 20 * MINUTE);
    expect(await lead('moderate time-out', { person: ANA, minutes: 20 })).toContain(moment(until, 't'));
    world.clock.pass(6 * MINUTE);
    await group.settle();
    expect(rightOf(ANA, 'voice')).toBe('listen');
    world.clock.pass(15 * MINUTE);
    await group.settle();
    expect([rightOf(ANA, 'voice'), muted()]).toEqual(['join', []]);
  });

  it('are said to be so for longer, once for each time, and to be open again when a facilitator says so', async () => {
    const told = () =>
      world.discord.notices.map(({ notice }) => (notice.kind === 'held' ? toldHeld(notice) : notice.kind));
    await lead('moderate time-out', { person: ANA, minutes: 5 });
    const until = new Date(world.clock.now().getTime() + 20 * MINUTE);
    await lead('moderate time-out', { person: ANA, minutes: 20 });
    await lead('moderate unmute', { person: ANA });
    expect(told()).toHaveLength(3);
    expect(told()[1]).toContain(moment(until, 't'));
    expect(told()[2]).toContain('ended your time of listening');
    await lead('moderate remove', { person: BEN });
    await lead('moderate undo');
    expect(told().slice(3)).toEqual([
      expect.stringContaining('closed the rooms'),
      expect.stringContaining('opened the rooms to you again'),
    ]);
  });

  it('are not said to be open again to whom they are closed anew, nor when the session ends', async () => {
    await lead('moderate remove', { person: ANA });
    const channelId = group.room('staff');
    await group.says(LEAD, 'moderate undo', { channelId });
    await lead('moderate remove', { person: ANA });
    await lead('session end');
    expect(world.discord.notices.filter(({ notice }) => notice.kind === 'held' && notice.lifted)).toEqual([]);
  });

  it('go on, with the chat open again, by one press', async () => {
    await lead('session pause');
    await group.settle();
    const buttons = () => {
      const [panel] = group.boards('staff-panel');
      return panel ? (board(panel).actions ?? []).flat() : [];
    };
    // Whoever paused first, and sees then that nobody should write now, does not have to resume for that.
    expect(buttons()).toContainEqual(expect.objectContaining({ command: 'moderate hold-chat' }));
    await lead('moderate hold-chat');
    await lead('moderate mute', { person: ANA });
    const back =
      buttons().find(({ label }) => label === 'Resume and open the chat') ?? expect.fail('no button');
    await lead(back.command, back.given);
    expect([rightOf(ANA, 'group'), muted()]).toEqual(['join', [ANA]]);
    expect(await world.store.records.sessions.unfinished(group.cohort.id)).toMatchObject({
      state: 'running',
    });
  });

  it('are paused and held, or gone on with and opened, both at once: what is refused leaves neither', async () => {
    await lead('session pause');
    expect(await lead('session pause', { chat: 'hold' })).toContain('paused');
    expect(await unsettled()).toEqual([]);
    await lead('moderate hold-chat');
    await group.says(LEAD, 'session resume', { given: { chat: 'open' }, channelId: group.room('staff') });
    expect(await unsettled()).toEqual([]);
  });

  it('are not said to be held where Hearth may not change them: staff read so in their room', async () => {
    const { bring } = world.rooms;
    Object.assign(world.rooms, { bring: async () => ({ did: 'forbidden', missing: ['Manage Roles'] }) });
    await lead('moderate hold-chat');
    expect([rightOf(ANA, 'group'), group.said('staff')]).toEqual(['join', ['not-allowed']]);
    // Any of the rooms may be meant, and what they asked for may have held for long.
    const text = notAllowed({ kind: 'not-allowed', what: 'rooms' });
    expect(text).toContain('may not hold there');
    expect(text).not.toMatch(/just asked|not hold yet/);
    Object.assign(world.rooms, { bring });
    await bringRooms(world, { cohortId: group.cohort.id });
    expect(rightOf(ANA, 'group')).toBe('read');
  });

  it('are paused and held by one press, which asks for no reason', async () => {
    await lead('session pause', { chat: 'hold' });
    expect(rightOf(ANA, 'group')).toBe('read');
    expect(await world.store.records.sessions.unfinished(group.cohort.id)).toMatchObject({ state: 'paused' });
    const [panel] = group.boards('staff-panel');
    expect(panel?.session?.holds).toMatchObject({ isChatHeld: true });
    // The group reads why nobody can write, and that it is not for good.
    expect(readable(board(group.boards('session-card')[0] ?? expect.fail('no card stands')))).toContain(
      'closed the chat for a while',
    );
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
    expect(inRoom(room.channelId)).toEqual([CO_FACILITATOR, ANA]);
    expect(inRoom(group.room('voice'))).toEqual([BEN]);
    await lead('moderate bring-back', { person: ANA });
    expect(inRoom(group.room('voice'))).toEqual([BEN, ANA, CO_FACILITATOR]);
    expect(aside()?.guests).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });

  it('is there alone with one facilitator: a second has to wait, and is told so', async () => {
    await lead('moderate move-aside', { person: ANA });
    expect(await lead('moderate move-aside', { person: BEN })).toContain('Please bring them back first');
    expect(inRoom(aside()?.channelId ?? '')).toEqual([CO_FACILITATOR, ANA]);
  });

  it('never waits there alone: nobody is moved when nobody can go along', async () => {
    group.inVoice(ANA, BEN);
    expect(await lead('moderate move-aside', { person: ANA })).toContain('Nobody can go along');
    expect(await unsettled()).toEqual([]);
    // Whoever asks for it goes along when the co-facilitator is away.
    group.inVoice(ANA, BEN, LEAD);
    expect(await lead('moderate move-aside', { person: ANA })).toContain(`<@${ANA}> with <@${LEAD}>`);
  });

  it('is moved all the same, when Discord gave no answer in the middle', async () => {
    const { move } = world.floor;
    let calls = 0;
    Object.assign(world.floor, {
      move: async (...asked: Parameters<typeof move>) => {
        calls += 1;
        if (calls === 2) throw new Error('no answer');
        return move(...asked);
      },
    });
    await group.says(LEAD, 'moderate move-aside', { given: { person: ANA }, channelId: group.room('staff') });
    await bringRooms(world, { cohortId: group.cohort.id });
    await expect(bringFloor(world, { cohortId: group.cohort.id })).rejects.toThrow('no answer');
    await bringFloor(world, { cohortId: group.cohort.id });
    expect(inRoom(aside()?.channelId ?? '')).toEqual([CO_FACILITATOR, ANA]);
  });

  it('is not brought into the room of a group of which they are no part any more', async () => {
    await lead('moderate move-aside', { person: ANA });
    const room = aside()?.channelId ?? expect.fail('no room stands');
    await group.says(ADMIN, 'cohort discharge', {
      given: { cohort: 'Fern', person: ANA, sure: 'yes' },
    });
    await group.settle();
    expect(inRoom(group.room('voice'))).toEqual([BEN, CO_FACILITATOR]);
    expect(aside()?.guests).toEqual([]);
    expect(inRoom(room)).toEqual([ANA]);
    expect(await unsettled()).toEqual([]);
  });

  it('is not brought back into a session from which they were removed meanwhile', async () => {
    await lead('moderate move-aside', { person: ANA });
    await lead('moderate remove', { person: ANA });
    const later = await world.restart();
    worlds.push(later);
    await liftAfterRestart(later, GUILD);
    await (await groupIn(later, 'Fern')).settle();
    expect(inRoom(group.room('voice'))).toEqual([BEN, CO_FACILITATOR]);
  });

  it('is told so once they are there, and nothing where Hearth may not move them', async () => {
    const { move } = world.floor;
    Object.assign(world.floor, { move: async () => 'forbidden' });
    await lead('moderate move-aside', { person: ANA });
    expect([world.discord.notices, group.said('staff')]).toEqual([[], ['not-allowed']]);
    Object.assign(world.floor, { move });
    await lead('moderate move-aside', { person: ANA });
    expect(world.discord.notices).toMatchObject([{ account: ANA, notice: { act: 'move-aside' } }]);
  });

  it('is not said to be aside any more, as soon as they are to come back', async () => {
    await lead('moderate move-aside', { person: ANA });
    expect(await lead('moderate undo')).toContain('Nothing is held');
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
