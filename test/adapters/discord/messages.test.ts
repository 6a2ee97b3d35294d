/** Boards that stand once, and announcements that are said once, whatever happens between asking and knowing. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import type { Announcement, StaffPanel } from '../../../src/core/board.ts';
import { MINUTE } from '../../../src/core/time.ts';
import type { StandingMessage } from '../../../src/ports/store.ts';
import type { Spoken } from '../../../src/words/card.ts';
import { callsOf, connectedSandbox } from './connected.ts';

const POST = 'POST /channels/:channel/messages';
const PATCH = 'PATCH /channels/:channel/messages/:message';
const LIST = 'GET /channels/:channel/messages';

let sandbox: Sandbox;
let discord: Discord;
let room: string;

let called: string;
let named: string;

/** One of them calls somebody, names somebody else, and carries buttons. */
const spoken = ({ kind }: Announcement): Spoken =>
  kind === 'session-ended'
    ? {
        text: `<@${called}>, please take over from <@${named}>`,
        calls: [called],
        actions: [[{ label: 'Take over', command: 'session open' }], []],
      }
    : { text: `Said: ${kind}` };

beforeAll(async () => {
  ({ sandbox, discord } = await connectedSandbox({ wording: { announcement: spoken } }));
  [called, named] = [sandbox.addPerson('Ana').id, sandbox.addPerson('Ben').id];
});

afterAll(async () => {
  await discord.stop();
  await sandbox.stop();
});

/** A room of its own for every test. */
beforeEach(async () => {
  sandbox.faults.clear();
  const category = [{ kind: 'category' as const, name: 'Messages', guests: [] }];
  await discord.rooms.bring(sandbox.guild.id, category, [], async () => undefined);
  const staff = [{ kind: 'staff' as const, name: 'staff-room', guests: [] }];
  await discord.rooms.bring(sandbox.guild.id, staff, [], async (_kind, channelId) => {
    room = channelId;
  });
  sandbox.transcript.clear();
});

const panel = (enrolled: number): StaffPanel => ({
  kind: 'staff-panel',
  cohortName: 'Tuesday',
  cohortState: 'active',
  unsigned: [],
  enrolled,
});

const standing = (more: Partial<StandingMessage> = {}): StandingMessage => ({
  id: v7(),
  cohortId: v7(),
  kind: 'staff-panel',
  channelId: room,
  ...more,
});

const messages = () => [...(sandbox.world.messages.get(room)?.values() ?? [])];
const shown = () => messages().map(({ embeds }) => embeds[0]?.description);

const show = async (enrolled: number, where: StandingMessage): Promise<string> => {
  const attempt = await discord.rooms.show(panel(enrolled), where);
  return attempt.did === 'done' ? attempt.value.messageId : expect.fail(attempt.did);
};

describe('a board', () => {
  it('is posted with one call, and edited with one', async () => {
    const where = standing();
    const messageId = await show(3, where);
    expect(callsOf(sandbox)).toEqual({ [POST]: 1 });
    expect(await show(4, { ...where, messageId })).toBe(messageId);
    expect(callsOf(sandbox)).toEqual({ [POST]: 1, [PATCH]: 1 });
    expect(shown()).toEqual(['4 people in Tuesday']);
  });

  it('has the same face as long as it shows the same', () => {
    expect(discord.rooms.face(panel(3))).toBe(discord.rooms.face(panel(3)));
    expect(discord.rooms.face(panel(3))).not.toBe(discord.rooms.face(panel(4)));
  });

  it('is posted once when the answer to the first attempt was lost', async () => {
    const where = standing();
    const first = await show(3, where);
    expect(await show(3, where)).toBe(first);
    expect(shown()).toEqual(['3 people in Tuesday']);
  });

  it('shows what is true now when an attempt that was lost showed what was true then', async () => {
    const where = standing();
    await show(3, where);
    await show(4, where);
    expect(shown()).toEqual(['4 people in Tuesday']);
  });

  it('is found again long after, when no nonce is remembered any more', async () => {
    const where = standing();
    const first = await show(3, where);
    sandbox.clock.turn(20 * MINUTE);
    expect(await show(5, where)).toBe(first);
    expect(shown()).toEqual(['5 people in Tuesday']);
  });

  it('that somebody deleted is posted anew at once', async () => {
    const where = standing();
    const messageId = await show(3, where);
    sandbox.faults.deleteMessage(room, messageId);
    expect(await show(4, { ...where, messageId })).not.toBe(messageId);
    expect(shown()).toEqual(['4 people in Tuesday']);
  });

  it('is gone with its room', async () => {
    const where = standing();
    sandbox.faults.deleteChannel(room);
    expect(await discord.rooms.show(panel(3), where)).toEqual({ did: 'gone' });
  });

  it('is posted although Discord falters', async () => {
    sandbox.faults.serverError({ route: POST, times: 2 });
    await show(3, standing());
    expect(shown()).toEqual(['3 people in Tuesday']);
  });

  it('that Discord could not take at all is a fault, and stands after the next attempt', async () => {
    const where = standing();
    sandbox.faults.serverError({ route: POST, times: 3 });
    await expect(discord.rooms.show(panel(3), where)).rejects.toThrow();
    await show(3, where);
    expect(shown()).toEqual(['3 people in Tuesday']);
  });
});

