/** A Discord of our own, a database of the test's own, and people logged in; Hearth comes on it in this process or another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { INVITED } from '../../src/adapters/discord/permissions.ts';
import { parseKeys } from '../../src/adapters/postgres/key-ring.ts';
import { openStore } from '../../src/adapters/postgres/store.ts';
import { readConfig } from '../../src/config.ts';
import { type Hearth, type Surroundings, startHearth } from '../../src/hearth.ts';
import type { Records } from '../../src/ports/store.ts';
import { freshDatabase } from '../postgres.ts';

const KEYS = `journey:${Buffer.alloc(32, 11).toString('base64')}`;

export interface Stage {
  readonly sandbox: Sandbox;
  readonly databaseUrl: string;
  /** What Hearth is told in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What Hearth has kept, for looking only. */
  readonly records: Records;
  /** Somebody of the cast, logged in as any client is. */
  who(name: string): Person;
  /** Logs everybody out, and closes Discord. */
  strike(): Promise<void>;
}

/** Looks into what Hearth keeps, and changes nothing. */
const lookInto = (url: string) => {
  const refuse = () => Promise.reject(new Error('a test looks at what is kept, and changes nothing'));
  const jobs = () => ({ enqueue: refuse, enqueueAll: refuse, finish: refuse });
  return openStore({ url, keys: parseKeys(KEYS), jobs, connections: 2 });
};

const logIn = (sandbox: Sandbox, name: string, admin: boolean): Promise<Person> => {
  const { token } = sandbox.addPerson(name, { admin });
  return person({ restUrl: sandbox.restUrl, gatewayUrl: sandbox.gatewayUrl, token });
};

/** The admin of every stage. */
export const ADMIN = 'Mara';

/** Windows of the rate limits are short: these tests are of what happens, and not of how long Discord makes it wait. */
const QUICK = 0.1;

/** Sets the stage for the admin and the people named; Hearth is not on it yet. */
export const setStage = async (names: readonly string[], options: SandboxOptions = {}): Promise<Stage> => {
  const sandbox = await startSandbox({ botPermissions: INVITED, windowFactor: QUICK, ...options });
  const databaseUrl = await freshDatabase();
  const people = new Map<string, Person>();
  for (const name of [ADMIN, ...names]) people.set(name, await logIn(sandbox, name, name === ADMIN));
  const store = lookInto(databaseUrl);
  const dataFolder = mkdtempSync(join(tmpdir(), 'hearth-data-'));
  return {
    sandbox,
    databaseUrl,
    environment: {
      DISCORD_TOKEN: sandbox.bot.token,
      DISCORD_API_URL: sandbox.restUrl,
      DATABASE_URL: databaseUrl,
      HEARTH_KEYS: KEYS,
      HEARTH_DATA: dataFolder,
      HEARTH_WEB_PORT: '0',
      // A process more for every Hearth: where calls are the story, it is on.
      HEARTH_VOICE: 'off',
    },
    records: store.records,
    who: (name) => {
      const one = people.get(name);
      if (!one) throw new Error(`nobody called ${name} is on the stage`);
      return one;
    },
    strike: async () => {
      for (const client of people.values()) client.close();
      await sandbox.stop();
      await store.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
};

/** What else Hearth is told where it comes into calls. */
export const WITH_VOICE = { HEARTH_VOICE: 'on' } as const;

/** Starts Hearth in this very process, with nothing logged. */
export const enter = async (
  stage: Stage,
  surroundings: Surroundings = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Hearth> => {
  const read = readConfig({ ...stage.environment, HEARTH_LOG: 'silent', ...environment });
  if (!read.ok) throw new Error(read.sentences.join(' '));
  const start = await startHearth(read.config, surroundings);
  if (!start.ok) throw new Error(start.sentence);
  return start.hearth;
};
