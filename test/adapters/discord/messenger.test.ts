/** What is told to one person: once, alone where they can be reached, and with nothing in it that others should not read. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, type Person } from '../../../sandbox/people.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { readCustomId } from '../../../src/adapters/discord/custom-id.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import type { Notice } from '../../../src/core/notice.ts';
import { MINUTE } from '../../../src/core/time.ts';
import type { Delivery } from '../../../src/ports/messenger.ts';
import type { Once } from '../../../src/ports/rooms.ts';
import { callsOf, connectedSandbox, logIn } from './connected.ts';

const OPEN = 'POST /users/@me/channels';
const POST = 'POST /channels/:channel/messages';
const LIST = 'GET /channels/:channel/messages';

let sandbox: Sandbox;
let discord: Discord;
let ana: Person;
let people = 0;

beforeAll(async () => {
  ({ sandbox, discord } = await connectedSandbox());
});

afterAll(async () => {
  await discord.stop();
  await sandbox.stop();
});

/** Somebody new for every test: nothing was said to them yet. */
beforeEach(async () => {
  sandbox.faults.clear();
  ana = await logIn(sandbox, `Ana ${++people}`);
  sandbox.transcript.clear();
  return () => ana.close();
});

type Reminder = Extract<Notice, { kind: 'reminder' }>;

const reminder = (more: Partial<Reminder> = {}): Reminder => ({
  kind: 'reminder',
  startsAt: '2026-12-01T17:00:00.000Z',
  cohortId: v7(),
  occurrenceId: v7(),
  ready: false,
  ...more,
});

const once = (more: Partial<Once> = {}): Once => ({
  id: v7(),
  since: new Date(sandbox.clock.now()),
  again: false,
  others: [],
  ...more,
});

const idOf = (delivery: Delivery): string =>
  delivery.did === 'done' ? delivery.value.messageId : expect.fail(delivery.did);

describe('a direct message', () => {
  it('tells the time and asks for an answer, by buttons that carry what they are about', async () => {
    const told = reminder();
    const messageId = idOf(await discord.messenger.direct(ana.id, told, once()));
    const [message] = await ana.waitFor(() => (ana.dms().length > 0 ? ana.dms() : undefined));
    expect(message?.id).toBe(messageId);
    expect(message?.embeds[0]?.description).toContain('<t:1796144400:F> (<t:1796144400:R>)');
    const buttons = buttonsOf(message ?? expect.fail());
    expect(buttons.map(({ label }) => label)).toEqual([
      'I will be there',
      'I cannot come',
      'No more reminders by direct message',
      'Help now',
    ]);
    const given = { meeting: told.occurrenceId, cohort: told.cohortId };
    expect(buttons.map(({ custom_id }) => readCustomId(custom_id ?? ''))).toEqual([
      { path: 'rsvp', given: { ...given, answer: 'coming' } },
      { path: 'absence tell', given },
      { path: 'reminders choose', given: { direct: 'no', cohort: told.cohortId } },
      { path: 'help-now', given: { cohort: told.cohortId } },
    ]);
  });

  it('asks nobody again who has said that they will be there', async () => {
    await discord.messenger.direct(ana.id, reminder({ ready: true }), once());
    const [message] = await ana.waitFor(() => (ana.dms().length > 0 ? ana.dms() : undefined));
    expect(buttonsOf(message ?? expect.fail()).map(({ label }) => label)).toEqual([
      'I cannot come',
      'No more reminders by direct message',
      'Help now',
    ]);
  });

  it('takes two calls the first time, and one from then on', async () => {
    await discord.messenger.direct(ana.id, reminder(), once());
    expect(callsOf(sandbox)).toEqual({ [OPEN]: 1, [POST]: 1 });
    await discord.messenger.direct(ana.id, reminder(), once());
    expect(callsOf(sandbox)).toEqual({ [OPEN]: 1, [POST]: 2 });
  });

  it('is sent once, however often it is tried', async () => {
    const [told, attempt] = [reminder(), once()];
    const first = idOf(await discord.messenger.direct(ana.id, told, attempt));
    expect(idOf(await discord.messenger.direct(ana.id, told, attempt))).toBe(first);
    sandbox.clock.turn(20 * MINUTE);
    sandbox.transcript.clear();
    expect(idOf(await discord.messenger.direct(ana.id, told, { ...attempt, again: true }))).toBe(first);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1 });
  });

  it('that reminds of the same time in the same words as an earlier one is sent all the same', async () => {
    const told = reminder();
    const first = idOf(await discord.messenger.direct(ana.id, told, once()));
    const later = once({ again: true, others: [first] });
    const second = idOf(await discord.messenger.direct(ana.id, told, later));
    expect(second).not.toBe(first);
    expect(idOf(await discord.messenger.direct(ana.id, told, later))).toBe(second);
  });

  it('arrives although Discord falters', async () => {
    sandbox.faults.serverError({ route: OPEN, times: 1 });
    sandbox.faults.serverError({ route: POST, times: 1 });
    idOf(await discord.messenger.direct(ana.id, reminder(), once()));
  });

  it('to somebody who takes none is told as closed', async () => {
    sandbox.faults.closeDms(ana.id);
    expect(await discord.messenger.direct(ana.id, reminder(), once())).toEqual({ did: 'closed' });
  });

  it('to somebody who has left every server of ours, or is nobody, is told as closed', async () => {
    sandbox.faults.leave(sandbox.guild.id, ana.id);
    expect(await discord.messenger.direct(ana.id, reminder(), once())).toEqual({ did: 'closed' });
    expect(await discord.messenger.direct('100000000000000009', reminder(), once())).toEqual({
      did: 'closed',
    });
    expect(await discord.messenger.direct(sandbox.bot.id, reminder(), once())).toEqual({ did: 'closed' });
  });
});

