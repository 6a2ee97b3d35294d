/** The two ways in which a job is done: as a step, in one transaction, or as a deed, again until it has worked. */
import type { JobName } from '../../core/failure.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Job } from '../../ports/jobs.ts';
import type { Records } from '../../ports/store.ts';

/**
 * Changes our own tables, and nothing else: what it writes, the jobs that it enqueues and the end of this very job are
 * one transaction, so that its effect comes to pass exactly once. What is no longer useful ends quietly: nothing is
 * written, and it is allowed. A refusal or a throw leaves nothing behind, and it is tried again. May be run twice for
 * one effect, like every change; so it must touch nothing outside of `records`.
 */
export type Step<Asked> = (records: Records, job: Asked, now: Date) => Promise<Outcome<unknown>>;

/**
 * Has an effect on Discord: done at least once, so a repeat must change nothing (a desired state, or an enforced nonce).
 * The first attempt is 1. Throws when it must be tried again.
 */
export type Deed<Asked> = (job: Asked, attempt: number) => Promise<void>;

export type Handler<Asked> = { readonly step: Step<Asked> } | { readonly deed: Deed<Asked> };

/** One for every kind of job. */
export type Handlers = { readonly [Name in JobName]: Handler<Extract<Job, { name: Name }>> };
