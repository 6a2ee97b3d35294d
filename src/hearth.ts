/** The only place where adapters meet ports: opens everything in its order, and closes it again. */
import { join } from 'node:path';
import type { Clock as Time } from 'pg-boss';
import { commands } from '../commands/index.ts';
import { crisisLines } from '../content/crisis-lines.ts';
import { english } from '../content/en/index.ts';
import { catalogueOf } from './adapters/content/catalogue.ts';
import { csv } from './adapters/csv/csv.ts';
import { type Discord, type DiscordHooks, type DiscordStart, openDiscord } from './adapters/discord/start.ts';
import { calendarText } from './adapters/icalendar/calendar-text.ts';
import { startHeartbeat } from './adapters/jobs/heartbeat.ts';
import { type JobQueue, openJobs } from './adapters/jobs/jobs.ts';
import { oneTimeCodes } from './adapters/otpauth/one-time-codes.ts';
import { openLog } from './adapters/pino/log.ts';
import { openTrail } from './adapters/postgres/audit/trail.ts';
import type { KeyRing } from './adapters/postgres/key-ring.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { openStore } from './adapters/postgres/store.ts';
import { checkpointsIn } from './adapters/system/checkpoint-file.ts';
import { erasuresIn } from './adapters/system/erasure-file.ts';
import { spoolIn } from './adapters/system/spool.ts';
import { clockOf, idsOf, secrets } from './adapters/system/system.ts';
import { zones } from './adapters/temporal/zones.ts';
import { noVoice } from './adapters/voice/no-voice.ts';
import { recordings } from './adapters/voice/recording/recordings.ts';
import { type OpenVoice, openVoice, type VoiceParts } from './adapters/voice/voice.ts';
import { startWeb, type WebServer } from './adapters/web/server.ts';
import { bringAllOfGuild } from './app/bring-all-of-guild.ts';
import { repairAutoModeration } from './app/bring-auto-moderation.ts';
import { followVoice } from './app/bring-floor.ts';
import { calendarFeed, type Reading } from './app/calendar-feed.ts';
import { daily } from './app/daily.ts';
import { nightly } from './app/dispose.ts';
import { guardRoom } from './app/guard-room.ts';
import { keepAlive } from './app/keep-alive.ts';
import { keepErasures } from './app/keep-erasures.ts';
import { liftAfterRestart } from './app/lift-moderation.ts';
import { lookNowAndThen, lookSoon } from './app/look-soon.ts';
import { loseServers } from './app/lose-servers.ts';
import { checkpointing } from './app/make-checkpoints.ts';
import { notePresence } from './app/note-presence.ts';
import { observe } from './app/observe.ts';
import { planAhead } from './app/plan-ahead.ts';
import { reconcilePresence } from './app/reconcile-presence.ts';
import { repairEvents } from './app/repair-events.ts';
import { repairRoom } from './app/repair-room.ts';
import { seeRoom } from './app/see-room.ts';
import { seeServer } from './app/see-server.ts';
import { tellPastCycles } from './app/tell-past-cycles.ts';
import { warnOfOldLines } from './app/warn-of-old-lines.ts';
import type { Config } from './config.ts';
import { RETENTION_DAYS, type Retention, retentionWith, USUAL_RETENTION } from './core/own-data.ts';
import { believedSince, NOTED_EVERY_SECONDS } from './core/presence.ts';
import { handlersIn } from './handlers.ts';
import { type OpenHelpDesk, openHelpDesk, pleaIn } from './help-desk.ts';
import { inOrder, type Next } from './in-order.ts';
import { lookAfterVoice, voiceHooks, type Watch } from './look-after-voice.ts';
import { Impossible, NO_DATABASE, openDatabase, openKeys, orSay } from './opening.ts';
import type { Log } from './ports/log.ts';
import type { Pages } from './ports/pages.ts';
import type { Presence } from './ports/presence.ts';
import type { World } from './ports/world.ts';
import { en } from './words/en/index.ts';
import { wordsFor } from './words/index.ts';

