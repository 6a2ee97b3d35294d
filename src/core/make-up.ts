/**
 * A session that somebody missed, and how it is made up for.
 *
 *      due ──offer──> offered ──accept──> booked ──attended──> held
 *       ▲                │ ├ decline          │ ├─ not-attended ──> missed ──offer──> offered
 *       │                │ └ moved, fell-through ──> due
 *       │                ▼                    │ └─ fell-through ──> due
 *       │             declined ──offer──> offered
 *       └── (no longer missed) ──> not-needed ──miss──> due
 *
 * - It is a time of one's own with the therapist, or an extra meeting of the same group: never another group's.
 * - An offer may be replaced by another until it is answered. An offer is known by its moment: an answer to an earlier
 *   one is refused.
 * - A time that was booked and is moved stays booked; one that is only offered is not the one any more that was offered.
 * - A time that was booked and did not take place is due again, and was not missed by anybody.
 * - Held is final: what was made up stays so.
 */
import type { AttendanceStatus } from './attendance.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';

export const MAKE_UP_STATES = [
  'due',
  'offered',
  'booked',
  'declined',
  'held',
  'missed',
  'not-needed',
] as const;
export type MakeUpState = (typeof MAKE_UP_STATES)[number];

export const MAKE_UP_KINDS = ['individual', 'group'] as const;
export type MakeUpKind = (typeof MAKE_UP_KINDS)[number];

/** What is offered: a time of one's own, of which no meeting is made until it is taken; or a meeting that stands. */
export type Offer = {
  readonly startsAt: Date;
  readonly minutes: number;
  /** Account of whoever offered it. */
  readonly by: string;
  readonly at: Date;
} & (
  | { readonly kind: 'individual'; readonly therapist: Person }
  | { readonly kind: 'group'; readonly occurrenceId: string }
);

interface Missed {
  readonly id: string;
  readonly cohortId: string;
  readonly person: Person;
  /** Of the session that was missed. */
  readonly attendanceId: string;
  readonly sessionId: string;
  /** Number of the session that was missed. */
  readonly sessionNumber: number;
  readonly dueSince: Date;
  readonly version: number;
}

export interface OpenMakeUp extends Missed {
  readonly state: 'due' | 'not-needed';
}
export interface OfferedMakeUp extends Missed {
  readonly state: 'offered';
  readonly offer: Offer;
}
export interface DeclinedMakeUp extends Missed {
  readonly state: 'declined';
  readonly offer: Offer;
  readonly answeredAt: Date;
}
export interface BookedMakeUp extends Missed {
  readonly state: 'booked' | 'missed';
  readonly offer: Offer;
  readonly answeredAt: Date;
  /** The meeting in which it is made up. */
  readonly occurrenceId: string;
}
export interface HeldMakeUp extends Missed {
  readonly state: 'held';
  readonly offer: Offer;
  readonly answeredAt: Date;
  readonly occurrenceId: string;
  /** Whole minutes that count for the missed session. */
  readonly minutes: number;
}
export type MakeUp = OpenMakeUp | OfferedMakeUp | DeclinedMakeUp | BookedMakeUp | HeldMakeUp;

export type MakeUpRequest =
  | { readonly kind: 'miss' }
  | { readonly kind: 'attend-after-all' }
  | { readonly kind: 'offer'; readonly offer: Offer }
  /** `offeredAt` of the offer that is meant; the one that stands when missing. */
  | { readonly kind: 'accept'; readonly offeredAt?: Date | undefined; readonly occurrenceId: string }
  | { readonly kind: 'decline'; readonly offeredAt?: Date | undefined }
  | { readonly kind: 'moved'; readonly startsAt: Date }
  | { readonly kind: 'attended'; readonly minutes: number }
  | { readonly kind: 'not-attended' }
  | { readonly kind: 'fell-through' };

