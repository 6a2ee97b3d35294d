/** The session that somebody means when they say nothing else. */
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import type { Records } from '../ports/store.ts';

/** The one that is going on, or else the one that ended last; refused with `no-session` before the first. */
export const currentSession = async (
  { sessions }: Pick<Records, 'sessions'>,
  cohortId: string,
): Promise<Outcome<Session>> => {
  const session = (await sessions.unfinished(cohortId)) ?? (await sessions.lastEnded(cohortId));
  return session ? allow(session) : refuse({ code: 'no-session' });
};

/** That session, when it takes an answer of some kind at this moment; refused as `takes` refuses. */
export const sessionTaking = async (
  records: Pick<Records, 'sessions'>,
  cohortId: string,
  takes: (session: Session, now: Date) => Outcome<null>,
  now: Date,
): Promise<Outcome<Session>> => {
  const session = await currentSession(records, cohortId);
  if (!session.ok) return session;
  const taken = takes(session.value, now);
  return taken.ok ? session : taken;
};