export interface Hearth {
  /** Where an admin invites the bot with exactly what it needs; unknown to a process that has nothing to do with Discord. */
  readonly invitation: string | undefined;
  /** Where the data lies and other things worth telling at the start, one sentence each. */
  readonly notes: readonly string[];
  /** Finishes what is in hand, and leaves nothing running. */
  stop(): Promise<void>;
}

export type Start =
  | { readonly ok: true; readonly hearth: Hearth }
  /** What is wrong, and what to do, in one sentence. */
  | { readonly ok: false; readonly sentence: string };

/** Seconds between two looks at what is remembered for whoever asks for help. */
const REMEMBERED_EVERY_SECONDS = 30;

/** Seconds between two looks for schedules whose meetings are to be planned further. */
const PLANNED_EVERY_SECONDS = 30;

/** Seconds between two looks for chains of the audit that need a checkpoint. */
const CHECKPOINTED_EVERY_SECONDS = 60;

/** Seconds between two looks whether a new day has begun, on which what was kept long enough goes. */
const DISPOSED_EVERY_SECONDS = 60;

/** Seconds between two looks whether a new day has begun, on which crisis lines may have grown old. */
const WARNED_EVERY_SECONDS = 60;

/** Seconds between two looks for cycles whose last day has passed. */
const CYCLES_SEEN_EVERY_SECONDS = 60;

/** Seconds between two looks for erasures that are not in the record outside of the database yet. */
const ERASURES_KEPT_EVERY_SECONDS = 5;

/** Seconds between two looks for rooms at which nobody has looked for long. */
const LOOKED_EVERY_SECONDS = 30;

/** A gateway of this process: its id, the order in which it writes down what it sees, and how it looks after a server's voice. */
interface Sight {
  readonly gatewayId: string;
  readonly next: Next;
  readonly voice: Watch;
  /** Servers that were seen since the start. */
  readonly met: Set<string>;
}

