/** Several processes on one Discord: each shard sees its own servers, and one that only calls sees none and does all. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Person } from '../../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { INVITED } from '../../../src/adapters/discord/permissions.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import { type Entry, serverCommand } from '../../../src/command.ts';
import { allow } from '../../../src/core/outcome.ts';
import type { Room, RoomKind } from '../../../src/core/rooms.ts';
import type { RoomRef } from '../../../src/ports/store.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { callOnly, callsOf, connect, logIn } from './connected.ts';

/** How often anybody was greeted, by whichever process. */
let greeted = 0;

const HELLO: Entry = serverCommand({
  name: 'hello',
  description: 'Says hello',
  who: ['admin'],
  input: z.object({}),
  run: async () => {
    greeted += 1;
    return allow({ kind: 'tell', card: { text: 'Hello' } });
  },
});

const shardOf = (guildId: string): number => Number((BigInt(guildId) >> 22n) % 2n);

const opened: Discord[] = [];
let sandbox: Sandbox;
let world: TestWorld;
let ana: Person;
let admin: Person;
/** One server on each of two shards. */
let guilds: readonly [string, string];

const keep = <Each extends { readonly discord: Discord }>(each: Each): Each => {
  opened.push(each.discord);
  return each;
};

const guildOn = (shard: number): string => {
  for (;;) {
    const { id } = sandbox.addGuild(`On ${shard}`);
    if (shardOf(id) === shard) return id;
  }
};

beforeAll(async () => {
  sandbox = await startSandbox({ botPermissions: INVITED });
  world = await testWorld();
  // The first question to a store takes long, and Discord does not wait.
  await world.store.records.people.known('1');
  guilds = [guildOn(0), guildOn(1)];
  [ana, admin] = [await logIn(sandbox, 'Ana'), await logIn(sandbox, 'Mara', true)];
});
afterAll(async () => {
  for (const one of [ana, admin]) one.close();
  for (const discord of opened) await discord.stop();
  await world.close();
  await sandbox.stop();
});

/** Brings a voice room and a room for text, with Ana as their guest, and remembers them. */
const bring = async (discord: Discord, guildId: string, known: readonly RoomRef[] = [], name = 'Tuesday') => {
  const refs = new Map<RoomKind, string>(known.map(({ kind, channelId }) => [kind, channelId]));
  const guests = [{ account: ana.id, right: 'join' as const }];
  const rooms: readonly Room[] = [
    { kind: 'category', name, guests },
    { kind: 'group', name: 'group-room', guests },
    { kind: 'voice', name: 'group-voice', guests, seats: 4 },
  ];
  const found = async (kind: RoomKind, channelId: string): Promise<void> => void refs.set(kind, channelId);
  const did = await discord.rooms.bring(guildId, rooms, known, found);
  return { did, known: [...refs].map(([kind, channelId]) => ({ kind, channelId })) };
};

describe('two gateways of different shards', () => {
  it('see each its own servers, and register the commands once', async () => {
    const seen: [string[], string[]] = [[], []];
    const parts = { world, commands: [HELLO] };
    const shard = async (id: 0 | 1) =>
      keep(
        await connect(sandbox, {
          ...parts,
          shards: { ids: [id], count: 2 },
          hooks: { seen: (guildId) => void seen[id].push(guildId) },
          elsewhere: async () => [ana.id],
        }),
      );
    const [zero, one] = [await shard(0), await shard(1)];
    expect([zero.started, one.started]).toMatchObject([{ registered: true }, { registered: false }]);
    expect(seen[0].every((id) => shardOf(id) === 0) && seen[1].every((id) => shardOf(id) === 1)).toBe(true);
    expect([seen[0], seen[1]]).toEqual([
      expect.arrayContaining([guilds[0]]),
      expect.arrayContaining([guilds[1]]),
    ]);
    expect(guilds.map((id) => zero.discord.presence.sees(id))).toEqual([true, false]);
    expect(guilds.map((id) => one.discord.presence.sees(id))).toEqual([false, true]);
    // Of the other's servers each knows only what is kept for all.
    expect(await zero.discord.presence.inRoom(guilds[1], '1')).toEqual([ana.id]);
    expect(await zero.discord.presence.inRoom(guilds[0], '1')).toEqual([]);
  });

  it('answer what somebody does once', async () => {
    greeted = 0;
    expect(await admin.run('/hello', {}, { in: 'general' })).toMatchObject({ is: 'reply', text: 'Hello' });
    expect(greeted).toBe(1);
  });

  it('bring rooms of every server, whichever sees it', async () => {
    const [zero] = opened;
    if (!zero) return expect.fail('nobody is there');
    for (const guildId of guilds)
      expect((await bring(zero, guildId)).did).toEqual({ did: 'done', value: null });
  });
});

