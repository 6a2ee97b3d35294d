/**
 * The rooms of a cohort, and who may do what in each: computed from what is true, never from what was done.
 * Staff cannot be kept from seeing a room they keep, and the server's owner and administrators see every
 * room whatever stands here: Discord lets nobody hide from them.
 */
import { type Required, type Signature, standingSignature } from './agreement.ts';
import type { Cohort, Roster } from './cohort.ts';

export const ROOM_KINDS = ['category', 'welcome', 'group', 'voice', 'staff'] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** `read`: see and read; `join`: read, write or speak; `lead`: join, and moderate. */
export type Right = 'read' | 'join' | 'lead';

export interface Guest {
  readonly account: string;
  readonly right: Right;
}

export interface Room {
  readonly kind: RoomKind;
  /** What stands in Discord's list: neutral words, never a diagnosis or a topic. */
  readonly name: string;
  readonly guests: readonly Guest[];
  /** Seats in the voice room: the group, its two staff, and the bot. */
  readonly seats?: number;
}

const withRight = (right: Right, accounts: readonly string[]): readonly Guest[] =>
  accounts.map((account) => ({ account, right }));

/** Everything that must stand in Discord for a cohort: nobody else sees any of it. */
export const desiredRooms = (
  cohort: Cohort,
  roster: Roster,
  signatures: readonly Signature[],
  required: Required,
): readonly Room[] => {
  const open = cohort.state === 'active';
  const staff = [cohort.lead.account, cohort.coFacilitator.account];
  const enrolled = open ? roster.map((member) => member.person.account) : [];
  const signed = open
    ? roster
        .filter((member) => standingSignature(member, signatures, required))
        .map((member) => member.person.account)
    : [];
  const leads = withRight(open ? 'lead' : 'read', staff);
  const readers = withRight('read', enrolled);
  return [
    { kind: 'category', name: cohort.name, guests: withRight('read', [...staff, ...enrolled]) },
    { kind: 'welcome', name: 'welcome', guests: [...leads, ...readers] },
    { kind: 'group', name: 'group-room', guests: [...leads, ...withRight('join', signed)] },
    {
      kind: 'voice',
      name: 'group-voice',
      guests: [...leads, ...withRight('join', signed)],
      seats: cohort.capacity + staff.length + 1,
    },
    { kind: 'staff', name: 'staff-room', guests: leads },
  ];
};
