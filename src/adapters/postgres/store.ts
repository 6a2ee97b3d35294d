/** The store on Postgres: every change is one transaction, and its jobs are part of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Actor, type Deed, HEARTH } from '../../core/audit.ts';
import { allow, type Outcome, refuse } from '../../core/outcome.ts';
import type { Jobs } from '../../ports/jobs.ts';
import type { Records, Store } from '../../ports/store.ts';
import { agreementsIn } from './agreements.ts';
import { alertsIn } from './alerts.ts';
import { announcementsIn } from './announcements.ts';
import { answersStatementsIn } from './answers-statements.ts';
import { attendancesIn } from './attendances.ts';
import { attestationsIn } from './attestations.ts';
import { enter, type Office } from './audit/enter.ts';
import { auditKeysOf, keepAuditKeys } from './audit/keys.ts';
import { callListed, notingChanges, notingLooks, type Write } from './audit/noting.ts';
import { auditPage, deniedSince } from './audit/pages.ts';
import type { Doing } from './audit/purpose.ts';
import { calendarFeedsIn } from './calendar-feeds.ts';
import { callEncryptionsIn } from './call-encryptions.ts';
import { checkInsIn } from './check-ins.ts';
import { claimsIn } from './claims.ts';
import { openClient } from './client.ts';
import { cohortsIn } from './cohorts.ts';
import { lostRace, Refused } from './conflict.ts';
import { contactPreferencesIn } from './contact-preferences.ts';
import { crisisLinesIn } from './crisis-lines.ts';
import { cyclesIn } from './cycles.ts';
import { dataKeysIn } from './data-keys.ts';
import { emergencyAccessesIn } from './emergency-accesses.ts';
import { type ErasureKeys, erasureKeysOf, erasuresIn } from './erasures.ts';
import { eventRefsIn } from './event-refs.ts';
import { failuresIn } from './failures.ts';
import { formLinksIn } from './form-links.ts';
import type { PrismaClient } from './generated/client.ts';
import { goalsIn } from './goals.ts';
import { individualSessionsIn } from './individual-sessions.ts';
import { strangeKeys } from './key-check.ts';
import type { KeyRing } from './key-ring.ts';
import { legalHoldsIn } from './legal-holds.ts';
import { makeUpsIn } from './make-ups.ts';
import { type MasterSealing, masterSealing } from './master-sealing.ts';
import { mediaIn } from './media.ts';
import { membershipsIn } from './memberships.ts';
import { microphoneChecksIn, microphoneTestsIn } from './microphone-checks.ts';
import { moderationsIn } from './moderations.ts';
import { noticesIn } from './notices.ts';
import { occurrencesIn } from './occurrences.ts';
import { onCallsIn } from './on-calls.ts';
import { ownDataIn } from './own-data/own-data.ts';
import { pairsIn } from './pairs.ts';
import { peopleIn } from './people.ts';
import { playbacksIn } from './playbacks.ts';
import { presencesIn } from './presences.ts';
import { reflectionsIn } from './reflections.ts';
import { repairsIn } from './repairs.ts';
import { retentionsIn } from './retentions.ts';
import { roomLooksIn } from './room-looks.ts';
import { roomRefsIn } from './room-refs.ts';
import { rsvpsIn } from './rsvps.ts';
import { holidaysIn, schedulesIn } from './schedules.ts';
import { sealingIn } from './sealing.ts';
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
import { toldPlacesIn } from './told-places.ts';
import type { Transaction } from './transaction.ts';
import { waitlistsIn } from './waitlists.ts';

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
  /** What time it is, for the audit; the machine's own clock when missing. */
  readonly now?: () => Date;
}