describe('a board that was posted anew', () => {
  it('is taken away where it stood before, once, and in silence when somebody else did so', async () => {
    const messageId = await show(3, standing());
    sandbox.transcript.clear();
    expect(await discord.rooms.takeAway(room, messageId)).toEqual({ did: 'done', value: null });
    expect(messages()).toEqual([]);
    expect(await discord.rooms.takeAway(room, messageId)).toEqual({ did: 'done', value: null });
    expect(callsOf(sandbox)).toEqual({ 'DELETE /channels/:channel/messages/:message': 2 });
  });
});

describe('an announcement', () => {
  const say = async (
    id: string,
    since: Date,
    again = false,
    others: readonly string[] = [],
  ): Promise<string> => {
    const attempt = await discord.rooms.say(room, { kind: 'paused' }, { id, since, again, others });
    return attempt.did === 'done' ? attempt.value.messageId : expect.fail(attempt.did);
  };
  const now = (): Date => new Date(sandbox.clock.now());

  it('is said with one call, and calls nobody', async () => {
    await say(v7(), now());
    expect(callsOf(sandbox)).toEqual({ [POST]: 1 });
    expect(messages()).toMatchObject([{ content: 'Said: paused', mentions: { everyone: false, users: [] } }]);
  });

  it('that calls somebody rings for them and for nobody else, and carries its buttons', async () => {
    const once = { id: v7(), since: now(), again: false, others: [] };
    const first = await discord.rooms.say(room, { kind: 'session-ended' }, once);
    expect(messages()).toMatchObject([
      {
        content: `<@${called}>, please take over from <@${named}>`,
        mentions: { everyone: false, users: [called], roles: [] },
        components: [{ type: 1, components: [{ label: 'Take over', custom_id: 'session open' }] }],
      },
    ]);
    sandbox.clock.turn(20 * MINUTE);
    expect(await discord.rooms.say(room, { kind: 'session-ended' }, { ...once, again: true })).toEqual(first);
  });

  it('costs one call when it is asked for in several ways at once, and none within moments', async () => {
    const once = { id: v7(), since: now(), again: false, others: [] };
    const say = () => discord.rooms.say(room, { kind: 'paused' }, once);
    const [first, second] = await Promise.all([say(), say()]);
    expect(second).toEqual(first);
    expect(await say()).toEqual(first);
    expect(callsOf(sandbox)).toEqual({ [POST]: 1 });
  });

  it('that could not be said is tried again', async () => {
    const once = { id: v7(), since: now(), again: false, others: [] };
    sandbox.faults.serverError({ who: sandbox.bot.id, route: POST, times: 3 });
    await expect(discord.rooms.say(room, { kind: 'paused' }, once)).rejects.toThrow();
    expect(await discord.rooms.say(room, { kind: 'paused' }, once)).toMatchObject({ did: 'done' });
    expect(messages()).toHaveLength(1);
  });

  it('is said once, however often it is tried', async () => {
    const [id, since] = [v7(), now()];
    const first = await say(id, since);
    expect(await say(id, since)).toBe(first);
    expect(messages()).toHaveLength(1);
  });

  it('is looked for before it is said again, long after', async () => {
    const [id, since] = [v7(), now()];
    const first = await say(id, since);
    sandbox.clock.turn(20 * MINUTE);
    sandbox.transcript.clear();
    expect(await say(id, since, true)).toBe(first);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1 });
  });

  it('is said when it was tried and never arrived', async () => {
    await say(v7(), now(), true);
    expect(messages()).toHaveLength(1);
  });

  it('that says the same as an earlier one is said all the same', async () => {
    await say(v7(), now());
    sandbox.clock.turn(MINUTE);
    await say(v7(), now(), true);
    expect(messages()).toHaveLength(2);
  });

  it('that says the same as one of seconds ago is said, too, when its first attempt never arrived', async () => {
    const first = await say(v7(), now());
    sandbox.clock.turn(2_000);
    const [id, since] = [v7(), now()];
    const second = await say(id, since, true, [first]);
    expect(second).not.toBe(first);
    expect(await say(id, since, true, [first])).toBe(second);
    expect(messages()).toHaveLength(2);
  });

  it('in a room that is gone is told as gone', async () => {
    sandbox.faults.deleteChannel(room);
    const once = { id: v7(), since: now(), again: false, others: [] };
    expect(await discord.rooms.say(room, { kind: 'paused' }, once)).toEqual({ did: 'gone' });
  });
});
