/** The queues, one for each kind of job, and how hard each is tried. */
import type { QueueOptions, QueuePolicy } from 'pg-boss';
import type { Job } from '../../ports/jobs.ts';

export type JobName = Job['name'];

export interface Queue extends QueueOptions {
  readonly policy: QueuePolicy;
  readonly notify: boolean;
}

/** A worker that was killed is noticed after this many seconds (the least that pg-boss allows), and its job done anew. */
const HEARTBEAT_SECONDS = 10;

const PATIENT: QueueOptions = {
  retryLimit: 12,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 120,
  heartbeatSeconds: HEARTBEAT_SECONDS,
};

/**
 * One at a time for each cohort, and any number waiting: if a wish were dropped because another waits, a change that is
 * committed while that one is already being done would never be shown. Whichever is done serves those that wait by then.
 */
export const ONE_AT_A_TIME: Queue = { ...PATIENT, policy: 'singleton', notify: true };
const EACH: Queue = { ...PATIENT, policy: 'standard', notify: true };

export const QUEUES: Readonly<Record<JobName, Queue>> = {
  'bring-rooms': ONE_AT_A_TIME,
  'bring-boards': ONE_AT_A_TIME,
  announce: EACH,
  'plan-occurrences': EACH,
  'occurrence-due': EACH,
  'warn-phase-end': EACH,
};

/** Every queue by name. */
export const QUEUE_NAMES: readonly JobName[] = [
  'bring-rooms',
  'bring-boards',
  'announce',
  'plan-occurrences',
  'occurrence-due',
  'warn-phase-end',
];
