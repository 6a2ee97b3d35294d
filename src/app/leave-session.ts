/** What ends with somebody's right to be in the room, when a session is going on. */
import { IN_VOICE } from '../core/moderation.ts';
import { transition } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { liftIn } from './lift-moderation.ts';

interface Leaving {
  readonly cohortId: string;
  readonly personId: string;
  /** Account of whoever caused it. */
  readonly by: string;
}

/** Ends the person's open turns and their time in the room; does nothing when no session is unfinished. */
export const leaveSession = async (
  { clock }: Pick<World, 'clock'>,
  records: Records,
  { cohortId, personId, by }: Leaving,
): Promise<void> => {
  const session = await records.sessions.unfinished(cohortId);
  if (!session) return;
  const now = clock.now();
  const left = transition(session, { kind: 'leave', personId }, now);
  if (left.ok && left.value.events.length > 0) {
    await records.sessions.save(left.value.next, { events: left.value.events, by, at: now });
  }
  // Nobody who is out of the group is brought back into its room; a removal is not undone by signing anew.
  await liftIn(records, cohortId, { acts: [...IN_VOICE], personId, why: 'left' }, now);
  const open = await records.presences.open(session.id);
  for (const interval of open.filter((each) => each.personId === personId)) {
    await records.presences.end(interval.id, now);
  }
};
