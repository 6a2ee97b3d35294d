/** Who is in a voice room, as the gateway tells it, through everything that a connection goes through. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Person } from '../../../sandbox/people.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import type { Room } from '../../../src/core/rooms.ts';
import { callsOf, connect, connectedSandbox, logIn } from './connected.ts';

let sandbox: Sandbox;
let discord: Discord;
let ana: Person;
let ben: Person;
const rooms: string[] = [];
const seen: string[] = [];
/** Whether the rooms could be looked at when it was told that they are seen. */
const couldLook: boolean[] = [];
const changed: string[] = [];
let unmuted = 0;

beforeAll(async () => {
  ({ sandbox, discord } = await connectedSandbox({
    hooks: {
      seen: (guildId) => {
        seen.push(guildId);
        couldLook.push(discord?.presence.sees(guildId) ?? false);
      },
      changed: ({ channelId }) => void changed.push(channelId),
      unmuted: () => {
        unmuted += 1;
      },
    },
  }));
  [ana, ben] = [await logIn(sandbox, 'Ana'), await logIn(sandbox, 'Ben')];
  const guests = [ana, ben].map(({ id }) => ({ account: id, right: 'join' as const }));
  for (const name of ['One', 'Two']) {
    const voice: Room = { kind: 'voice', name, guests, seats: 5 };
    await discord.rooms.bring(sandbox.guild.id, [voice], [], async (_kind, id) => void rooms.push(id));
  }
  await ana.waitFor(() => rooms.every((room) => ana.sees(room)));
  await ben.waitFor(() => rooms.every((room) => ben.sees(room)));
});

afterAll(async () => {
  for (const one of [ana, ben]) one.close();
  await discord.stop();
  await sandbox.stop();
});

beforeEach(async () => {
  await ana.leave();
  await ben.leave();
  await here(0, []);
  changed.length = 0;
});

const room = (index: number): string => rooms[index] ?? expect.fail('there is no such room');

/** Until these people, and nobody else, are in the room. */
const here = (index: number, people: readonly Person[]): Promise<void> =>
  expect
    .poll(async () => (await discord.presence.inRoom(sandbox.guild.id, room(index)))?.toSorted(), {
      interval: 10,
      timeout: 8_000,
    })
    .toEqual(people.map(({ id }) => id).toSorted());

it('people are where they went, and each change is told of both rooms', async () => {
  await ana.join(room(0));
  await ben.join(room(0));
  await here(0, [ana, ben]);
  await ana.join(room(1));
  await here(0, [ben]);
  await here(1, [ana]);
  expect(changed).toEqual([room(0), room(0), room(0), room(1)]);
});

it('a microphone that goes on or off is no change of presence', async () => {
  await ana.join(room(0));
  await here(0, [ana]);
  await ana.join(room(0), { mute: true });
  await ana.leave();
  await here(0, []);
  expect(changed).toEqual([room(0), room(0)]);
});

it('whoever is unmuted in the server is told of, and is where they were', async () => {
  await ana.join(room(0));
  await here(0, [ana]);
  await discord.floor.mute(sandbox.guild.id, ana.id, true);
  await ana.join(room(0), { mute: true });
  expect(unmuted).toBe(0);
  await discord.floor.mute(sandbox.guild.id, ana.id, false);
  await expect.poll(() => unmuted).toBe(1);
  expect(changed).toEqual([room(0)]);
});

it('a resumed connection tells what was missed, and that the server is seen again', async () => {
  seen.length = 0;
  sandbox.faults.drop(sandbox.bot.id, { resumable: true });
  await ana.join(room(0));
  await here(0, [ana]);
  await expect.poll(() => seen).toContain(sandbox.guild.id);
});

it('a connection that was lost for good starts from the truth', async () => {
  await ana.join(room(0));
  await here(0, [ana]);
  seen.length = 0;
  sandbox.faults.drop(sandbox.bot.id, { resumable: false });
  await ana.leave();
  await ben.join(room(0));
  await expect.poll(() => seen, { timeout: 15_000 }).toContain(sandbox.guild.id);
  await here(0, [ben]);
});

it('every server is told of once for each connection, at a moment at which its rooms can be looked at', async () => {
  const others = [sandbox.addGuild('Second'), sandbox.addGuild('Third')].map(({ id }) => id);
  const all = [sandbox.guild.id, ...others].toSorted();
  await expect.poll(() => others.every((id) => seen.includes(id))).toBe(true);
  seen.length = 0;
  couldLook.length = 0;
  sandbox.faults.drop(sandbox.bot.id, { resumable: false });
  await expect.poll(() => seen.toSorted(), { timeout: 15_000 }).toEqual(all);
  await here(0, []);
  expect(seen.toSorted()).toEqual(all);
  expect(couldLook).toEqual([true, true, true]);
});

it('those who were there before Hearth was are seen, and cost no call', async () => {
  await ana.join(room(0));
  sandbox.transcript.clear();
  const other = await connect(sandbox);
  expect(await other.discord.presence.inRoom(sandbox.guild.id, room(0))).toEqual([ana.id]);
  expect(callsOf(sandbox)).toEqual({ 'GET /applications/:application/commands': 1 });
  await other.discord.stop();
});

it('nobody can say who is in a room of a server that is not seen', async () => {
  expect(discord.presence.sees('1')).toBe(false);
  expect(await discord.presence.inRoom('1', room(0))).toBeUndefined();
});
