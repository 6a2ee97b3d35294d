/** The only place where adapters meet ports: opens everything in its order, and closes it again. */
import { join } from 'node:path';
import type { Clock as Time } from 'pg-boss';
import { commands } from '../commands/index.ts';
import { english } from '../content/en/index.ts';
import { catalogueOf } from './adapters/content/catalogue.ts';
import { type DiscordHooks, openDiscord } from './adapters/discord/start.ts';
import { startHeartbeat } from './adapters/jobs/heartbeat.ts';
import { openJobs } from './adapters/jobs/jobs.ts';
import { openLog } from './adapters/pino/log.ts';
import { startEmbedded } from './adapters/postgres/embedded/embedded.ts';
import { type KeyRing, keysInFile, parseKeys } from './adapters/postgres/key-ring.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { openStore } from './adapters/postgres/store.ts';
import { clockOf, idsOf } from './adapters/system/system.ts';
import { zones } from './adapters/temporal/zones.ts';
import { bringAllOfGuild } from './app/bring-all-of-guild.ts';
import { guardRoom } from './app/guard-room.ts';
import { notePresence } from './app/note-presence.ts';
import { observe } from './app/observe.ts';
import { planAhead } from './app/plan-ahead.ts';
import { reconcilePresence } from './app/reconcile-presence.ts';
import { repairRoom } from './app/repair-room.ts';
import type { Config } from './config.ts';
import { NOTED_EVERY_SECONDS } from './core/presence.ts';
import { handlersIn } from './handlers.ts';
import type { Log } from './ports/log.ts';
import type { World } from './ports/world.ts';
import { en } from './words/en/index.ts';

export interface Hearth {
  /** Where an admin invites the bot with exactly what it needs. */
  readonly invitation: string;
  /** Where the data lies and other things worth telling at the start, one sentence each. */
  readonly notes: readonly string[];
  /** Finishes what is in hand, and leaves nothing running. */
  stop(): Promise<void>;
}

export type Start =
  | { readonly ok: true; readonly hearth: Hearth }
  /** What is wrong, and what to do, in one sentence. */
  | { readonly ok: false; readonly sentence: string };

interface Database {
  readonly url: string;
  readonly note?: string;
  stop(): Promise<void>;
}

const openDatabase = async ({ databaseUrl, dataFolder }: Config): Promise<Database> => {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: async () => {} };
  const embedded = await startEmbedded(join(dataFolder, 'postgres'));
  return { ...embedded, note: `The database lies in ${embedded.folder}.` };
};

const openKeys = ({ keys, dataFolder }: Config): { readonly ring: KeyRing; readonly note?: string } => {
  if (keys !== undefined) return { ring: parseKeys(keys) };
  const path = join(dataFolder, 'hearth.key');
  const { keys: ring, made } = keysInFile(path);
  if (!made) return { ring };
  return {
    ring,
    note: `A key that encrypts what people write was made in ${path}: keep a copy of it elsewhere, because without it what it encrypts is lost.`,
  };
};

/** Seconds between two looks for schedules whose meetings are to be planned further. */
const PLANNED_EVERY_SECONDS = 30;

type InOrder = (what: string, work: () => Promise<void>) => void;

/**
 * What is seen is written one after the other: a later sight must not overtake an earlier one, and no heartbeat may note
 * that rooms are seen before it was written down what had been missed.
 */
const inOrder = (log: Log): InOrder => {
  let last: Promise<void> = Promise.resolve();
  return (what, work) => {
    last = last.then(work).catch((cause: unknown) => void log.fault(what, cause));
  };
};

const hooksIn = (world: World, next: InOrder, lost: (sentence: string) => void): DiscordHooks => ({
  seen: (guildId) =>
    next('seen', async () => {
      await reconcilePresence(world, guildId);
      await bringAllOfGuild(world, guildId);
    }),
  changed: (room) => {
    next('presence', () => notePresence(world, room));
    next('guard', () => guardRoom(world, room));
  },
  touched: (_guildId, channelId) => next('touched', () => repairRoom(world, channelId)),
  lost,
});

