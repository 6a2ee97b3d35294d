/**
 * Who was in a cohort's voice room, and when: stretches of presence, and how they follow what is seen.
 *
 * - Stretches are kept only while a session is unfinished. Those in the room when it opens begin there, and all that
 *   are open when it ends end there, or where they were last seen when Hearth could not see its end.
 * - A person has at most one open stretch. Seeing once more what is known already changes nothing.
 * - After a gap in which Hearth could not see (`lastObserved` is earlier than now), an open stretch ends where it was
 *   last seen. Somebody who is still there gets an unobserved stretch across the gap and a new observed one; somebody
 *   who is gone left at a moment that nobody knows, and gets nothing for the gap. Somebody who is new begins now.
 */
import { after, between, earliest, latest, SECOND } from './time.ts';

export interface Interval {
  readonly id: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly start: Date;
  /** Missing while the person is still there. */
  readonly end?: Date;
  /** `unobserved`: there before and after a gap in which Hearth could not see; kept apart, never counted as seen. */
  readonly seen: 'observed' | 'unobserved';
}

/** A stretch that has no name yet. */
export type Beginning = Pick<Interval, 'personId' | 'start' | 'end' | 'seen'>;

export interface Ending {
  readonly intervalId: string;
  readonly at: Date;
}

/** What must be written so that presence is as it was seen; the endings first. */
export interface PresenceChange {
  readonly ends: readonly Ending[];
  readonly begins: readonly Beginning[];
}

export interface Sighting {
  readonly open: readonly Interval[];
  /** Ids of the people who are in the room. */
  readonly present: readonly string[];
  /** Until when Hearth had seen the room; equal to `now` when nothing was missed. */
  readonly lastObserved: Date | undefined;
  readonly now: Date;
}

/** Seconds between two notes of what is seen; a room of which nothing was noted for twice as long was out of sight. */
export const NOTED_EVERY_SECONDS = 15;

/** Since when a process must have said that it is alive for what it keeps to be believed. */
export const believedSince = (now: Date): Date => after(now, -2 * NOTED_EVERY_SECONDS * SECOND);

/** Until when a room was seen without a gap, given the last note of it: now, unless notes have been missing. */
export const observedUntil = (lastNote: Date | undefined, now: Date): Date | undefined =>
  lastNote && between(lastNote, now) <= 2 * NOTED_EVERY_SECONDS * SECOND ? now : lastNote;

/** The moment at which a change counts that was told of at `told`: never earlier than what is written already. */
export const countedAt = (written: readonly Interval[], told: Date): Date =>
  written.map(({ start, end }) => end ?? start).reduce(latest, told);

const NOTHING: PresenceChange = { ends: [], begins: [] };

/** The last moment at which the stretch is known to have lasted: its beginning was seen, too. */
const lastSeen = (interval: Interval, { lastObserved, now }: Sighting): Date =>
  latest(interval.start, earliest(lastObserved ?? interval.start, now));

const followOpen = (interval: Interval, sighting: Sighting): PresenceChange => {
  const { personId } = interval;
  const seenUntil = lastSeen(interval, sighting);
  const ends = [{ intervalId: interval.id, at: seenUntil }];
  if (!sighting.present.includes(personId)) return { ends, begins: [] };
  if (seenUntil >= sighting.now) return NOTHING;
  return {
    ends,
    begins: [
      { personId, start: seenUntil, end: sighting.now, seen: 'unobserved' },
      { personId, start: sighting.now, seen: 'observed' },
    ],
  };
};

/** Which stretches end, and which begin, so that presence agrees with what is seen now. */
export const reconcilePresence = (sighting: Sighting): PresenceChange => {
  const known = new Set(sighting.open.map(({ personId }) => personId));
  const arrived = [...new Set(sighting.present)].filter((personId) => !known.has(personId));
  const followed = sighting.open.map((interval) => followOpen(interval, sighting));
  return {
    ends: followed.flatMap(({ ends }) => ends),
    begins: [
      ...followed.flatMap(({ begins }) => begins),
      ...arrived.map((personId) => ({ personId, start: sighting.now, seen: 'observed' as const })),
    ],
  };
};

/** Those with these open stretches are there no longer, as when the session ends; unless that was seen, where they were last seen. */
export const leave = (sighting: Omit<Sighting, 'present'>): PresenceChange =>
  reconcilePresence({ ...sighting, present: [] });
