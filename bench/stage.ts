/** What measurements of a whole Hearth stand on: a database, a Discord of our own, and Hearth as processes of their own. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { type Person, person } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { INVITED } from '../src/adapters/discord/permissions.ts';
import { openDatabase } from './database.ts';
import { type Program, startProgram } from './program.ts';

export interface Stage {
  readonly sandbox: Sandbox;
  readonly databaseUrl: string;
  /** One connection, for looking and for preparing. */
  readonly pool: pg.Pool;
  /** `name:base64`, as HEARTH_KEYS. */
  readonly keys: string;
  /**
   * Starts a process of Hearth on all of this, as HEARTH_ROLES; alone and with all roles, when none are told, and in no
   * calls unless the environment says so.
   */
  startHearth(roles?: string, environment?: Readonly<Record<string, string>>): Promise<Program>;
  /** Logs in somebody of the server, who is added when new. */
  logIn(name: string, admin?: boolean): Promise<Person>;
  /** Waits until Hearth has nothing more to do; gives up after a minute, or after `patience` milliseconds. */
  settled(patience?: number): Promise<void>;
  /** Also stops what is handed over here. */
  strike(): Promise<void>;
}

/** Discord's limits of calls, so much shorter: for what is not about its waits. */
export const HURRIED = 0.02;
/** Milliseconds between two looks at the queue, and how many of them in a row must find nothing to do. */
const LOOK_EVERY = 40;
const QUIET_LOOKS = 3;
const PATIENCE = 60_000;

const DUE = `SELECT count(*)::int AS due FROM pgboss.job
  WHERE state < 'completed' AND (state = 'active' OR start_after <= now())`;

const settlingOn =
  (pool: pg.Pool) =>
  async (patience: number = PATIENCE): Promise<void> => {
    let quiet = 0;
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(LOOK_EVERY)) {
      const { rows } = await pool.query<{ due: number }>(DUE);
      quiet = rows[0]?.due === 0 ? quiet + 1 : 0;
      if (quiet === QUIET_LOOKS) return;
    }
    throw new Error(`Hearth did not come to rest within ${patience / 1_000} seconds`);
  };

/** The machine's clock to the fraction of a millisecond, so that the sandbox's transcript is as exact. */
const preciseTime = { now: () => performance.timeOrigin + performance.now() };

/** Sets the stage, with Hearth not yet started. */
export const setStage = async (): Promise<Stage> => {
  const database = await openDatabase();
  const sandbox = await startSandbox({
    time: preciseTime,
    botPermissions: INVITED,
    windowFactor: HURRIED,
  });
  const people = new Map<string, Person>();
  const keys = `bench:${randomBytes(32).toString('base64')}`;
  const programs: Program[] = [];
  return {
    sandbox,
    databaseUrl: database.url,
    pool: database.pool,
    keys,
    startHearth: async (roles = '', environment = {}) => {
      const hearth = await startProgram('src/main.ts', 'Hearth is up', {
        DISCORD_TOKEN: sandbox.bot.token,
        DISCORD_API_URL: sandbox.restUrl,
        DATABASE_URL: database.url,
        HEARTH_DATA: database.folder,
        HEARTH_KEYS: keys,
        HEARTH_ROLES: roles,
        HEARTH_WEB_PORT: '0',
        HEARTH_LOG: 'error',
        HEARTH_VOICE: 'off',
        ...environment,
      });
      programs.push(hearth);
      return hearth;
    },
    logIn: async (name, admin = false) => {
      const { token } = sandbox.people.get(name) ?? sandbox.addPerson(name, { admin });
      const { restUrl, gatewayUrl } = sandbox;
      const client = people.get(name) ?? (await person({ restUrl, gatewayUrl, token }));
      people.set(name, client);
      return client;
    },
    settled: settlingOn(database.pool),
    strike: async () => {
      for (const client of people.values()) client.close();
      for (const { stop } of programs) await stop();
      await sandbox.stop();
      await database.close();
    },
  };
};
