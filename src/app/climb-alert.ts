/** The job that tells the next of an alert that nobody has acknowledged in time. */
import { climbed } from '../core/alert.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { awaitClimb, ladderFor, tellRung } from './raise-alert.ts';

type Due = Extract<Job, { name: 'alert-due' }>;

/** Tells the next, or all of them again; what somebody looks after is left to them. */
export const climbAlert = async (
  world: World,
  records: Records,
  { alertId, rung, round }: Due,
): Promise<Outcome<null>> => {
  const { alerts, cohorts } = records;
  const alert = await alerts.byId(alertId);
  if (!alert || alert.acknowledged || alert.closed) return allow(null);
  if (alert.rung !== rung || alert.round !== round) return allow(null);
  const cohort = await cohorts.byId(alert.cohortId);
  if (!cohort) return allow(null);
  const now = world.clock.now();
  const rota = await ladderFor(records, cohort, alert);
  const next = climbed(alert, rota.ladder.length);
  await alerts.note(alertId, { kind: next && next.round === round ? 'climbed' : 'unanswered', at: now });
  if (!next) return allow(null);
  await alerts.save(next);
  const person = rota.ladder[next.rung];
  if (person) await tellRung(world, records, { alert: next, cohort, person });
  await awaitClimb(records, next, rota, now);
  await records.jobs.enqueue({ name: 'bring-boards', cohortId: cohort.id });
  return allow(null);
};
