/** A server's calendar that becomes what it ought to be, whatever happened to it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../sandbox/people.ts';
import { BITS } from '../../../sandbox/permissions.ts';
import { BOT_PERMISSIONS, type Sandbox } from '../../../sandbox/sandbox.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import { HOUR, MINUTE } from '../../../src/core/time.ts';
import type { DesiredEvent, EventRef } from '../../../src/ports/calendar-events.ts';
import { callsOf, connectedSandbox, logIn } from './connected.ts';

const LIST = 'GET /guilds/:guild/scheduled-events';
const POST = 'POST /guilds/:guild/scheduled-events';
const PATCH = 'PATCH /guilds/:guild/scheduled-events/:event';
const DELETE = 'DELETE /guilds/:guild/scheduled-events/:event';

let sandbox: Sandbox;
let discord: Discord;
let admin: Person;
let room: string;
/** What the caller keeps. */
let refs: Map<string, string>;
let rooms = 0;

beforeAll(async () => {
  ({ sandbox, discord } = await connectedSandbox());
  admin = await logIn(sandbox, 'Ada', true);
});

afterAll(async () => {
  admin.close();
  await discord.stop();
  await sandbox.stop();
});

const guild = () => sandbox.world.guilds.get(sandbox.guild.id) ?? expect.fail();

const voiceRoom = async (): Promise<string> => {
  const name = `Events ${++rooms}`;
  let made = '';
  const bring = (kind: 'category' | 'voice') =>
    discord.rooms.bring(sandbox.guild.id, [{ kind, name, guests: [] }], [], async (_kind, channelId) => {
      made = channelId;
    });
  await bring('category');
  await bring('voice');
  return made;
};

/** A room and a calendar of its own for every test. */
beforeEach(async () => {
  sandbox.faults.clear();
  guild().scheduledEvents.clear();
  refs = new Map();
  room = await voiceRoom();
  sandbox.transcript.clear();
});

const inHours = (hours: number): Date =>
  new Date(Math.ceil(sandbox.clock.now() / MINUTE) * MINUTE + hours * HOUR);

const wanted = (occurrenceId: string, hours: number, more: Partial<DesiredEvent> = {}): DesiredEvent => ({
  occurrenceId,
  channelId: room,
  title: 'Tuesday',
  startsAt: inHours(hours),
  endsAt: inHours(hours + 1),
  ...more,
});

const bring = (desired: readonly DesiredEvent[]) => {
  const known: readonly EventRef[] = [...refs].map(([occurrenceId, eventId]) => ({ occurrenceId, eventId }));
  return discord.calendarEvents.bringEvents(
    sandbox.guild.id,
    desired,
    known,
    async (occurrenceId, eventId) => void refs.set(occurrenceId, eventId),
    async (occurrenceId) => void refs.delete(occurrenceId),
  );
};

const DONE = { did: 'done', value: null };
const events = () => [...guild().scheduledEvents.values()];
const path = (id: string) => `/guilds/${sandbox.guild.id}/scheduled-events/${refs.get(id)}`;

describe('the calendar', () => {
  it('gets an event for each time, in the voice room, with one call for each', async () => {
    const desired = [wanted('a', 1), wanted('b', 49)];
    expect(await bring(desired)).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1, [POST]: 2 });
    expect(events()).toMatchObject(
      desired.map(({ title, channelId, startsAt, endsAt }) => ({
        name: title,
        channelId,
        startsAt: startsAt.getTime(),
        endsAt: endsAt.getTime(),
        description: null,
        recurrence: null,
        status: 1,
      })),
    );
    expect([...refs.values()].toSorted()).toEqual(
      events()
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it('that is as it ought to be takes one look', async () => {
    const desired = [wanted('a', 1)];
    await bring(desired);
    sandbox.transcript.clear();
    expect(await bring(desired)).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1 });
  });

  it('follows when a time is moved, called off, or put into another room', async () => {
    const desired = [wanted('a', 1), wanted('b', 25)];
    await bring(desired);
    sandbox.transcript.clear();
    const other = await voiceRoom();
    sandbox.transcript.clear();
    await bring([wanted('a', 3, { channelId: other, title: 'Thursday' })]);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1, [PATCH]: 1, [DELETE]: 1 });
    expect(events()).toMatchObject([
      { name: 'Thursday', channelId: other, startsAt: inHours(3).getTime(), endsAt: inHours(4).getTime() },
    ]);
    expect([...refs.keys()]).toEqual(['a']);
  });
});

describe('what somebody does by hand', () => {
  it('is put right', async () => {
    const desired = [wanted('a', 1)];
    await bring(desired);
    await admin.rest('PATCH', path('a'), {
      name: 'Party',
      description: 'Come all',
      entity_type: 3,
      channel_id: null,
      entity_metadata: { location: 'The park' },
      scheduled_start_time: inHours(5).toISOString(),
      scheduled_end_time: inHours(9).toISOString(),
    });
    sandbox.transcript.clear();
    expect(await bring(desired)).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1, [PATCH]: 1 });
    expect(events()).toMatchObject([
      { name: 'Tuesday', description: null, channelId: room, startsAt: inHours(1).getTime() },
    ]);
  });

  it('is made good when an event was deleted or called off', async () => {
    const desired = [wanted('a', 1), wanted('b', 25)];
    await bring(desired);
    await admin.rest('DELETE', path('a'));
    await admin.rest('PATCH', path('b'), { status: 4 });
    expect(await bring(desired)).toEqual(DONE);
    expect(events().filter(({ status }) => status === 1)).toHaveLength(2);
    expect(events().map(({ id }) => id)).toEqual(expect.arrayContaining([...refs.values()]));
  });

  it('is left alone where it is not ours', async () => {
    const body = { name: 'Open evening', privacy_level: 2, entity_type: 2, channel_id: room };
    const scheduled_start_time = inHours(1).toISOString();
    await admin.rest('POST', `/guilds/${sandbox.guild.id}/scheduled-events`, {
      ...body,
      scheduled_start_time,
    });
    await bring([wanted('a', 1)]);
    await bring([]);
    expect(events()).toMatchObject([{ name: 'Open evening', creatorId: admin.id }]);
  });
});

