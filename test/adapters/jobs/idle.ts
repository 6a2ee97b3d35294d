/** Handlers that do nothing, for tests of the queue that care for one kind of job. */
import type { Handlers } from '../../../src/adapters/jobs/handlers.ts';
import { JOB_NAMES } from '../../../src/core/failure.ts';

export const IDLE: Handlers =
  // One for every name there is.
  Object.fromEntries(JOB_NAMES.map((name) => [name, { deed: async () => undefined }])) as unknown as Handlers;
