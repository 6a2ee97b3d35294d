/** What both measurements stand on: a database, a Discord of our own, and Hearth as a process of its own. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Person, person } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { INVITED } from '../src/adapters/discord/permissions.ts';
import { startEmbedded } from '../src/adapters/postgres/embedded/embedded.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { startProgram } from './program.ts';

export interface Stage {
  readonly sandbox: Sandbox;
  readonly databaseUrl: string;
  /** `name:base64`, as HEARTH_KEYS. */
  readonly keys: string;
  /** Starts Hearth on all of this. */
  startHearth(): Promise<void>;
  /** Logs in somebody of the server, who is added when new. */
  logIn(name: string, admin?: boolean): Promise<Person>;
  /** Waits until Hearth has nothing more to do. */
  settled(): Promise<void>;
  /** Also stops what is handed over here. */
  strike(): Promise<void>;
}

/** Discord's limits of calls, so much shorter: what is counted and measured here are not its waits. */
const HURRIED = 0.02;
/** Milliseconds between two looks at the queue, and how many of them in a row must find nothing to do. */
const LOOK_EVERY = 40;
const QUIET_LOOKS = 3;
const PATIENCE = 60_000;

const DUE = `SELECT count(*)::int AS due FROM pgboss.job
  WHERE state < 'completed' AND (state = 'active' OR start_after <= now())`;

const queueOf = (pool: pg.Pool) => async (): Promise<void> => {
  let quiet = 0;
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(LOOK_EVERY)) {
    const { rows } = await pool.query<{ due: number }>(DUE);
    quiet = rows[0]?.due === 0 ? quiet + 1 : 0;
    if (quiet === QUIET_LOOKS) return;
  }
  throw new Error(`Hearth did not come to rest within ${PATIENCE / 1_000} seconds`);
};

/** The machine's clock to the fraction of a millisecond, so that the sandbox's transcript is as exact. */
const preciseTime = { now: () => performance.timeOrigin + performance.now() };

/** Sets the stage, with Hearth not yet started. */
export const setStage = async (): Promise<Stage> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  // Started as root, Postgres runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  const database = await startEmbedded(join(folder, 'postgres'));
  await migrate(database.url);
  const sandbox = await startSandbox({
    time: preciseTime,
    botPermissions: INVITED,
    windowFactor: HURRIED,
  });
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  const people = new Map<string, Person>();
  const keys = `bench:${randomBytes(32).toString('base64')}`;
  let stopHearth = async (): Promise<void> => {};
  return {
    sandbox,
    databaseUrl: database.url,
    keys,
    startHearth: async () => {
      const hearth = await startProgram('src/main.ts', 'Hearth is up', {
        DISCORD_TOKEN: sandbox.bot.token,
        DISCORD_API_URL: sandbox.restUrl,
        DATABASE_URL: database.url,
        HEARTH_DATA: folder,
        HEARTH_KEYS: keys,
        HEARTH_WEB_PORT: '0',
        HEARTH_LOG: 'error',
      });
      stopHearth = hearth.stop;
    },
    logIn: async (name, admin = false) => {
      const { token } = sandbox.people.get(name) ?? sandbox.addPerson(name, { admin });
      const { restUrl, gatewayUrl } = sandbox;
      const client = people.get(name) ?? (await person({ restUrl, gatewayUrl, token }));
      people.set(name, client);
      return client;
    },
    settled: queueOf(pool),
    strike: async () => {
      for (const client of people.values()) client.close();
      await stopHearth();
      await sandbox.stop();
      await pool.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
