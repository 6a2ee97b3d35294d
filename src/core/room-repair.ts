/** What somebody changed by hand in the rooms of a cohort and Hearth put right, and when that is told. */
import type { RoomId } from './rooms.ts';
import { after, MINUTE, SECOND } from './time.ts';

/** What of a room was changed; `people`: who may do what in it; `room`: it was deleted, and made anew. */
export const REPAIRS = ['people', 'room', 'name', 'place', 'seats', 'invitation', 'webhook'] as const;
export type RepairKind = (typeof REPAIRS)[number];

/** Ways into a room that are shut; all others are of the room itself. */
export const isWayIn = (what: RepairKind): boolean => what === 'invitation' || what === 'webhook';

export interface Repair {
  readonly id: string;
  readonly cohortId: string;
  readonly room: RoomId;
  readonly what: RepairKind;
  readonly at: Date;
}

/** A state to which Hearth brought a room, as a hash; `until` when it was brought to another. */
export interface RoomFace {
  readonly face: string;
  readonly until?: Date;
}

/** How long what the gateway tells may lag behind what Hearth has done itself. */
const LAG = MINUTE;

/**
 * Whether a room that is found so was changed by somebody's hand. One of which nothing is known was not; and a state that
 * held until a moment ago may be one of which the gateway tells late.
 */
export const isByHand = (found: string, faces: readonly RoomFace[], now: Date): boolean =>
  faces.length > 0 &&
  !faces.some(({ face, until }) => face === found && (until === undefined || after(until, LAG) > now));

/** What is changed in one go is told in one line. */
const GATHERED = 10 * SECOND;

/** However much is changed by hand, the staff are told of it no more often than that. */
const APART = 10 * MINUTE;

/** When what was just put right is told. */
export const toldAt = (now: Date, lastTold: Date | undefined): Date => {
  const soon = after(now, GATHERED);
  const apart = lastTold && after(lastTold, APART);
  return apart && apart > soon ? apart : soon;
};

/** How often each was put right, in the order of the list; what did not happen is left out. */
export const countRepairs = (
  repairs: readonly Pick<Repair, 'what'>[],
): readonly { readonly what: RepairKind; readonly count: number }[] =>
  REPAIRS.map((what) => ({ what, count: repairs.filter((each) => each.what === what).length })).filter(
    ({ count }) => count > 0,
  );
