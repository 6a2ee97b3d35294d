/** In whose call Hearth is, as sessions come and go in a server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringVoice, serversWithVoice } from '../../src/app/bring-voice.ts';
import { MINUTE } from '../../src/core/time.ts';
import { ADMIN, ANA, BEN, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let birch: Group;
let alder: Group;

beforeAll(async () => {
  world = await testWorld();
  birch = await aGroup(world, 'Birch');
  alder = await aGroup(world, 'Alder');
});
afterAll(() => world.close());

/** The room in whose call Hearth is, once it has looked. */
const callOf = async (): Promise<string | undefined> => {
  await bringVoice(world, GUILD);
  return world.voice.calls.get(GUILD)?.channelId;
};

describe('the call in which Hearth is', () => {
  it('is none while no session is open', async () => {
    expect(await callOf()).toBeUndefined();
    expect([...(await serversWithVoice(world))]).toEqual([]);
  });

  it('is that of the session, and stays it when another group opens one', async () => {
    await birch.says(LEAD, 'session open');
    expect(await callOf()).toBe(birch.room('voice'));
    world.clock.pass(MINUTE);
    await alder.says(LEAD, 'session open');
    expect(await callOf()).toBe(birch.room('voice'));
    expect([...(await serversWithVoice(world))]).toEqual([GUILD]);
  });

  it('tells softly, once, of each part that begins, and of none that began long ago', async () => {
    const chimed = new Map<string, string>();
    const bring = async () => (await bringVoice(world, GUILD, chimed)).goOn();
    world.voice.chimes.length = 0;
    await birch.says(LEAD, 'session next');
    await bring();
    await bring();
    expect(world.voice.chimes.map(({ channelId }) => channelId)).toEqual([birch.room('voice')]);
    await birch.says(LEAD, 'session next');
    world.clock.pass(MINUTE);
    await bring();
    expect(world.voice.chimes.length).toBe(1);
  });

  it('sounds with what facilitators lead, from where it is, and is silent when it is paused for good', async () => {
    await birch.says(LEAD, 'breathe start');
    world.clock.pass(20_000);
    await bringVoice(world, GUILD);
    expect(world.voice.calls.get(GUILD)?.plays).toMatchObject({ state: 'playing', positionMs: 20_000 });
    await birch.says(LEAD, 'exercise pause');
    await bringVoice(world, GUILD);
    expect(world.voice.calls.get(GUILD)?.plays).toMatchObject({ state: 'paused', positionMs: 20_000 });
    await birch.says(LEAD, 'exercise stop');
    await bringVoice(world, GUILD);
    expect(world.voice.calls.get(GUILD)?.plays).toBeUndefined();
  });

  it('is that of the next group when the first has ended', async () => {
    await birch.says(LEAD, 'session end');
    expect(await callOf()).toBe(alder.room('voice'));
    await alder.says(LEAD, 'session end');
    expect(await callOf()).toBeUndefined();
  });

  it('is that of those who are together, while somebody forgot to end a session', async () => {
    await birch.says(LEAD, 'session open');
    expect(await callOf()).toBe(birch.room('voice'));
    world.clock.pass(24 * 60 * MINUTE);
    alder.inVoice(ANA);
    await alder.says(LEAD, 'session open');
    expect(await callOf()).toBe(alder.room('voice'));
    birch.inVoice(BEN);
    expect(await callOf()).toBe(birch.room('voice'));
    for (const each of [birch, alder]) {
      each.inVoice();
      await each.says(LEAD, 'session end');
    }
  });

  it('is that of a group that gathers, as soon as somebody has come', async () => {
    await aMeeting(world, birch.cohort, new Date(+world.clock.now() + 9 * MINUTE));
    birch.inVoice();
    expect(await callOf()).toBeUndefined();
    birch.inVoice(ANA);
    expect(await callOf()).toBe(birch.room('voice'));
    await alder.says(LEAD, 'session open');
    alder.inVoice(BEN);
    expect(await callOf()).toBe(alder.room('voice'));
    await alder.says(LEAD, 'session end');
    world.clock.pass(5 * 60 * MINUTE);
    expect(await callOf()).toBeUndefined();
  });

  it('is never that of a group that does not want it', async () => {
    const { cohorts } = world.store.records;
    const cohort = await cohorts.byId(birch.cohort.id);
    if (!cohort) throw new Error('the group is gone');
    await world.store.change(async (records) => {
      await records.cohorts.save({ ...cohort, settings: { ...cohort.settings, joinsCalls: false } });
      return { ok: true, value: null };
    });
    await birch.says(LEAD, 'session open');
    expect(await callOf()).toBeUndefined();
    await birch.says(ADMIN, 'session end');
  });
});
