/** Finds the session for which people are asked where they are: the one that goes on, or begins within the hour. */
import type { Cohort } from '../core/cohort.ts';
import { endsAt, GIVEN_UP_AFTER, type Occurrence } from '../core/occurrence.ts';
import { ASKED_BEFORE } from '../core/place.ts';
import { after, SECOND } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import { AROUND } from './pairs-now.ts';

export interface SessionNear {
  /** When it was to begin; or when it did, where that was earlier. */
  readonly startsAt: Date;
  /** Missing for a session that nobody had planned. */
  readonly occurrence?: Occurrence;
}

/** Undefined while there is none. */
export const sessionNear = async (
  { sessions, occurrences }: Pick<Records, 'sessions' | 'occurrences'>,
  { id }: Cohort,
  now: Date,
): Promise<SessionNear | undefined> => {
  const session = await sessions.unfinished(id);
  if (session) {
    const occurrence = await occurrences.ofSession(session.id);
    const planned = occurrence?.startsAt ?? session.startedAt;
    return {
      startsAt: planned < session.startedAt ? planned : session.startedAt,
      ...(occurrence && { occurrence }),
    };
  }
  const ahead = await occurrences.ahead(id, after(now, -GIVEN_UP_AFTER));
  const occurrence = ahead.find(({ individual }) => !individual);
  return occurrence && occurrence.startsAt <= after(now, ASKED_BEFORE)
    ? { startsAt: occurrence.startsAt, occurrence }
    : undefined;
};

/** The time that somebody has with their therapist, which goes on, or begins within the hour; undefined while there is none. */
export const individualNear = async (
  { individualSessions, occurrences }: Pick<Records, 'individualSessions' | 'occurrences'>,
  { cohortId, personId, now }: { readonly cohortId: string; readonly personId: string; readonly now: Date },
): Promise<Occurrence | undefined> => {
  // What begins at the very end of the hour is meant, too.
  const around = await occurrences.between(cohortId, after(now, -AROUND), after(now, ASKED_BEFORE + SECOND));
  for (const meeting of around.filter(({ individual }) => individual?.person.id === personId)) {
    if (meeting.state === 'planned' && now < endsAt(meeting)) return meeting;
    if (meeting.state !== 'held') continue;
    const session = await individualSessions.byId(meeting.sessionId);
    if (session?.state === 'running') return meeting;
  }
  return undefined;
};
