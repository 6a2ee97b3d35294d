/** Rooms in a real server: made whole, changed with one call, and found again after everything that can go wrong. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../sandbox/people.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import type { Guest, Right, Room, RoomKind } from '../../../src/core/rooms.ts';
import type { RoomRef } from '../../../src/ports/store.ts';
import { callsOf, connect, connectedSandbox, logIn } from './connected.ts';

let sandbox: Sandbox;
let discord: Discord;
let lena: Person;
let ana: Person;
let outsider: Person;
let owner: Person;
let groups = 0;
const touched: string[] = [];

beforeAll(async () => {
  const hooks = { touched: (_guild: string, channelId: string) => void touched.push(channelId) };
  ({ sandbox, discord } = await connectedSandbox({ hooks }));
  [lena, ana, outsider] = [
    await logIn(sandbox, 'Lena'),
    await logIn(sandbox, 'Ana'),
    await logIn(sandbox, 'Oskar'),
  ];
  const ownersName = [...sandbox.people.values()].find(({ id }) => id === sandbox.guild.ownerId)?.name;
  owner = await logIn(sandbox, ownersName ?? expect.fail('the server has no owner'));
});

afterAll(async () => {
  for (const one of [lena, ana, outsider, owner]) one.close();
  await discord.stop();
  await sandbox.stop();
});

const guests = (right: Right, ...people: readonly Person[]): readonly Guest[] =>
  people.map(({ id: account }) => ({ account, right }));

/** Rooms of a group led by Lena, with the people who have signed. */
const roomsOf = (name: string, signed: readonly Person[] = [], enrolled = signed): readonly Room[] => {
  const leads = guests('lead', lena);
  const joined = [...leads, ...guests('join', ...signed)];
  return [
    { kind: 'category', name, guests: guests('read', lena, ...enrolled) },
    { kind: 'welcome', name: 'welcome', guests: [...leads, ...guests('read', ...enrolled)] },
    { kind: 'group', name: 'group-room', guests: joined },
    { kind: 'voice', name: 'group-voice', guests: joined, seats: 13 },
    { kind: 'staff', name: 'staff-room', guests: leads },
  ];
};

/** A cohort's rooms, and what is remembered of them. */
const group = () => {
  const name = `Tuesday ${++groups}`;
  const refs = new Map<RoomKind, string>();
  const known = (): readonly RoomRef[] => [...refs].map(([kind, channelId]) => ({ kind, channelId }));
  const found = async (kind: RoomKind, channelId: string): Promise<void> => void refs.set(kind, channelId);
  const bring = (signed: readonly Person[] = [], enrolled = signed) =>
    discord.rooms.bring(sandbox.guild.id, roomsOf(name, signed, enrolled), known(), found);
  const channel = (kind: RoomKind): string => refs.get(kind) ?? expect.fail(`there is no ${kind}`);
  return { name, refs, known, found, bring, channel };
};

/** Until the gateway has told that somebody changed a channel. */
const told = (channelId: string): Promise<void> =>
  expect.poll(() => touched.includes(channelId), { interval: 10 }).toBe(true);

const DONE = { did: 'done', value: null };
const channelsNamed = (name: string) =>
  [...sandbox.world.channels.values()].filter((one) => one.name === name);

describe('the rooms of a new group', () => {
  it('are made with one call each, and nothing else', async () => {
    const { bring, refs } = group();
    sandbox.transcript.clear();
    expect(await bring()).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ 'POST /guilds/:guild/channels': 5 });
    expect([...refs.keys()]).toEqual(['category', 'welcome', 'group', 'voice', 'staff']);
  });

  it('need no call when nothing differs, even right after they were made', async () => {
    const { bring } = group();
    await bring([ana]);
    sandbox.transcript.clear();
    expect(await bring([ana])).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({});
  });

  it('are seen by those who belong in them, and by nobody else', async () => {
    const { bring, channel } = group();
    await bring([], [ana]);
    await ana.waitFor(() => ana.sees(channel('welcome')));
    await lena.waitFor(() => lena.sees(channel('staff')));
    expect(ana.sees(channel('group'))).toBe(false);
    expect(ana.sees(channel('voice'))).toBe(false);
    expect(ana.sees(channel('staff'))).toBe(false);
    for (const kind of ['category', 'welcome', 'group', 'voice', 'staff'] as const) {
      expect(outsider.sees(channel(kind))).toBe(false);
      await expect(outsider.rest('GET', `/channels/${channel(kind)}`)).rejects.toMatchObject({ code: 50001 });
    }
  });
});