describe('when its time has come', () => {
  it('an event is kept until its end, and is over then', async () => {
    const desired = [wanted('a', 1)];
    await bring(desired);
    await admin.rest('PATCH', path('a'), { status: 2 });
    sandbox.clock.turn(90 * MINUTE);
    sandbox.transcript.clear();
    expect(await bring(desired)).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1 });
    sandbox.clock.turn(HOUR);
    expect(await bring(desired)).toEqual(DONE);
    expect(events()).toMatchObject([{ status: 3 }]);
    expect(refs.size).toBe(0);
  });

  it('an event that nobody began goes at its end', async () => {
    const desired = [wanted('a', 1)];
    await bring(desired);
    sandbox.clock.turn(3 * HOUR);
    await bring(desired);
    expect(events()).toEqual([]);
    expect(refs.size).toBe(0);
  });

  it('an event that was taken away is not made a second time', async () => {
    const desired = [wanted('a', 1)];
    await bring(desired);
    await admin.rest('DELETE', path('a'));
    sandbox.clock.turn(90 * MINUTE);
    sandbox.transcript.clear();
    expect(await bring(desired)).toEqual(DONE);
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1 });
    expect(refs.size).toBe(0);
  });
});

describe('when something fails', () => {
  it('an event of which the answer was lost is found again, and not made twice', async () => {
    const desired = [wanted('a', 1), wanted('b', 25)];
    sandbox.faults.serverError({ route: POST, times: 1, moment: 'after' });
    await expect(bring(desired)).rejects.toThrow();
    expect(events()).toHaveLength(1);
    expect(refs.size).toBe(0);
    expect(await bring(desired)).toEqual(DONE);
    expect(events()).toHaveLength(2);
    expect(refs.size).toBe(2);
  });

  /** The same event so many times more, as made by somebody. */
  const repeat = (times: number, creatorId: string): void => {
    const [event] = events();
    for (let index = 0; index < times; index += 1) {
      const id = `9${String(index).padStart(17, '0')}`;
      guild().scheduledEvents.set(id, { ...(event ?? expect.fail()), id, creatorId });
    }
  };

  it('an event that was made by two at once stands once in the end', async () => {
    const desired = [wanted('a', 1)];
    await bring(desired);
    repeat(1, sandbox.bot.id);
    expect(await bring(desired)).toEqual(DONE);
    expect(events()).toMatchObject([{ id: refs.get('a') }]);
  });

  it('a full calendar is an outcome, and holds what comes soonest', async () => {
    await bring([wanted('x', 40)]);
    repeat(98, admin.id);
    const desired = [wanted('later', 30), wanted('sooner', 20), wanted('x', 40)];
    expect(await bring(desired)).toEqual({ did: 'full' });
    expect([...refs.keys()].toSorted()).toEqual(['sooner', 'x']);
  });

  it('a room that is gone keeps no other from its events', async () => {
    const other = await voiceRoom();
    sandbox.faults.deleteChannel(other);
    expect(await bring([wanted('gone', 1, { channelId: other }), wanted('a', 2)])).toEqual(DONE);
    expect([...refs.keys()]).toEqual(['a']);
  });

  it('a server in which Hearth is no more is gone', async () => {
    const { id } = sandbox.addGuild('Elsewhere', { withBot: false });
    const nothing = async (): Promise<void> => undefined;
    expect(await discord.calendarEvents.bringEvents(id, [], [], nothing, nothing)).toEqual({ did: 'gone' });
  });
});

describe('without the right to make events', () => {
  it('the rooms stand all the same, and the right is told by its name without a call that is refused', async () => {
    const without = await connectedSandbox({}, { botPermissions: BOT_PERMISSIONS & ~BITS.CREATE_EVENTS });
    const { id } = without.sandbox.guild;
    let voice = '';
    const name = 'Tuesday';
    for (const kind of ['category', 'voice'] as const) {
      expect(
        await without.discord.rooms.bring(id, [{ kind, name, guests: [] }], [], async (_kind, channelId) => {
          voice = channelId;
        }),
      ).toEqual(DONE);
    }
    without.sandbox.transcript.clear();
    const nothing = async (): Promise<void> => undefined;
    const desired = [wanted('a', 1, { channelId: voice })];
    expect(await without.discord.calendarEvents.bringEvents(id, desired, [], nothing, nothing)).toEqual({
      did: 'forbidden',
      missing: ['Create Events'],
    });
    expect(callsOf(without.sandbox)).toEqual({ [LIST]: 1 });
    await without.discord.stop();
    await without.sandbox.stop();
  });
});