/** What is to be closed, in the reverse of the order in which it was opened. */
interface Closing {
  add(close: () => Promise<void>): void;
  all(): Promise<void>;
}

const closing = (): Closing => {
  const open: (() => Promise<void>)[] = [];
  return {
    add: (close) => void open.push(close),
    all: async () => {
      for (let close = open.pop(); close; close = open.pop()) await close();
    },
  };
};

/** How Hearth is started otherwise than by `npm start`. */
export interface Surroundings {
  /** Where time comes from, for Hearth and its jobs alike: the machine's own clock when missing. */
  readonly time?: Time;
  /** Told when Discord has closed the connection for good, with the sentence that says why. */
  readonly lost?: (sentence: string) => void;
}

/** A start that cannot be, with its sentence for whoever runs Hearth. */
class Impossible extends Error {}

const orSay = async <Value>(sentence: string, work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (cause) {
    const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
    const why = code ?? (cause instanceof Error ? cause.message : cause);
    throw new Impossible(`${sentence} (${String(why).trim()}).`, { cause });
  }
};

const NO_DATABASE =
  'The database could not be opened: check DATABASE_URL, or whether the data folder can be written';

const wrongKeys = (names: readonly string[]): string =>
  `What people wrote was encrypted with a key called ${names.join(', ')} that is not among the keys given: put the right key back (HEARTH_KEYS, or hearth.key in the data folder).`;

const openRecords = async (config: Config, log: Log, time: Time | undefined, opened: Closing) => {
  const database = await orSay(NO_DATABASE, () => openDatabase(config));
  opened.add(database.stop);
  await orSay(NO_DATABASE, () => migrate(database.url));
  const { ring, note } = openKeys(config);
  const jobs = await openJobs({ url: database.url, log, ...(time && { time }) });
  const store = openStore({ url: database.url, keys: ring, jobs: jobs.enqueueIn });
  opened.add(store.close);
  opened.add(jobs.stop);
  const strange = await store.strangeKeys();
  if (strange.length > 0) throw new Impossible(wrongKeys(strange));
  return { jobs, store, notes: [database.note, note].flatMap((each) => each ?? []) };
};

const begin = async (config: Config, { time, lost }: Surroundings, opened: Closing): Promise<Hearth> => {
  const log = openLog(config.logLevel);
  const [clock, ids] = [clockOf(time ?? Date), idsOf(time ?? Date)];
  const { jobs, store, notes } = await openRecords(config, log, time, opened);
  const isTaken = async (channelId: string): Promise<boolean> =>
    (await store.records.cohorts.byChannel(channelId)) !== undefined;
  const discord = openDiscord({ apiUrl: config.apiUrl, wording: en, clock, log, isTaken });
  opened.add(discord.stop);
  const { rooms, messenger, calendarEvents, presence } = discord;
  const catalogue = catalogueOf(english);
  const world: World = {
    store,
    rooms,
    messenger,
    calendarEvents,
    presence,
    catalogue,
    clock,
    zones,
    ids,
    log,
  };
  const next = inOrder(log);
  const hooks = hooksIn(world, next, lost ?? (() => undefined));
  const started = await discord.start({ token: config.token, world, commands, hooks });
  if (!started.ok) throw new Impossible(started.sentence);
  await jobs.work(handlersIn(world), world);
  opened.add(jobs.finish);
  const beats = { seconds: NOTED_EVERY_SECONDS, log, ...(time && { time }) };
  opened.add(startHeartbeat(beats, async () => next('observe', () => observe(world))).stop);
  const planning = { ...beats, seconds: PLANNED_EVERY_SECONDS };
  opened.add(startHeartbeat(planning, () => planAhead(world)).stop);
  log.info('started', { registered: started.registered });
  return { invitation: started.invitation, notes, stop: opened.all };
};

/** Starts Hearth; what was opened before something was found to be wrong is closed again. */
export const startHearth = async (config: Config, surroundings: Surroundings = {}): Promise<Start> => {
  const opened = closing();
  try {
    return { ok: true, hearth: await begin(config, surroundings, opened) };
  } catch (cause) {
    await opened.all();
    if (cause instanceof Impossible) return { ok: false, sentence: cause.message };
    throw cause;
  }
};