/** What is seen is kept for other processes before the jobs that show it are enqueued: a worker may do them at once. */
const hooksIn = (
  world: World,
  { gatewayId, next, voice, met }: Sight,
  lost: (sentence: string) => void,
): DiscordHooks => ({
  seen: (guildId) => {
    // Seen for the first time since the start: what was done by a process before this one is taken back.
    if (!met.has(guildId)) void next(guildId, 'floor', () => liftAfterRestart(world, guildId));
    met.add(guildId);
    void next(guildId, 'sight', () => seeServer(world, gatewayId, guildId));
    void next(guildId, 'seen', async () => {
      await reconcilePresence(world, guildId);
      await bringAllOfGuild(world, guildId);
    });
    voice(guildId);
  },
  unseen: (guildIds) => {
    for (const guildId of guildIds) {
      void next(guildId, 'sight', () => loseServers(world, gatewayId, [guildId]));
    }
  },
  changed: (room) => {
    const { guildId } = room;
    // It counts from when it was told of, however long it has to wait.
    const at = world.clock.now();
    void next(guildId, 'sight', () => seeRoom(world, room));
    void next(guildId, 'presence', () => notePresence(world, room, at));
    void next(guildId, 'guard', () => guardRoom(world, room));
    void next(guildId, 'floor', () => followVoice(world, guildId));
    voice(guildId);
  },
  unmuted: (guildId) => void next(guildId, 'floor', () => followVoice(world, guildId)),
  touched: (guildId, channelId) => void next(guildId, 'touched', () => repairRoom(world, channelId)),
  rightsTouched: (guildId) => void next(guildId, 'rights-touched', () => lookSoon(world, guildId)),
  moderationTouched: (guildId) =>
    void next(guildId, 'moderation-touched', () => repairAutoModeration(world, guildId)),
  eventTouched: (channelId) => void next(channelId, 'event-touched', () => repairEvents(world, channelId)),
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
  /** Trusted for Discord's voice servers beside those that the machine trusts, as PEM. */
  readonly certificates?: readonly string[];
  /** Told when Discord has closed the connection for good, with the sentence that says why. */
  readonly lost?: (sentence: string) => void;
}

const wrongKeys = (names: readonly string[]): string =>
  `What people wrote was encrypted with a key called ${names.join(', ')} that is not among the keys given: put the right key back (HEARTH_KEYS, or hearth.key in the data folder).`;

const openRecords = async (config: Config, log: Log, time: Time | undefined, opened: Closing) => {
  const database = await openDatabase(config);
  opened.add(database.stop);
  await orSay(NO_DATABASE, () => migrate(database.url));
  const { ring, note } = openKeys(config);
  const jobs = await openJobs({ url: database.url, log, ...(time && { time }) });
  const { now } = clockOf(time ?? Date);
  const store = openStore({ url: database.url, keys: ring, jobs: jobs.enqueueIn, now });
  opened.add(store.close);
  opened.add(jobs.stop);
  const strange = await store.strangeKeys();
  if (strange.length > 0) throw new Impossible(wrongKeys(strange));
  await store.keepAuditKeys();
  return {
    jobs,
    store,
    ring,
    databaseUrl: database.url,
    notes: [database.note, note].flatMap((each) => each ?? []),
  };
};

interface Calls extends OpenVoice {
  /** Resolves when all that calls have told is kept. */
  told(): Promise<void>;
}

/** Calls are for gateways: no other process is let into one. */
const callsOf = (
  { voice, roles }: Config,
  { certificates }: Surroundings,
  parts: Pick<VoiceParts, 'gateway' | 'clock' | 'log'>,
  world: () => World,
): Calls | undefined => {
  if (!voice || !roles.has('gateway')) return undefined;
  const hooks = voiceHooks(parts.log, world);
  return { ...openVoice({ ...parts, hooks, ...(certificates && { certificates }) }), told: hooks.done };
};

const WRONG_RETENTION = `HEARTH_RETENTION may name ${[...USUAL_RETENTION.keys()].join(', ')}, each with ${RETENTION_DAYS.fewest} to ${RETENTION_DAYS.most} days.`;

const retentionOf = ({ retention }: Config): Retention => {
  const days = retentionWith(retention);
  if (!days) throw new Impossible(WRONG_RETENTION);
  return days;
};

/** Everything that a process is made of, before it begins with what its roles ask of it. */
interface Parts {
  readonly config: Config;
  readonly surroundings: Surroundings;
  readonly world: World;
  readonly databaseUrl: string;
  readonly discord: Discord;
  /** None in a process that comes into no calls. */
  readonly calls: Calls | undefined;
  readonly helpDesk: OpenHelpDesk;
  readonly opened: Closing;
}

const startBeat = (
  { surroundings: { time }, world, opened }: Parts,
  seconds: number,
  beat: () => Promise<void>,
): void => {
  const settings = { seconds, log: world.log, ...(time && { time }) };
  opened.add(startHeartbeat(settings, beat).stop);
};

/** Looks after the voice of the servers that this process sees. */
const startVoice = ({ surroundings, world, calls, databaseUrl, opened }: Parts): Watch => {
  if (!calls) return () => undefined;
  const leave = async (): Promise<void> => {
    await calls.stop();
    await calls.told();
  };
  const { look, stop } = lookAfterVoice({ ...surroundings, world, databaseUrl, leave });
  opened.add(stop);
  return look;
};

/** Connects, answers, and keeps what it sees; its own end is told last, when nothing more can be seen. */
const startGateway = async (parts: Parts): Promise<DiscordStart> => {
  const { config, surroundings, world, discord, helpDesk, opened } = parts;
  const { next, done } = inOrder(world.log);
  const gatewayId = world.ids.next();
  opened.add(async () => {
    await done();
    await next(gatewayId, 'sight', () => world.store.records.sights.end(gatewayId));
  });
  opened.add(discord.stop);
  const sight: Sight = { gatewayId, next, voice: startVoice(parts), met: new Set() };
  await keepAlive(world, gatewayId);
  await helpDesk.begin();
  opened.add(helpDesk.finish);
  startBeat(parts, REMEMBERED_EVERY_SECONDS, helpDesk.refresh);
  const hooks = hooksIn(world, sight, surroundings.lost ?? (() => undefined));
  const started = await discord.start({ token: config.token, world, commands, hooks });
  if (!started.ok) return started;
  startBeat(parts, NOTED_EVERY_SECONDS, async () => {
    void next(gatewayId, 'alive', () => keepAlive(world, gatewayId));
    await observe(world, (guildId, note) => next(guildId, 'observe', note));
  });
  return started;
};

/** Does jobs, and sees to it that the weeks ahead are planned. */
const startWorker = async (parts: Parts, jobs: JobQueue): Promise<void> => {
  await jobs.work(handlersIn(parts.world), parts.world);
  parts.opened.add(jobs.finish);
  startBeat(parts, PLANNED_EVERY_SECONDS, () => planAhead(parts.world));
  startBeat(parts, LOOKED_EVERY_SECONDS, () => lookNowAndThen(parts.world));
  startBeat(parts, CYCLES_SEEN_EVERY_SECONDS, () => tellPastCycles(parts.world));
  startBeat(parts, DISPOSED_EVERY_SECONDS, nightly(parts.world));
  startBeat(parts, WARNED_EVERY_SECONDS, daily(parts.world, warnOfOldLines));
  const { erasures } = parts.world.store.records;
  const record = erasuresIn(parts.config.erasures);
  await orSay(unreadable(parts.config.erasures), () => record.all());
  const keep = keepErasures(erasures, record);
  startBeat(parts, ERASURES_KEPT_EVERY_SECONDS, () => keep(parts.world.clock.now()));
};

const unreadable = (path: string): string =>
  `${path} cannot be read: let whoever runs Hearth read and write it, or name another folder in HEARTH_DATA`;

/** Keeps checkpoints of the audit outside of the database. */
const startCheckpoints = async (parts: Parts, ring: KeyRing): Promise<void> => {
  const { config, world, databaseUrl, opened } = parts;
  const trail = await openTrail(databaseUrl, ring);
  opened.add(trail.close);
  const kept = checkpointsIn(config.auditCheckpoints);
  const make = await orSay(unreadable(config.auditCheckpoints), () =>
    checkpointing({ trail, kept, log: world.log }),
  );
  startBeat(parts, CHECKPOINTED_EVERY_SECONDS, async () => void (await make(world.clock.now())));
};

/** A process that is no gateway never connects to one; one that serves pages only asks Discord for names at most. */
const enterDiscord = async (parts: Parts): Promise<DiscordStart | undefined> => {
  const { config, discord, opened } = parts;
  if (config.roles.has('gateway')) return startGateway(parts);
  opened.add(discord.stop);
  if (config.roles.has('worker')) return discord.call(config.token);
  // Pages want the names of people, and are pages without them, too: nothing waits for Discord here.
  void discord.call(config.token);
  return undefined;
};

const NO_WEB =
  'The web server could not be started: check HEARTH_WEB_HOST and whether HEARTH_WEB_PORT is free, or leave web out of HEARTH_ROLES';

const feedText = async (reading: Reading, token: string): Promise<string | undefined> => {
  const feed = await calendarFeed(reading, token);
  if (!feed) return undefined;
  const { CALENDAR_NAME, EVENT_NAME } = wordsFor(feed.locale).calendarFeed;
  return calendarText({ calendar: CALENDAR_NAME, event: EVENT_NAME }, feed.events);
};

/** What the web server serves, beside calendars. */
interface Served {
  readonly log: Log;
  readonly isWell: () => Promise<boolean>;
  /** Complete once Hearth has begun. */
  readonly world: () => World;
}

/** Serves pages, where that is a role of this process. */
const startPages = async (
  { roles, web }: Config,
  reading: Reading,
  { log, isWell, world }: Served,
): Promise<WebServer | undefined> => {
  if (!roles.has('web')) return undefined;
  const feed = (token: string) => feedText(reading, token);
  const desk = () => ({ world: world(), commands });
  const encrypted = web.url?.startsWith('https://') ?? false;
  const settings = { host: web.host, port: web.port, log, encrypted };
  return orSay(NO_WEB, () => startWeb(settings, { isWell, feed, desk }));
};

const OF_THIS_MACHINE: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Every process tells the same addresses, also one that serves none of them itself. */
const pagesAt = ({ web }: Config, server: WebServer | undefined): Pages => {
  const base = web.url ?? `http://127.0.0.1:${server?.port ?? web.port}`;
  const onlyHere = OF_THIS_MACHINE.includes(new URL(base).hostname);
  return {
    calendar: (token) => `${base}/calendar/${token}.ics`,
    answer: (token) => `${base}/answer/${token}`,
    signInBack: `${base}/sign-in/back`,
    onlyHere,
    areSafe: onlyHere || base.startsWith('https://'),
  };
};

const begin = async (config: Config, surroundings: Surroundings, opened: Closing): Promise<Hearth> => {
  const { time } = surroundings;
  const retention = retentionOf(config);
  const log = openLog(config.logLevel);
  const [clock, ids] = [clockOf(time ?? Date), idsOf(time ?? Date)];
  const { jobs, store, ring, databaseUrl, notes } = await openRecords(config, log, time, opened);
  const isTaken = async (channelId: string): Promise<boolean> =>
    (await store.records.cohorts.byChannel(channelId)) !== undefined;
  const elsewhere: Presence['inRoom'] = (guildId, channelId) =>
    store.records.sights.inRoom(guildId, channelId, believedSince(clock.now()));
  const { apiUrl, shards, roles } = config;
  const discord = openDiscord({
    apiUrl,
    shards,
    wording: en,
    clock,
    log,
    isTaken,
    watchTogether: config.watchTogetherId,
    elsewhere,
    clientSecret: config.clientSecret,
    signInBack: () => pages.signInBack,
  });
  const { rooms, messenger, members, floor, autoModeration, calendarEvents, presence, attachments } = discord;
  const reading: Reading = { store, catalogue: catalogueOf(english), clock, secrets };
  const server = await startPages(config, reading, { log, isWell: store.answers, world: () => world });
  if (server) opened.add(server.stop);
  const pages = pagesAt(config, server);
  const calls = callsOf(config, surroundings, { gateway: discord.calls, clock, log }, () => world);
  const helpDesk = openHelpDesk({
    ...{ store, messenger, rooms, clock, zones, ids, log, lines: crisisLines },
    spool: spoolIn(join(config.dataFolder, 'asked-for-help'), log, pleaIn),
  });
  const world: World = {
    ...reading,
    helpDesk,
    rooms,
    messenger,
    members,
    floor,
    autoModeration,
    calendarEvents,
    presence,
    attachments,
    recordings,
    voice: calls?.voice ?? noVoice,
    zones,
    csv,
    ids,
    pages,
    codes: oneTimeCodes,
    discordSignIn: discord.signIn,
    retention,
    log,
  };
  const parts: Parts = { config, surroundings, world, databaseUrl, discord, calls, helpDesk, opened };
  const started = await enterDiscord(parts);
  if (started?.ok === false) throw new Impossible(started.sentence);
  if (roles.has('worker')) {
    await startWorker(parts, jobs);
    await startCheckpoints(parts, ring);
  }
  log.info('started', { roles: [...roles].join(' '), registered: started?.registered });
  return { invitation: started?.invitation, notes, stop: opened.all };
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
