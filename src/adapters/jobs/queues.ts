/** The queues, one for each kind of job, and how hard each is tried. */
import type { QueueOptions, QueuePolicy } from 'pg-boss';
import type { JobName } from '../../core/failure.ts';
import { DAY, HOUR, SECOND } from '../../core/time.ts';

export interface Queue extends QueueOptions {
  readonly policy: QueuePolicy;
  readonly notify: boolean;
  /** Where a job goes after its last attempt, whoever finds that it was the last: its worker, or the one that misses it. */
  readonly deadLetter?: string;
}

/** The queue of what was given up: each becomes a failure that admins see. */
export const GIVEN_UP = 'given-up';

/** A worker that was killed is noticed after this many seconds (the least that pg-boss allows), and its job done anew. */
const HEARTBEAT_SECONDS = 10;

/**
 * The delay before attempt n + 1 is 2^(n-1) to 2^n seconds, by chance, and 300 at most:
 * 1 to 2, 2 to 4, 4 to 8 … 128 to 256, 256 to 300, and 300 from then on. What failed together is spread by then over
 * several minutes, and whatever comes back is met within five.
 */
const GROWING: QueueOptions = { retryDelay: 1, retryBackoff: true, retryDelayMax: 300 };

const COMMON: QueueOptions = {
  ...GROWING,
  expireInSeconds: 120,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  // Whatever has ended goes soon, so that no look for work ever pays for what is past; failures have a table of their own.
  deleteAfterSeconds: HOUR / SECOND,
  // Counted from when a job is due: however long nothing runs, it is for the job to say that it is no longer useful.
  retentionSeconds: (90 * DAY) / SECOND,
};

/**
 * Deeds: the delays of 300 retries sum up to between 24 h 23 min (511 s, then 291 times 300) and 24 h 29 min. When
 * Discord is away for an hour, a job is at its 20th attempt or so; it is given up only after more than a day.
 */
const DEED: QueueOptions = { ...COMMON, retryLimit: 300 };

/**
 * Steps need nothing but the database, without which no job is fetched at all: 12 retries sum up to between 23 and 29
 * minutes, and then admins are told.
 */
const STEP: QueueOptions = { ...COMMON, retryLimit: 12 };

/**
 * One at a time for each cohort, and any number waiting: if a wish were dropped because another waits, a change that is
 * committed while that one is already being done would never be shown. Whichever is done serves those that wait by then.
 */
export const ONE_AT_A_TIME: Queue = { ...DEED, policy: 'singleton', notify: true, deadLetter: GIVEN_UP };
/** Each for itself, on Discord. */
const EACH_DEED: Queue = { ...DEED, policy: 'standard', notify: true, deadLetter: GIVEN_UP };
/** Each for itself, in our own tables. */
const EACH_STEP: Queue = { ...STEP, policy: 'standard', notify: true, deadLetter: GIVEN_UP };

export const QUEUES: Readonly<Record<JobName, Queue>> = {
  'bring-rooms': ONE_AT_A_TIME,
  'bring-boards': ONE_AT_A_TIME,
  'bring-events': ONE_AT_A_TIME,
  'bring-floor': ONE_AT_A_TIME,
  'bring-auto-moderation': ONE_AT_A_TIME,
  announce: EACH_DEED,
  'deliver-notice': EACH_DEED,
  'plan-occurrences': EACH_STEP,
  'occurrence-due': EACH_STEP,
  'end-individual': EACH_STEP,
  'check-due': EACH_STEP,
  'forget-talk-time': EACH_STEP,
  'end-playback': EACH_STEP,
  'warn-phase-end': EACH_STEP,
  'alert-due': EACH_STEP,
  'look-at-rooms': ONE_AT_A_TIME,
  'tell-repairs': EACH_STEP,
};

/** Tried as long as a deed: what it would tell is otherwise told nowhere. */
export const GIVEN_UP_QUEUE: Queue = { ...DEED, policy: 'standard', notify: true };

/**
 * How many of a kind one process has in hand at once. Each hand looks for work once a second, and is told of what is due
 * now at once: those of rare kinds are few, so that a process with nothing to do asks little of the database.
 */
export const HANDS: Readonly<Record<JobName | typeof GIVEN_UP, number>> = {
  'bring-rooms': 2,
  'bring-boards': 6,
  'bring-events': 1,
  'bring-floor': 1,
  'bring-auto-moderation': 1,
  announce: 4,
  'deliver-notice': 4,
  'plan-occurrences': 2,
  'occurrence-due': 4,
  'end-individual': 1,
  'check-due': 1,
  'forget-talk-time': 1,
  'end-playback': 1,
  'warn-phase-end': 1,
  'alert-due': 1,
  'look-at-rooms': 1,
  'tell-repairs': 1,
  [GIVEN_UP]: 1,
};
