/** The world in which use cases are tested: a real store, and a clock, ids, a log and a server that a test can arrange. */
import { crisisLines } from '../content/crisis-lines.ts';
import { english } from '../content/en/index.ts';
import { catalogueOf } from '../src/adapters/content/catalogue.ts';
import { csv } from '../src/adapters/csv/csv.ts';
import { oneTimeCodes } from '../src/adapters/otpauth/one-time-codes.ts';
import type { KeyRing } from '../src/adapters/postgres/key-ring.ts';
import { secrets } from '../src/adapters/system/system.ts';
import { zones } from '../src/adapters/temporal/zones.ts';
import { recordings } from '../src/adapters/voice/recording/recordings.ts';
import { bringRooms } from '../src/app/bring-rooms.ts';
import type { AgreementText } from '../src/core/agreement.ts';
import type { Plea } from '../src/core/help.ts';
import { USUAL_RETENTION } from '../src/core/own-data.ts';
import { after } from '../src/core/time.ts';
import { type OpenHelpDesk, openHelpDesk } from '../src/help-desk.ts';
import type { Catalogue } from '../src/ports/catalogue.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Ids } from '../src/ports/ids.ts';
import type { Facts, Log } from '../src/ports/log.ts';
import type { Spool } from '../src/ports/spool.ts';
import type { World } from '../src/ports/world.ts';
import { type MemoryDiscord, memoryDiscord } from './world/discord.ts';
import { type Ground, leaveGround, reopenGround, takeGround, whileOpen } from './world/ground.ts';
import { type Handlers, type Queued, waitingJobs, workOff } from './world/jobs.ts';
import { type MemoryVoice, memoryVoice } from './world/voice.ts';

export interface TestClock extends Clock {
  set(moment: Date): void;
  /** Lets so many milliseconds go by. */
  pass(ms: number): void;
}

export type Entry = Facts & { readonly event: string };

export interface TestWorld extends World {
  /** Address of the database, to look into what is really kept. */
  readonly url: string;
  readonly keys: KeyRing;
  readonly clock: TestClock;
  readonly log: Log & { readonly entries: readonly Entry[] };
  readonly discord: MemoryDiscord;
  readonly voice: MemoryVoice;
  /** What is on the disk of the machine. */
  readonly spool: MemorySpool;
  readonly helpDesk: OpenHelpDesk;
  readonly agreement: { readonly text: AgreementText; change(text: AgreementText): void };
  /** Jobs that are enqueued and not done. */
  jobs(): Promise<readonly Queued[]>;
  /** Does every job that is due; rooms are brought unless `handlers` say otherwise, other kinds only if they say so. */
  settle(handlers?: Handlers): Promise<void>;
  /** The process dies and starts anew on the same database: this world is closed, and the one that is returned goes on. */
  restart(): Promise<TestWorld>;
  close(): Promise<void>;
}

/** A disk kept in memory. */
export interface MemorySpool extends Spool<Plea> {
  readonly pleas: ReadonlyMap<string, Plea>;
}

const memorySpool = (): MemorySpool => {
  const pleas = new Map<string, Plea>();
  return {
    pleas,
    put: (id, plea) => void pleas.set(id, plea),
    remove: (id) => void pleas.delete(id),
    left: () => [...pleas.values()],
  };
};

const testClock = (): TestClock => {
  let now = new Date('2026-05-04T16:00:00.000Z');
  return {
    now: () => now,
    set: (moment) => {
      now = moment;
    },
    pass: (ms) => {
      now = after(now, ms);
    },
  };
};

const countingIds = (): Ids => {
  let made = 0;
  return { next: () => `01900000-0000-7000-8000-${String(++made).padStart(12, '0')}` };
};

const recordingLog = (): TestWorld['log'] => {
  const entries: Entry[] = [];
  const note = (event: string, facts: Facts = {}): void => {
    entries.push({ ...facts, event });
  };
  return {
    entries,
    info: note,
    warn: note,
    fault: (event, cause, facts) => {
      note(event, { ...facts, cause: String(cause) });
      return 'fault-1';
    },
  };
};

const changeableAgreement = (): { catalogue: Catalogue; agreement: TestWorld['agreement'] } => {
  const [first, ...others] = english.agreements;
  let text = first;
  let current = catalogueOf(english);
  return {
    catalogue: {
      agenda: (...asked) => current.agenda(...asked),
      topics: () => current.topics(),
      topic: (id) => current.topic(id),
      exercises: () => current.exercises(),
      exercise: (id) => current.exercise(id),
      agreement: () => current.agreement(),
    },
    agreement: {
      get text() {
        return text;
      },
      change: (changed) => {
        text = changed;
        current = catalogueOf({ ...english, agreements: [changed, ...others] });
      },
    },
  };
};

/** What outlives the process, beside the ground: Discord, and time itself. */
type Lasting = Pick<
  TestWorld,
  'clock' | 'ids' | 'log' | 'discord' | 'voice' | 'catalogue' | 'agreement' | 'spool'
>;

const worldOn = (kept: Lasting, ground: Ground): TestWorld => {
  const { url, keys } = ground;
  ground.now = kept.clock.now;
  let isOpen = true;
  const mustBeOpen = (): void => {
    if (!isOpen) throw new Error('this world is closed');
  };
  const store = whileOpen(ground.store, mustBeOpen);
  // Asked before each time that jobs are taken in hand.
  const nowHere = (): Date => {
    mustBeOpen();
    return kept.clock.now();
  };
  const end = async (): Promise<void> => {
    await world.helpDesk.finish();
    isOpen = false;
  };
  const world: TestWorld = {
    ...kept,
    url,
    keys,
    store,
    rooms: kept.discord.rooms,
    floor: kept.discord.floor,
    autoModeration: kept.discord.autoModeration,
    messenger: kept.discord.messenger,
    codes: oneTimeCodes,
    discordSignIn: kept.discord.signIn,
    members: kept.discord.members,
    calendarEvents: kept.discord.calendarEvents,
    presence: kept.discord.presence,
    attachments: kept.discord.attachments,
    recordings,
    helpDesk: openHelpDesk({
      ...{
        store,
        clock: kept.clock,
        ids: kept.ids,
        log: kept.log,
        zones,
        lines: crisisLines,
        spool: kept.spool,
      },
      ...{ rooms: kept.discord.rooms, messenger: kept.discord.messenger, pauses: [20], nextAfter: 300 },
    }),
    zones,
    secrets,
    pages: {
      calendar: (token) => `https://hearth.example/calendar/${token}.ics`,
      answer: (token) => `https://hearth.example/answer/${token}`,
      signInBack: 'https://hearth.example/sign-in/back',
      onlyHere: false,
      areSafe: true,
    },
    csv,
    retention: USUAL_RETENTION,
    jobs: async () => {
      mustBeOpen();
      return waitingJobs(url);
    },
    settle: (handlers) =>
      workOff(url, nowHere, { 'bring-rooms': (job) => bringRooms(world, job), ...handlers }),
    restart: async () => {
      await end();
      return worldOn(kept, await reopenGround(ground));
    },
    close: async () => {
      if (!isOpen) return;
      await end();
      await leaveGround(ground);
    },
  };
  return world;
};

/** A world with nothing in it, on a migrated database that nobody else has meanwhile; to be closed. */
export const testWorld = async (): Promise<TestWorld> => {
  const lasting = {
    ...changeableAgreement(),
    clock: testClock(),
    ids: countingIds(),
    log: recordingLog(),
    discord: memoryDiscord(),
    spool: memorySpool(),
    voice: memoryVoice(),
  };
  return worldOn(lasting, await takeGround());
};
