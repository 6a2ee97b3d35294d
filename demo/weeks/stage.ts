/** What a programme of weeks is played on: a Discord of our own, one database, and Hearth as three processes. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { INVITED } from '../../src/adapters/discord/permissions.ts';
import { type Embedded, startEmbedded } from '../../src/adapters/postgres/embedded/embedded.ts';
import { parseKeys } from '../../src/adapters/postgres/key-ring.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { openStore } from '../../src/adapters/postgres/store.ts';
import type { Records } from '../../src/ports/store.ts';
import { type LeadingClock, openLeadingClock } from '../leading-clock.ts';
import { type Player, playerOf } from '../troupe.ts';
import { ADMIN, EVERYBODY } from './programme.ts';

export interface WeeksStage {
  readonly sandbox: Sandbox;
  readonly records: Records;
  readonly databaseUrl: string;
  readonly clock: LeadingClock;
  /** One that serves Discord, and two that do the work. */
  readonly players: { readonly gateway: Player; readonly workers: readonly [Player, Player] };
  now(): Date;
  who(name: string): Person;
  /** Somebody by their account. */
  whoIs(account: string): Person;
  /** Waits until nothing is due and nothing in hand. */
  settled(): Promise<void>;
  /** Leaps to a moment, and waits until everything that fell due on the way is done. */
  go(to: Date): Promise<void>;
  strike(): Promise<void>;
}

/** Discord's limits of calls, shorter: weeks are told in minutes. */
const HURRIED = 0.05;
const LOOK_EVERY = 30;
const QUIET_LOOKS = 3;
const PATIENCE = 120_000;

const DUE = `SELECT count(*)::int AS due FROM pgboss.job
  WHERE state < 'completed' AND (state = 'active' OR start_after <= $1) AND name NOT LIKE '\\_\\_pgboss%'`;

const LATER = 'SELECT count(*)::int AS due FROM later_job WHERE due_at <= $1';

const quietness = (pool: pg.Pool, now: () => Date) => async (): Promise<void> => {
  let quiet = 0;
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(LOOK_EVERY)) {
    const due = await Promise.all([DUE, LATER].map((sql) => pool.query<{ due: number }>(sql, [now()])));
    quiet = due.every(({ rows }) => rows[0]?.due === 0) ? quiet + 1 : 0;
    if (quiet === QUIET_LOOKS) return;
  }
  throw new Error(`Hearth did not come to rest within ${PATIENCE / 1_000} seconds`);
};

const logIn = async (sandbox: Sandbox): Promise<ReadonlyMap<string, Person>> => {
  const people = EVERYBODY.map(async (name) => {
    const { token } = sandbox.addPerson(name, { admin: name === ADMIN });
    return [name, await person({ restUrl: sandbox.restUrl, gatewayUrl: sandbox.gatewayUrl, token })] as const;
  });
  return new Map(await Promise.all(people));
};

const lookInto = (database: Embedded, keys: string) => {
  const never = () => Promise.reject(new Error('the demo looks at what is kept, and changes nothing'));
  const jobs = () => ({ enqueue: never, enqueueAll: never, finish: never });
  return openStore({ url: database.url, keys: parseKeys(keys), jobs, connections: 2 });
};

const found = <Value>(people: ReadonlyMap<string, Value>, name: string): Value => {
  const one = people.get(name);
  if (!one) throw new Error(`nobody called ${name} is in the programme`);
  return one;
};

/** Sets the stage, with the clock at `start`. */
export const setWeeksStage = async (start: Date): Promise<WeeksStage> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-weeks-'));
  // Started as root, Postgres runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  const database = await startEmbedded(join(folder, 'postgres'));
  await migrate(database.url);
  let clock: LeadingClock | undefined;
  const now = (): number => clock?.time.now() ?? start.getTime();
  const sandbox = await startSandbox({ time: { now }, botPermissions: INVITED, windowFactor: HURRIED });
  const keys = `weeks:${randomBytes(32).toString('base64')}`;
  const environment = {
    DISCORD_TOKEN: sandbox.bot.token,
    DISCORD_API_URL: sandbox.restUrl,
    DATABASE_URL: database.url,
    HEARTH_DATA: folder,
    HEARTH_KEYS: keys,
    HEARTH_LOG: 'error',
    // Sound takes its own time, which nobody can turn.
    HEARTH_VOICE: 'off',
    // What Node compiled once, it need not compile again at each of many starts.
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  const gateway = playerOf('gateway', { ...environment, HEARTH_ROLES: 'gateway' });
  const workers = [
    playerOf('worker 1', { ...environment, HEARTH_ROLES: 'worker' }),
    playerOf('worker 2', { ...environment, HEARTH_ROLES: 'worker' }),
  ] as const;
  const all = [gateway, ...workers];
  const leading = await openLeadingClock(database.url, start, all);
  clock = leading;
  for (const player of all) await player.start(now());
  const people = await logIn(sandbox);
  const store = lookInto(database, keys);
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  const settled = quietness(pool, () => new Date(now()));
  return {
    sandbox,
    records: store.records,
    databaseUrl: database.url,
    clock: leading,
    players: { gateway, workers },
    now: () => new Date(now()),
    who: (name) => found(people, name),
    whoIs: (account) => {
      const one = [...people.values()].find(({ id }) => id === account);
      if (!one) throw new Error('that account is nobody in the programme');
      return one;
    },
    settled,
    go: async (to) => {
      await leading.turnTo(to.getTime());
      await settled();
    },
    strike: async () => {
      for (const client of people.values()) client.close();
      for (const player of all) await player.stop();
      await leading.stop();
      await sandbox.stop();
      await store.close();
      await pool.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