describe('a signature', () => {
  it('opens the group’s two rooms with one call each', async () => {
    const { bring, channel } = group();
    await bring([], [ana]);
    sandbox.transcript.clear();
    expect(await bring([ana])).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ 'PATCH /channels/:channel': 2 });
    await ana.waitFor(() => ana.sees(channel('group')));
    await ana.join(channel('voice'), { video: true });
    await ana.say(channel('group'), 'Hello');
    await ana.leave();
  });

  it('that is withdrawn closes them again', async () => {
    const { bring, channel } = group();
    await bring([ana]);
    await ana.waitFor(() => ana.sees(channel('group')));
    await bring([], [ana]);
    await ana.waitFor(() => !ana.sees(channel('group')) && !ana.sees(channel('voice')));
    expect(ana.sees(channel('welcome'))).toBe(true);
  });
});

describe('after a crash', () => {
  it('a room that was made and not remembered is found, and no second one made', async () => {
    const one = group();
    const crash = async (kind: RoomKind, channelId: string): Promise<void> => {
      if (kind === 'group') throw new Error('the power went');
      await one.found(kind, channelId);
    };
    await expect(discord.rooms.bring(sandbox.guild.id, roomsOf(one.name), [], crash)).rejects.toThrow(
      'power',
    );
    sandbox.transcript.clear();
    expect(await one.bring()).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ 'POST /guilds/:guild/channels': 2 });
    expect(channelsNamed(one.name)).toHaveLength(1);
  });

  it('a category that nobody remembered is found, too', async () => {
    const one = group();
    const crash = () => Promise.reject(new Error('the power went'));
    await expect(discord.rooms.bring(sandbox.guild.id, roomsOf(one.name), [], crash)).rejects.toThrow(
      'power',
    );
    expect(await one.bring()).toEqual(DONE);
    expect(channelsNamed(one.name)).toHaveLength(1);
  });

  it('a category of the same name that belongs to another group is left alone', async () => {
    const old = group();
    await old.bring();
    const mindful = await connect(sandbox, { taken: [old.channel('category')] });
    const refs = new Map<RoomKind, string>();
    const found = async (kind: RoomKind, id: string): Promise<void> => void refs.set(kind, id);
    await mindful.discord.rooms.bring(sandbox.guild.id, roomsOf(old.name), [], found);
    await mindful.discord.stop();
    expect([...refs.values()].some((id) => [...old.refs.values()].includes(id))).toBe(false);
  });

  it('a restarted Hearth finds everything as it was', async () => {
    const one = group();
    await one.bring([ana]);
    const restarted = await connect(sandbox);
    sandbox.transcript.clear();
    await restarted.discord.rooms.bring(sandbox.guild.id, roomsOf(one.name, [ana]), one.known(), one.found);
    expect(callsOf(sandbox)).toEqual({});
    await restarted.discord.stop();
  });
});

describe('what people do by hand', () => {
  it('a deleted room is made again, and only that one', async () => {
    const { bring, channel } = group();
    await bring([ana]);
    const deleted = channel('group');
    sandbox.faults.deleteChannel(deleted);
    await told(deleted);
    sandbox.transcript.clear();
    expect(await bring([ana])).toEqual(DONE);
    expect(channel('group')).not.toBe(deleted);
    expect(callsOf(sandbox)).toMatchObject({ 'POST /guilds/:guild/channels': 1 });
    await ana.waitFor(() => ana.sees(channel('group')));
  });

  it('a deleted category is made again, and takes its rooms back', async () => {
    const { bring, channel } = group();
    await bring();
    sandbox.faults.deleteChannel(channel('category'));
    await told(channel('category'));
    await told(channel('staff'));
    expect(await bring()).toEqual(DONE);
    for (const kind of ['welcome', 'group', 'voice', 'staff'] as const) {
      expect(sandbox.world.channels.get(channel(kind))?.parentId).toBe(channel('category'));
    }
  });

  it('somebody let in by hand is out again with one call', async () => {
    const { bring, channel } = group();
    await bring([ana]);
    const overwrite = { type: 1, allow: String((1n << 10n) | (1n << 16n)), deny: '0' };
    await owner.rest('PUT', `/channels/${channel('group')}/permissions/${outsider.id}`, overwrite);
    await outsider.waitFor(() => outsider.sees(channel('group')));
    sandbox.transcript.clear();
    expect(await bring([ana])).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ 'PATCH /channels/:channel': 1 });
    await outsider.waitFor(() => !outsider.sees(channel('group')));
  });
});

