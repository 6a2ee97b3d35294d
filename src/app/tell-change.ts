/** What follows from a change of a session: what is said, what stands, and when staff are warned. */
import { type Change, WARNING_LEAD } from '../core/session.ts';
import { after } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { announce } from './announce.ts';

const PLANS_THE_END: ReadonlySet<string> = new Set(['phase-entered', 'extended', 'resumed']);

const planWarning = async (
  { jobs }: Pick<Records, 'jobs'>,
  { next, events }: Change,
  now: Date,
): Promise<void> => {
  if (next.state !== 'running' || next.warning === 'given') return;
  if (!events.some(({ kind }) => PLANS_THE_END.has(kind))) return;
  const at = after(next.plannedEndAt, -WARNING_LEAD);
  // Whoever adds a single minute knows that it will soon be over.
  if (at <= now) return;
  const { cohortId, id: sessionId, step } = next;
  const plannedEndAt = next.plannedEndAt.toISOString();
  await jobs.enqueue({ name: 'warn-phase-end', cohortId, sessionId, step, plannedEndAt }, at);
};

/** Announces a change, asks for the boards and the call that show it, and plans the warning; all within its transaction. */
export const tellChange = async (
  world: Pick<World, 'catalogue' | 'ids'>,
  records: Records,
  change: Change,
  now: Date,
): Promise<void> => {
  await announce(world, records, change, now);
  await records.jobs.enqueue({ name: 'bring-boards', cohortId: change.next.cohortId });
  await records.signals.voiceOf(change.next.cohortId);
  await planWarning(records, change, now);
};