describe('a mention in a room', () => {
  let room: string;

  beforeEach(async () => {
    const guests = [{ account: ana.id, right: 'join' as const }];
    const desired = [{ kind: 'category' as const, name: `Messages ${people}`, guests }];
    await discord.rooms.bring(sandbox.guild.id, desired, [], async () => undefined);
    const group = [{ kind: 'group' as const, name: 'group-room', guests }];
    await discord.rooms.bring(sandbox.guild.id, group, [], async (_kind, channelId) => {
      room = channelId;
    });
    sandbox.transcript.clear();
  });

  const messages = () => [...(sandbox.world.messages.get(room)?.values() ?? [])];

  it('calls that person alone, and says nothing but the time', async () => {
    await discord.messenger.mention(room, ana.id, reminder(), once());
    expect(messages()).toMatchObject([
      {
        content: `<@${ana.id}> <t:1796144400:F> (<t:1796144400:R>)`,
        mentions: { everyone: false, users: [ana.id], roles: [] },
        embeds: [],
        components: [],
      },
    ]);
  });

  it('in a room of their own says and asks the same as a direct message', async () => {
    await discord.messenger.aside(room, ana.id, reminder(), once());
    const [said] = messages();
    expect(said?.content).toMatch(/^<@\d+> <t:1796144400:F> .*\nPlease say here whether you will be there/);
    expect(said).toMatchObject({ mentions: { everyone: false, users: [ana.id], roles: [] } });
    expect(said?.components.length).toBeGreaterThan(0);
  });

  it('is said once, however often it is tried', async () => {
    const [told, attempt] = [reminder(), once()];
    const first = await discord.messenger.mention(room, ana.id, told, attempt);
    sandbox.clock.turn(20 * MINUTE);
    expect(await discord.messenger.mention(room, ana.id, told, { ...attempt, again: true })).toEqual(first);
    expect(messages()).toHaveLength(1);
  });

  it('in a room that is gone, or in which Hearth may not write, is told as such', async () => {
    const bot = sandbox.world.channels.get(room)?.overwrites.get(sandbox.bot.id) ?? expect.fail();
    bot.deny = bot.allow;
    bot.allow = 0n;
    expect(await discord.messenger.mention(room, ana.id, reminder(), once())).toMatchObject({
      did: 'forbidden',
    });
    sandbox.faults.deleteChannel(room);
    expect(await discord.messenger.mention(room, ana.id, reminder(), once())).toEqual({ did: 'gone' });
  });
});