describe('bits that Hearth does not hold itself', () => {
  const BAN_MEMBERS = 1n << 2n;
  const VIEW = 1n << 10n;

  it('do not keep a room from being closed, whoever was given them in it', async () => {
    const { bring, channel } = group();
    await bring([ana]);
    const path = `/channels/${channel('group')}/permissions`;
    const allow = String(BAN_MEMBERS | VIEW);
    await owner.rest('PUT', `${path}/${outsider.id}`, { type: 1, allow, deny: '0' });
    await owner.rest('PUT', `${path}/${ana.id}`, { type: 1, allow, deny: '0' });
    await owner.rest('PUT', `${path}/${sandbox.guild.id}`, { type: 0, allow, deny: '0' });
    await outsider.waitFor(() => outsider.sees(channel('group')));
    expect(await bring([ana])).toEqual(DONE);
    await outsider.waitFor(() => !outsider.sees(channel('group')));
    const { overwrites } = sandbox.world.channels.get(channel('group')) ?? expect.fail('no room');
    expect([...overwrites.keys()]).not.toContain(outsider.id);
    expect((overwrites.get(ana.id)?.allow ?? 0n) & BAN_MEMBERS).toBe(0n);
    expect(ana.sees(channel('group'))).toBe(true);
    // Without this one the room would have stood open for a moment.
    expect((overwrites.get(sandbox.guild.id)?.allow ?? 0n) & (BAN_MEMBERS | VIEW)).toBe(BAN_MEMBERS);
    sandbox.transcript.clear();
    expect(await bring([ana])).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({});
  });
});

describe('when Discord will not', () => {
  beforeEach(() => sandbox.faults.clear());

  it('a call that was too early is made once more by itself', async () => {
    const { bring } = group();
    sandbox.faults.rateLimit({ route: 'POST /guilds/:guild/channels', times: 1, retryAfterMs: 50 });
    expect(await bring()).toEqual(DONE);
  });

  it('a change that it could not take is made once more by itself', async () => {
    const { bring, channel } = group();
    await bring([], [ana]);
    sandbox.faults.serverError({ route: 'PATCH /channels/:channel', times: 1 });
    expect(await bring([ana])).toEqual(DONE);
    await ana.waitFor(() => ana.sees(channel('group')));
  });

  it('a room in which somebody took the bot’s rights is told, and keeps no other room from being closed', async () => {
    const { bring, channel } = group();
    await bring([ana]);
    await ana.waitFor(() => ana.sees(channel('voice')));
    await owner.rest('DELETE', `/channels/${channel('group')}/permissions/${sandbox.bot.id}`);
    await told(channel('group'));
    expect(await bring([], [ana])).toMatchObject({
      did: 'forbidden',
      missing: expect.arrayContaining(['View Channel']),
    });
    await ana.waitFor(() => !ana.sees(channel('voice')));
  });

  it('an error of Discord’s is a fault, and the next attempt goes on from there', async () => {
    const { bring, name } = group();
    sandbox.faults.serverError({ route: 'POST /guilds/:guild/channels', times: 1 });
    await expect(bring()).rejects.toThrow();
    expect(await bring()).toEqual(DONE);
    expect(channelsNamed(name)).toHaveLength(1);
  });

  it('the missing rights are told by name, and nothing is asked of Discord', async () => {
    const poor = await connectedSandbox({}, { botPermissions: 1n << 10n });
    poor.sandbox.transcript.clear();
    const brought = await poor.discord.rooms.bring(poor.sandbox.guild.id, [], [], async () => undefined);
    expect(brought).toMatchObject({ did: 'forbidden' });
    expect(brought.did === 'forbidden' && brought.missing).toContain('Manage Channels');
    expect(callsOf(poor.sandbox)).toEqual({});
    await poor.discord.stop();
    await poor.sandbox.stop();
  });

  it('a server that Hearth is not in is gone', async () => {
    expect(await discord.rooms.bring('1', roomsOf('Elsewhere'), [], async () => undefined)).toEqual({
      did: 'gone',
    });
  });
});
