/** Everything the demo stands on: a Discord of our own, Hearth itself, a clock that can be turned, and people logged in. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { INVITED } from '../src/adapters/discord/permissions.ts';
import { type Embedded, startEmbedded } from '../src/adapters/postgres/embedded/embedded.ts';
import { keysInFile } from '../src/adapters/postgres/key-ring.ts';
import { type Config, readConfig } from '../src/config.ts';
import { type Hearth, startHearth } from '../src/hearth.ts';
import type { Records } from '../src/ports/store.ts';
import { openBrowser } from './browser.ts';
import { EVERYBODY } from './cast.ts';
import { found, logIn } from './company.ts';
import { lookInto, passing } from './looking.ts';
import { inDiscord, type Manner, onPages } from './manner.ts';
import { startTurnedClock } from './turned-clock.ts';

export interface Stage {
  readonly sandbox: Sandbox;
  /** What Hearth has kept, for looking only. */
  readonly records: Records;
  /** Lets so many minutes of a session go by, as a clock does, with Hearth looking on. */
  pass(minutes: number): Promise<void>;
  /** Somebody of the cast, logged in as any client is. */
  who(name: string): Person;
  /** How everybody answers what they are asked. */
  readonly answers: Manner;
  /** Whether that is on pages of Hearth's own. */
  readonly onPages: boolean;
  /** Plays what the rest of the story can do without; undefined when it came to nothing where the story goes on all the same. */
  aside<T>(play: () => Promise<T>): Promise<T | undefined>;
  /** Stops everything and leaves nothing behind. */
  strike(): Promise<void>;
}

/** A stage on which Hearth runs in this very process. */
export interface OwnStage extends Stage {
  readonly hearth: Hearth;
  /** Address of the database. */
  readonly databaseUrl: string;
}

/** How a stage is set otherwise than for the demo as it is told. */
export interface StageOptions {
  /** The group answers on pages. */
  readonly onPages?: boolean;
  /** How much Hearth writes into its log. */
  readonly log?: 'error' | 'debug';
}

const configFor = (
  sandbox: Sandbox,
  database: Embedded,
  { folder, log = 'error' }: StageOptions & { readonly folder: string },
): Config => {
  const answer = readConfig({
    DISCORD_TOKEN: sandbox.bot.token,
    DISCORD_API_URL: sandbox.restUrl,
    DATABASE_URL: database.url,
    HEARTH_DATA: folder,
    HEARTH_WEB_PORT: '0',
    HEARTH_LOG: log,
    DISCORD_CLIENT_SECRET: sandbox.bot.secret,
  });
  if (!answer.ok) throw new Error(answer.sentences.join(' '));
  return answer.config;
};

/** Sets the stage. Hearth is the same as in real use: only its address, its clock and its data folder differ. */
export const setStage = async ({ onPages: isOnPages = false, log }: StageOptions = {}): Promise<OwnStage> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-demo-'));
  // Started as root, Postgres runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  const database = await startEmbedded(join(folder, 'postgres'));
  const clock = startTurnedClock();
  const sandbox = await startSandbox({ time: clock.time, botPermissions: INVITED });
  const surroundings = { time: clock.time, certificates: [sandbox.voice.certificate] };
  const start = await startHearth(
    configFor(sandbox, database, { folder, ...(log && { log }) }),
    surroundings,
  );
  if (!start.ok) throw new Error(start.sentence);
  const { hearth } = start;
  const people = await logIn(sandbox);
  const store = lookInto(database.url, keysInFile(join(folder, 'hearth.key')).keys);
  const who = (name: string): Person => found(people, name);
  const around = { now: () => clock.time.now(), register: sandbox.addRedirect };
  const browsers = new Map(EVERYBODY.map((name) => [name, openBrowser(who(name), around)]));
  return {
    sandbox,
    answers: isOnPages ? onPages(who, (name) => found(browsers, name)) : inDiscord(who),
    onPages: isOnPages,
    hearth,
    databaseUrl: database.url,
    records: store.records,
    pass: passing(clock, store.records, sandbox.guild.id),
    who,
    aside: (play) => play(),
    async strike() {
      for (const client of people.values()) client.close();
      await hearth.stop();
      await clock.stop();
      await sandbox.stop();
      await store.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
