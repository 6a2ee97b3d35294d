/** The step that tells staff that a phase is nearly over; nothing moves by it. */
import { allow, type Outcome } from '../core/outcome.ts';
import { transition } from '../core/session.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { saveChange } from './change-session.ts';

type Warning = Extract<Job, { name: 'warn-phase-end' }>;

/** Warns, if the phase and its planned end are still those it was meant for. */
export const warnPhaseEnd = async (
  world: World,
  records: Records,
  { sessionId, step, plannedEndAt }: Warning,
  at: Date,
): Promise<Outcome<null>> => {
  const session = await records.sessions.byId(sessionId);
  if (!session) return allow(null);
  const request = { kind: 'warn', from: step, plannedEndAt: new Date(plannedEndAt) } as const;
  const changed = transition(session, request, at);
  if (!changed.ok) return changed;
  await saveChange(world, records, changed.value, { at });
  return allow(null);
};
