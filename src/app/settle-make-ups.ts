/** Settles, when a meeting has ended, what was to be made up in it. */
import { currentStatus } from '../core/attendance.ts';
import { confidential } from '../core/confidential.ts';
import { type MakeUp, outcomeOf } from '../core/make-up.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { saveMakeUp } from './follow-make-ups.ts';

/** Kept where people write the reasons of corrections: only the correction itself says more. */
const REASON = 'Made up';

/** The missed session counts as made up, beside what was counted. */
const credit = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  { attendances }: Records,
  { attendanceId }: MakeUp,
  by: string,
): Promise<void> => {
  await attendances.amend(attendanceId, {
    ...{ id: ids.next(), by, at: clock.now() },
    status: 'made-up',
    reason: confidential(REASON),
  });
};

/** In the change that ends the session: credited when the person was there, and else still to be made up. */
export const settleMakeUps = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  meeting: Pick<Occurrence, 'id' | 'individual'>,
  /** `lead`: account of whoever answers for what the group does. */
  { sessionId, lead }: { readonly sessionId: string; readonly lead: string },
): Promise<void> => {
  const attendances = await records.attendances.ofSession(sessionId);
  for (const makeUp of await records.makeUps.ofOccurrence(meeting.id)) {
    const attendance = attendances.find(({ person }) => person.id === makeUp.person.id);
    const request = attendance
      ? outcomeOf(currentStatus(attendance), attendance.minutes)
      : ({ kind: 'fell-through' } as const);
    const settled = await saveMakeUp(world, records, makeUp, request);
    if (settled === makeUp || settled.state !== 'held') continue;
    await credit(world, records, settled, meeting.individual?.therapist.account ?? lead);
  }
};
