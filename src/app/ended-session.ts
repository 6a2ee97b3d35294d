/** A session whose attendance has been counted. */
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Ended } from '../core/session.ts';
import type { Records } from '../ports/store.ts';

/** The one of that number, or else the one that ended last; refused with `no-attendance-yet` when it has not ended. */
export const endedSession = async (
  { sessions }: Pick<Records, 'sessions'>,
  cohortId: string,
  number: number | undefined,
): Promise<Outcome<Ended>> => {
  const session = await (number === undefined
    ? sessions.lastEnded(cohortId)
    : sessions.ended(cohortId, number));
  return session ? allow(session) : refuse({ code: 'no-attendance-yet' });
};
