/** The store on Postgres: every change is one transaction, and its jobs are part of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Outcome, refuse } from '../../core/outcome.ts';
import type { Jobs } from '../../ports/jobs.ts';
import type { Records, Store } from '../../ports/store.ts';
import { announcementsIn } from './announcements.ts';
import { answersStatementsIn } from './answers-statements.ts';
import { attendancesIn } from './attendances.ts';
import { attestationsIn } from './attestations.ts';
import { calendarFeedsIn } from './calendar-feeds.ts';
import { callEncryptionsIn } from './call-encryptions.ts';
import { checkInsIn } from './check-ins.ts';
import { claimsIn } from './claims.ts';
import { cohortsIn } from './cohorts.ts';
import { lostRace, Refused } from './conflict.ts';
import { contactPreferencesIn } from './contact-preferences.ts';
import { eventRefsIn } from './event-refs.ts';
import { failuresIn } from './failures.ts';
import { formLinksIn } from './form-links.ts';
import { PrismaClient } from './generated/client.ts';
import { goalsIn } from './goals.ts';
import { individualSessionsIn } from './individual-sessions.ts';
import { strangeKeys } from './key-check.ts';
import type { KeyRing } from './key-ring.ts';
import { makeUpsIn } from './make-ups.ts';
import { mediaIn } from './media.ts';
import { membershipsIn } from './memberships.ts';
import { microphoneChecksIn, microphoneTestsIn } from './microphone-checks.ts';
import { noticesIn } from './notices.ts';
import { occurrencesIn } from './occurrences.ts';
import { pairsIn } from './pairs.ts';
import { peopleIn } from './people.ts';
import { playbacksIn } from './playbacks.ts';
import { presencesIn } from './presences.ts';
import { reflectionsIn } from './reflections.ts';
import { roomRefsIn } from './room-refs.ts';
import { rsvpsIn } from './rsvps.ts';
import { holidaysIn, schedulesIn } from './schedules.ts';
import { type Sealing, sealingWith } from './sealing.ts';
import { secondFactorsIn } from './second-factors.ts';
import { sessionsIn } from './sessions.ts';
import { sharedLinksIn } from './shared-links.ts';
import { sightsIn } from './sights.ts';
import { signalsIn } from './signals.ts';
import { signaturesIn } from './signatures.ts';
import { staffSessionsIn } from './staff-sessions.ts';
import { standingMessagesIn } from './standing-messages.ts';
import { talkTimesIn } from './talk-times.ts';
import { tasksIn } from './tasks.ts';
import type { Transaction } from './transaction.ts';

/** What a queue needs to write its jobs into a transaction that is not its own. */
export interface RawTransaction {
  $queryRawUnsafe<Rows = unknown>(sql: string, ...values: unknown[]): Promise<Rows>;
}

export interface StoreSettings {
  /** Address of a database that has been migrated. */
  readonly url: string;
  readonly keys: KeyRing;
  /** The jobs that are enqueued inside the transaction given. */
  readonly jobs: (tx: RawTransaction) => Jobs;
  /** Most connections at once. */
  readonly connections?: number;
}

export interface PostgresStore extends Store {
  /** Names of keys that have sealed something here and are missing, or other ones, among the keys given. */
  strangeKeys(): Promise<readonly string[]>;
  /** Whether the database answers. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/** Most connections at once, where nothing else is asked for. */
export const CONNECTIONS = 10;

/** Milliseconds: a crowd waits for its turn rather than being turned away. */
const PATIENCE = { maxWait: 10_000, timeout: 20_000 };

const recordsIn = (tx: Transaction, sealing: Sealing, jobs: (tx: RawTransaction) => Jobs): Records => ({
  people: peopleIn(tx),
  cohorts: cohortsIn(tx),
  memberships: membershipsIn(tx),
  signatures: signaturesIn(tx),
  sessions: sessionsIn(tx),
  playbacks: playbacksIn(tx),
  media: mediaIn(tx, sealing),
  sharedLinks: sharedLinksIn(tx, sealing),
  individualSessions: individualSessionsIn(tx),
  pairs: pairsIn(tx),
  makeUps: makeUpsIn(tx),
  checkIns: checkInsIn(tx, sealing),
  reflections: reflectionsIn(tx, sealing),
  goals: goalsIn(tx, sealing),
  presences: presencesIn(tx),
  sights: sightsIn(tx),
  attendances: attendancesIn(tx, sealing),
  attestations: attestationsIn(tx),
  callEncryptions: callEncryptionsIn(tx),
  talkTimes: talkTimesIn(tx),
  microphoneChecks: microphoneChecksIn(tx),
  microphoneTests: microphoneTestsIn(tx),
  schedules: schedulesIn(tx),
  holidays: holidaysIn(tx),
  occurrences: occurrencesIn(tx),
  eventRefs: eventRefsIn(tx),
  rsvps: rsvpsIn(tx, sealing),
  tasks: tasksIn(tx),
  calendarFeeds: calendarFeedsIn(tx),
  roomRefs: roomRefsIn(tx),
  standingMessages: standingMessagesIn(tx),
  announcements: announcementsIn(tx),
  failures: failuresIn(tx),
  contactPreferences: contactPreferencesIn(tx),
  notices: noticesIn(tx),
  claims: claimsIn(tx),
  answersStatements: answersStatementsIn(tx),
  formLinks: formLinksIn(tx),
  staffSessions: staffSessionsIn(tx),
  secondFactors: secondFactorsIn(tx, sealing),
  signals: signalsIn(tx),
  jobs: jobs(tx),
});

type Work<Value> = (tx: Transaction) => Promise<Outcome<Value>>;

/** One transaction; a refusal must throw on its way out, or it would be committed. */
const attempt = async <Value>(prisma: PrismaClient, work: Work<Value>): Promise<Outcome<Value>> => {
  try {
    return await prisma.$transaction(async (tx) => {
      const outcome = await work(tx);
      if (!outcome.ok) throw new Refused(outcome.refusal);
      return outcome;
    }, PATIENCE);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
};

const TRIES = 2;

/** Milliseconds before the second try: whoever was faster has committed by then. */
const PAUSE = 25;

const change = async <Value>(
  prisma: PrismaClient,
  work: Work<Value>,
  tries = TRIES,
): Promise<Outcome<Value>> => {
  try {
    return await attempt(prisma, work);
  } catch (error) {
    if (!lostRace(error)) throw error;
    if (tries === 1) return refuse({ code: 'somebody-was-first' });
    await sleep(PAUSE);
    return change(prisma, work, tries - 1);
  }
};

/** Milliseconds in which a database answers that is well. */
const ANSWERS_WITHIN = 3_000;

const answers = (prisma: PrismaClient): Promise<boolean> => {
  const asked = prisma.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  return Promise.race([asked, sleep(ANSWERS_WITHIN, false, { ref: false })]);
};

/** Opens the store; the database must have been migrated. */
export const openStore = ({ url, keys, jobs, connections = CONNECTIONS }: StoreSettings): PostgresStore => {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) });
  const sealing = sealingWith(keys);
  return {
    records: recordsIn(prisma, sealing, jobs),
    change: (work) => change(prisma, (tx) => work(recordsIn(tx, sealing, jobs))),
    strangeKeys: () => strangeKeys(prisma, sealing, keys.current),
    answers: () => answers(prisma),
    close: () => prisma.$disconnect(),
  };
};