/** What somebody missed and may make up for. */
const MISSED: ReadonlySet<AttendanceStatus> = new Set(['no-show', 'excused']);
export const isMissed = (status: AttendanceStatus): boolean => MISSED.has(status);

/** Enough to have made up for a session; part of one is not. */
const ATTENDED: ReadonlySet<AttendanceStatus> = new Set(['present', 'late', 'left-early']);

/** What a make-up's meeting brought, by what the person's attendance of it counts as. */
export const outcomeOf = (status: AttendanceStatus, minutes: number): MakeUpRequest => {
  if (ATTENDED.has(status)) return { kind: 'attended', minutes };
  return { kind: status === 'cancelled' || status === 'technical-failure' ? 'fell-through' : 'not-attended' };
};

const missed = (makeUp: MakeUp): Missed => {
  const { id, cohortId, person, attendanceId, sessionId, sessionNumber, dueSince, version } = makeUp;
  return { id, cohortId, person, attendanceId, sessionId, sessionNumber, dueSince, version };
};

const offered = (makeUp: MakeUp, offer: Offer, now: Date): Outcome<MakeUp> => {
  if (makeUp.state === 'held') return refuse({ code: 'made-up-already' });
  if (makeUp.state === 'booked') return refuse({ code: 'make-up-booked', startsAt: makeUp.offer.startsAt });
  if (makeUp.state === 'not-needed') return refuse({ code: 'nothing-to-make-up' });
  if (offer.startsAt <= now) return refuse({ code: 'move-into-the-past' });
  return allow({ ...missed(makeUp), state: 'offered', offer });
};

const answered = (
  makeUp: MakeUp,
  request: Extract<MakeUpRequest, { kind: 'accept' | 'decline' }>,
  now: Date,
): Outcome<MakeUp> => {
  if (makeUp.state !== 'offered') return refuse({ code: 'offer-is-gone' });
  const { offer } = makeUp;
  const { offeredAt = offer.at } = request;
  if (offeredAt.getTime() !== offer.at.getTime()) return refuse({ code: 'offer-is-gone' });
  const told = { ...missed(makeUp), offer, answeredAt: now };
  if (request.kind === 'decline') return allow({ ...told, state: 'declined' });
  if (offer.startsAt <= now) return refuse({ code: 'offer-is-gone' });
  return allow({ ...told, state: 'booked', occurrenceId: request.occurrenceId });
};

const dueAgain = (makeUp: MakeUp): MakeUp => ({ ...missed(makeUp), state: 'due' });

const moved = (makeUp: MakeUp, startsAt: Date): MakeUp => {
  if (makeUp.state === 'offered') return dueAgain(makeUp);
  return makeUp.state === 'booked' ? { ...makeUp, offer: { ...makeUp.offer, startsAt } } : makeUp;
};

/** The make-up after a request, or why not; what is meant for another state changes nothing. The only way it changes. */
export const changeMakeUp = (makeUp: MakeUp, request: MakeUpRequest, now: Date): Outcome<MakeUp> => {
  switch (request.kind) {
    case 'offer':
      return offered(makeUp, request.offer, now);
    case 'accept':
    case 'decline':
      return answered(makeUp, request, now);
    case 'miss':
      return allow(makeUp.state === 'not-needed' ? { ...missed(makeUp), state: 'due' } : makeUp);
    case 'attend-after-all':
      return allow(makeUp.state === 'held' ? makeUp : { ...missed(makeUp), state: 'not-needed' });
    case 'moved':
      return allow(moved(makeUp, request.startsAt));
    case 'fell-through':
      return allow(makeUp.state === 'offered' || makeUp.state === 'booked' ? dueAgain(makeUp) : makeUp);
    case 'attended':
      return allow(
        makeUp.state === 'booked' ? { ...makeUp, state: 'held', minutes: request.minutes } : makeUp,
      );
    case 'not-attended':
      return allow(makeUp.state === 'booked' ? { ...makeUp, state: 'missed' } : makeUp);
  }
};
