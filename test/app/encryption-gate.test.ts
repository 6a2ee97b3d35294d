/** A group whose sessions wait for an encrypted call. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallEncryption } from '../../src/core/encryption.ts';
import { ADMIN, ANA, BEN, CLEO, GUILD, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let other: Group;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
  other = await aGroup(world, 'Alder');
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  world.voice.failing = undefined;
  group = await aGroup(world, `Birch ${made}`);
  await policy({ encryption: 'refuse' });
  group.inVoice(ANA, BEN);
});

afterEach(() => group.says(LEAD, 'session end'));

const policy = (given: Record<string, string>) =>
  group.says(ADMIN, 'cohort policy', { given: { cohort: group.cohort.name, ...given } });
const encrypted = (encryption: CallEncryption) =>
  void world.voice.encrypted.set(group.room('voice'), encryption);
const on = (...outside: readonly string[]): CallEncryption => ({
  state: 'on',
  privacyCode: '123450678901234506789012345067',
  outside,
});
const opened = async (by: Group = group): Promise<boolean> =>
  (await world.store.records.sessions.unfinished(by.cohort.id)) !== undefined;
const opening = (by: Group = group) => by.says(LEAD, 'session open');

describe('opening a session of a group that asks for encryption', () => {
  it('brings Hearth into the call first, and opens when everybody is part of it', async () => {
    encrypted(on());
    await opening();
    expect(await opened()).toBe(true);
    expect(world.voice.calls.get(GUILD)?.channelId).toBe(group.room('voice'));
  });

  it.each([
    ['somebody is outside', on(BEN), /One person in the voice room is not part of the encrypted call/],
    ['nobody is part of it but Hearth', { state: 'alone' }, /2 people in the voice room are not part/],
    ['it is not encrypted', { state: 'off' }, /not end-to-end encrypted at this moment/],
    ['nobody knows', { state: 'unknown' }, /nobody knows whether it is encrypted/],
    ['it is just being agreed on', { state: 'agreeing' }, /Hearth is in the call, .* still agreeing/],
  ] as const)('is refused while %s, and nothing is opened', async (_why, encryption, said) => {
    encrypted(encryption);
    expect(await opening()).toMatch(said);
    expect(await opened()).toBe(false);
  });

  it('is refused while another group has Hearth, whose call is left alone', async () => {
    other.inVoice(CLEO);
    await opening(other);
    world.voice.calls.set(GUILD, { channelId: other.room('voice'), notesSpeaking: false });
    encrypted(on());
    expect(await opening()).toMatch(/Hearth is not in the call of the group/);
    expect(world.voice.calls.get(GUILD)?.channelId).toBe(other.room('voice'));
    other.inVoice();
    await other.says(LEAD, 'session end');
  });

  it('is not kept from it by a session that another group forgot to end', async () => {
    await opening(other);
    encrypted(on());
    await opening();
    expect(await opened()).toBe(true);
    await other.says(LEAD, 'session end');
  });

  it('is allowed while nobody is in the room, where there is nothing to encrypt yet', async () => {
    group.inVoice();
    encrypted({ state: 'off' });
    await opening();
    expect(await opened()).toBe(true);
  });

  it('is refused while nobody sees who is in the room', async () => {
    world.discord.seen = false;
    expect(await opening()).toMatch(/nobody knows whether it is encrypted/);
    world.discord.seen = true;
    expect(await opened()).toBe(false);
  });

  it('needs Hearth in the calls: what nobody could ever know is not asked for', async () => {
    expect(await policy({ calls: 'no' })).toMatch(/Nothing was changed/);
    await policy({ calls: 'no', encryption: 'warn' });
    encrypted({ state: 'off' });
    await opening();
    expect(await opened()).toBe(true);
  });
});
