/** An effect that can be counted: a room that is remembered, and a job that is enqueued with it. */
import type { Job } from '../../../src/ports/jobs.ts';
import type { Records } from '../../../src/ports/store.ts';
import { runSql } from '../../postgres.ts';

/** Adds an announcement, each time another one. */
export const takeEffect = async (
  { announcements, jobs }: Records,
  { cohortId }: { readonly cohortId: string },
): Promise<void> => {
  const id = crypto.randomUUID();
  const announcement = { kind: 'paused' } as const;
  await announcements.add({ id, cohortId, room: 'group', announcement, madeAt: new Date() });
  await jobs.enqueue({ name: 'bring-rooms', cohortId });
};

/** How often it came to pass: effects that are kept, and jobs that were enqueued with them. */
export const effects = async (url: string, cohortId: string) => {
  const kept = await runSql(url, 'SELECT 1 FROM announcement WHERE cohort_id = $1', [cohortId]);
  const name: Job['name'] = 'bring-rooms';
  const jobs = await runSql(url, "SELECT 1 FROM pgboss.job WHERE name = $1 AND data->>'cohortId' = $2", [
    name,
    cohortId,
  ]);
  return { kept: kept.rows.length, jobs: jobs.rows.length };
};