export interface PostgresStore extends Store {
  /** Names of keys that have sealed something here and are missing, or other ones, among the keys given. */
  strangeKeys(): Promise<readonly string[]>;
  /** Sees to it that what is noted now can be verified when the keys are others. */
  keepAuditKeys(): Promise<void>;
  /** Whether the database answers. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/** Most connections at once, where nothing else is asked for. */
export const CONNECTIONS = 10;

/** Milliseconds: a crowd waits for its turn rather than being turned away. */
const PATIENCE = { maxWait: 20_000, timeout: 20_000 };

/** Notes it, unless `may`, in the same transaction, says that it may not be; whether it did. */
type Note = (doing: Doing, may?: (tx: Transaction) => Promise<boolean>) => Promise<boolean>;

/** What the stores are made of, beside a transaction. */
interface House extends Office {
  readonly prisma: PrismaClient;
  readonly master: MasterSealing;
  readonly erasureKeys: ErasureKeys;
  readonly jobs: (tx: RawTransaction) => Jobs;
}

const recordsIn = (tx: Transaction, { master, jobs, erasureKeys }: House, note: Note): Records => {
  const sealing = sealingIn(tx, master);
  return {
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
    toldPlaces: toldPlacesIn(tx, sealing),
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
    agreements: agreementsIn(tx),
    crisisLines: crisisLinesIn(tx),
    onCalls: onCallsIn(tx),
    alerts: alertsIn(tx, sealing),
    emergencyAccesses: emergencyAccessesIn(tx, sealing),
    repairs: repairsIn(tx),
    roomLooks: roomLooksIn(tx),
    cycles: cyclesIn(tx),
    waitlists: waitlistsIn(tx),
    moderations: moderationsIn(tx),
    staffSessions: staffSessionsIn(tx),
    secondFactors: secondFactorsIn(tx, sealing),
    signals: signalsIn(tx),
    dataKeys: dataKeysIn(tx),
    erasures: erasuresIn(tx, erasureKeys),
    ownData: ownDataIn(tx, sealing),
    retentions: retentionsIn(tx),
    legalHolds: legalHoldsIn(tx, sealing),
    jobs: jobs(tx),
    audit: {
      note: async (deed: Deed) => void (await note(deed)),
      noteUpTo: (deed, { personId, guildId, since, most }) =>
        note(deed, async (same) => {
          await peopleIn(same).hold([personId]);
          return (await deniedSince(same, personId, guildId, since)) < most;
        }),
      page: (query, most) => auditPage(tx, query, most),
    },
  };
};

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
const PAUSE = 100;

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

/** Does the work, and enters what it did at its end, in the same transaction. */
const doneBy =
  <Value>(house: House, actor: Actor, work: (records: Records) => Promise<Outcome<Value>>): Work<Value> =>
  async (tx) => {
    const doings: Doing[] = [];
    const note = (doing: Doing): void => void doings.push(doing);
    const noteIf: Note = async (doing, may) => {
      const is = may === undefined || (await may(tx));
      if (is) note(doing);
      return is;
    };
    const outcome = await work(notingChanges(recordsIn(tx, house, noteIf), note));
    if (outcome.ok) await enter(tx, house, actor, doings);
    return outcome;
  };

/** A write that is no part of a change is one by itself. */
const writeBy =
  (house: House, actor: Actor): Write =>
  (listed, args) =>
    house.prisma.$transaction(async (tx) => {
      let value: unknown;
      await doneBy(house, actor, async (records) => {
        value = await callListed(records, listed, args);
        return allow(null);
      })(tx);
      return value;
    }, PATIENCE);

const storeOf = (house: House, actor: Actor): Store => {
  const { prisma } = house;
  const note: Note = (doing, may) =>
    prisma.$transaction(async (tx) => {
      if (may && !(await may(tx))) return false;
      await enter(tx, house, actor, [doing]);
      return true;
    }, PATIENCE);
  let looking: Records | undefined;
  return {
    // Made when it is first asked for: most who act only change something.
    get records() {
      looking ??= notingLooks(recordsIn(prisma, house, note), actor, note, writeBy(house, actor));
      return looking;
    },
    change: (work) => change(prisma, doneBy(house, actor, work)),
    by: (another) => storeOf(house, another),
  };
};

/** Opens the store; the database must have been migrated. */
export const openStore = (settings: StoreSettings): PostgresStore => {
  const { url, keys, jobs, connections = CONNECTIONS, now = () => new Date() } = settings;
  const prisma = openClient(url, connections);
  const master = masterSealing(keys);
  return {
    ...storeOf(
      { ...{ prisma, master, jobs, now }, keys: auditKeysOf(keys), erasureKeys: erasureKeysOf(keys) },
      HEARTH,
    ),
    strangeKeys: () => strangeKeys(prisma, master, keys),
    keepAuditKeys: () => keepAuditKeys(prisma, keys, master),
    answers: () => answers(prisma),
    close: () => prisma.$disconnect(),
  };
};
