/** Gathers what people of a group told in its session, as far as the one who asks may know. */
import { STAFF, type Standings } from '../core/access.ts';
import type { NextMeeting, SharedArrival, SharedTakeAway } from '../core/board.ts';
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { signedMembers } from './signed-members.ts';
import { arrivals, gathered, intentionsFor, takeAways } from './told-in-session.ts';

/** Of the session that is open, or of the one that ended last: then nothing of how anybody arrived. */
export interface SharedAnswers {
  readonly reader: 'group' | 'staff';
  readonly number: number;
  readonly arrivals: readonly SharedArrival[];
  readonly takeAways: readonly SharedTakeAway[];
  /** For staff alone. */
  readonly intentions: NextMeeting['intentions'];
}

/** Refused with `no-session` before the first. */
export const sharedAnswers = async (
  world: World,
  cohort: Cohort,
  standings: Standings,
): Promise<Outcome<SharedAnswers>> => {
  const { records } = world.store;
  const open = await records.sessions.unfinished(cohort.id);
  const session = open ?? (await records.sessions.lastEnded(cohort.id));
  if (!session) return refuse({ code: 'no-session' });
  const { signed } = await signedMembers(world, records, cohort);
  const told = await gathered(world, session.id, signed);
  const reader = STAFF.some((standing) => standings.has(standing)) ? 'staff' : 'group';
  return allow({
    reader,
    number: session.number,
    arrivals: open ? arrivals(told, reader) : [],
    takeAways: takeAways(told, reader),
    intentions: reader === 'staff' ? intentionsFor(told) : [],
  });
};
