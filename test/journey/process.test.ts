/** Hearth as whoever runs it meets it: one sentence when something is wrong, and an end that loses nothing. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from '../adapters/jobs/until.ts';
import { type Bot, startBot } from './bot.ts';
import { done, makeGroup, says, sign } from './group.ts';
import { type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

let stage: Stage;
let bot: Bot | undefined;

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana']);
});
afterAll(async () => {
  bot?.signal('SIGKILL');
  await bot?.ended();
  await stage.strike();
});

/** Starts with this environment, which cannot work, and tells what it said before it ended. */
const sentenceOf = async (
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; lines: readonly string[] }> => {
  bot = startBot(environment);
  const code = await bot.ended();
  return { code, lines: bot.said().trimEnd().split('\n') };
};

/** An address on which nobody listens. */
const nowhere = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // A server that listens has an address of this kind.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Answers like Discord until somebody identifies, and then closes the connection with this code. */
const closingWith = async (code: number) => {
  const server = createServer((_request, response) => {
    // A server that is asked listens.
    const { port } = server.address() as AddressInfo;
    const limits = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limits }));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket: WebSocket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 40_000 } }));
    socket.on('message', () => socket.close(code));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // A server that listens has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    sockets.close();
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/api`, stop };
};

describe('a start that cannot be says why in one sentence, and ends', () => {
  const refused = async (change: Readonly<Record<string, string>>, sentence: RegExp): Promise<void> => {
    const { code, lines } = await sentenceOf({ ...stage.environment, ...change });
    expect(lines).toEqual([expect.stringMatching(sentence)]);
    expect(code).toBe(1);
  };

  it('without a token', () => refused({ DISCORD_TOKEN: '' }, /^DISCORD_TOKEN is missing: put .*\.$/));

  it('with a token that Discord refuses', () =>
    refused(
      { DISCORD_TOKEN: 'bm9ib2R5.sandbx.c29tZXRoaW5n' },
      /^Discord does not accept DISCORD_TOKEN: .*\.$/,
    ));

  it('with a database that nobody runs', async () => {
    const url = `postgresql://hearth:pw@127.0.0.1:${await nowhere()}/hearth`;
    await refused(
      { DATABASE_URL: url },
      /^The database could not be opened: check DATABASE_URL.*ECONNREFUSED/,
    );
  });

  it('with a database that is not there', async () => {
    const url = new URL(stage.databaseUrl);
    url.pathname = '/no-such-database';
    await refused({ DATABASE_URL: url.href }, /^The database could not be opened: check DATABASE_URL.*3D000/);
  });

  it.each(['audit-checkpoints.jsonl', 'erasures.jsonl'])('with %s where it cannot be read', async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-data-'));
    mkdirSync(join(folder, name));
    await refused({ HEARTH_DATA: folder }, new RegExp(`${name} cannot be read: let whoever .*EISDIR`));
    rmSync(folder, { recursive: true });
  });

  it('with an address at which there is no Discord', async () => {
    const url = `http://127.0.0.1:${await nowhere()}/api`;
    await refused(
      { DISCORD_API_URL: url },
      /^Discord could not be reached at .*ECONNREFUSED.*DISCORD_API_URL/,
    );
  });

  it('with an intent that Discord does not allow', async () => {
    const discord = await closingWith(4014);
    await refused({ DISCORD_API_URL: discord.url }, /^Discord does not allow this application an intent/);
    discord.stop();
  });

  it('with a key that is none', () =>
    refused({ HEARTH_KEYS: 'first:c2hvcnQ=' }, /^HEARTH_KEYS must be name:key pairs/));

  it('with a role that there is not', () =>
    refused(
      { HEARTH_ROLES: 'gateway,waiter' },
      /^HEARTH_ROLES must name one or more of gateway, worker and web/,
    ));

  it('with a shard beyond the last', () =>
    refused({ HEARTH_SHARDS: '0,4/4' }, /^HEARTH_SHARDS must name the shards/));

  it('with a port that there is not', () =>
    refused({ HEARTH_WEB_PORT: '70000' }, /^HEARTH_WEB_PORT must be a port/));

  it('with a port that somebody else has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    // A server that listens has an address of this kind.
    const { port } = other.address() as AddressInfo;
    await refused({ HEARTH_WEB_PORT: String(port) }, /^The web server could not be started: .*EADDRINUSE/);
    other.close();
  });
});

describe('an end by SIGTERM', () => {
  it('answers what is in hand, loses nothing, says so in plain words, and exits 0', async () => {
    bot = startBot({ ...stage.environment, HEARTH_LOG: 'error' });
    await bot.isUp();
    const { who } = stage;
    await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana'] });
    await sign(who('Ana'));
    done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
    await sees(who('Ana'), 'group-room', '**Welcome**');

    // Somebody else holds the table, so that the check-in is still in hand when the signal comes.
    const other = new pg.Client({ connectionString: stage.databaseUrl });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE check_in IN ACCESS EXCLUSIVE MODE');
    const arrival = { mood: 5, energy: 5, goal: 'on-track', share: 'group' };
    const answer = who('Ana').run('/check-in', arrival, { in: 'group-room' });
    const { transcript } = stage.sandbox;
    const told = () => transcript.events({ type: 'INTERACTION_CREATE', who: stage.sandbox.bot.id });
    const before = told().length;
    await until('the bot was told', () => told().length > before);
    bot.signal('SIGTERM');
    await until('it stops', () => bot?.said().includes('finishes what is in hand') ?? false);
    await other.query('COMMIT');
    await other.end();

    says(await answer, 'Thank you for checking in');
    expect(await bot.ended()).toBe(0);
    expect(bot.said().trimEnd().split('\n')).toHaveLength(2);
    bot = startBot({ ...stage.environment, HEARTH_LOG: 'error' });
    await bot.isUp();
    await sees(who('Ana'), 'group-room', 'mood 5 of 10');
    bot.signal('SIGTERM');
    expect(await bot.ended()).toBe(0);
  });
});
