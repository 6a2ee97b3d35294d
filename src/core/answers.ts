/** Until when a session takes what people fill in: a form that was open at the end is not lost with it. */
import { allow, type Outcome, refuse } from './outcome.ts';
import { GRACE, phaseOf, type Session } from './session.ts';
import { after } from './time.ts';

const withinGrace = (endedAt: Date, now: Date): Outcome<null> =>
  now <= after(endedAt, GRACE) ? allow(null) : refuse({ code: 'session-ended' });

/** A check-in is taken in every phase: whoever comes late arrives, too. */
export const takesCheckIn = (session: Session, now: Date): Outcome<null> =>
  session.state === 'ended' ? withinGrace(session.endedAt, now) : allow(null);

/** A reflection is taken from the closing phase on. */
export const takesReflection = (session: Session, now: Date): Outcome<null> => {
  if (session.state === 'ended') return withinGrace(session.endedAt, now);
  const phase = phaseOf(session);
  return phase === 'reflection' ? allow(null) : refuse({ code: 'not-yet-reflection', phase });
};