describe('a process that only calls', () => {
  it('never connects, and knows how to invite the bot', async () => {
    sandbox.transcript.clear();
    const { started } = keep(await callOnly(sandbox));
    expect(started).toMatchObject({ ok: true, registered: false });
    expect(callsOf(sandbox)).toEqual({ 'GET /users/@me': 1, 'GET /applications/@me': 1 });
    expect(sandbox.transcript.events({ type: 'READY', who: sandbox.bot.id })).toEqual([]);
  });

  it('looks at the server before it brings rooms, and changes what differs and nothing else', async () => {
    const { discord } = keep(await callOnly(sandbox));
    const { known } = await bring(discord, guilds[0], [], 'Wednesday');
    expect(known).toHaveLength(3);
    sandbox.transcript.clear();
    const look = {
      'GET /guilds/:guild': 1,
      'GET /guilds/:guild/channels': 1,
      'GET /guilds/:guild/members/:user': 1,
    };
    expect((await bring(discord, guilds[0], known, 'Wednesday')).did).toEqual({ did: 'done', value: null });
    expect(callsOf(sandbox)).toEqual(look);
    sandbox.transcript.clear();
    await bring(discord, guilds[0], known, 'Thursday');
    expect(callsOf(sandbox)).toEqual({ ...look, 'PATCH /channels/:channel': 1 });
  });

  it('finds a room that was deleted by hand gone, and makes it anew', async () => {
    const { discord } = keep(await callOnly(sandbox));
    const { known } = await bring(discord, guilds[1], [], 'Friday');
    const group = known.find(({ kind }) => kind === 'group')?.channelId ?? '';
    sandbox.world.channels.delete(group);
    const again = await bring(discord, guilds[1], known, 'Friday');
    expect(again.did).toEqual({ did: 'done', value: null });
    expect(again.known.find(({ kind }) => kind === 'group')?.channelId).not.toBe(group);
  });

  it('answers that a server is gone in which the bot is not', async () => {
    const { discord } = keep(await callOnly(sandbox));
    expect((await bring(discord, '4194304')).did).toEqual({ did: 'gone' });
  });

  it('says in one sentence that its token is wrong', async () => {
    const { started } = keep(await callOnly(sandbox, { token: 'bm9ib2R5.sandbx.c29tZXRoaW5n' }));
    expect(started.ok ? '' : started.sentence).toMatch(/^Discord does not accept DISCORD_TOKEN/);
  });
});

describe('a proxy that keeps the rate limits', () => {
  const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks);
  };

  /** Hands every call on to the sandbox, and counts them. */
  const startProxy = async () => {
    const paths: string[] = [];
    const server = createServer(async (request, response) => {
      paths.push(request.url ?? '');
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const body = await bodyOf(request);
      const answer = await fetch(`${new URL(sandbox.restUrl).origin}${request.url}`, {
        method: request.method ?? 'GET',
        // Node's headers are of the same shape, but for lists, which no call here has.
        headers: headers as Record<string, string>,
        ...(body.length > 0 && { body }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // A server that listens has an address of this kind.
    const { port } = server.address() as AddressInfo;
    return {
      paths,
      url: `http://127.0.0.1:${port}/api`,
      stop: () => server.closeAllConnections() ?? server.close(),
    };
  };

  it('gets every call that there is, answers to people among them', async () => {
    const proxy = await startProxy();
    for (const discord of opened.splice(0)) await discord.stop();
    sandbox.transcript.clear();
    const { discord } = keep(await connect(sandbox, { world, commands: [HELLO], apiUrl: proxy.url }));
    await bring(discord, guilds[0], [], 'Proxied');
    expect(await admin.run('/hello', {}, { in: 'general' })).toMatchObject({ text: 'Hello' });
    const calls = Object.values(sandbox.transcript.countByRoute(sandbox.bot.id)).reduce(
      (all, one) => all + one,
      0,
    );
    expect(proxy.paths).toHaveLength(calls);
    expect(proxy.paths.some((path) => path.endsWith('/callback'))).toBe(true);
    await discord.stop();
    proxy.stop();
  });
});
