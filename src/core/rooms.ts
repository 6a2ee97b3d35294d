/**
 * The rooms of a cohort, and who may do what in each: computed from what is true, never from what was done.
 * Staff cannot be kept from seeing a room they keep, and the server's owner and administrators see every
 * room whatever stands here: Discord lets nobody hide from them.
 */
import { isInside, type Required, type Signature } from './agreement.ts';
import type { Cohort, Roster } from './cohort.ts';
import type { Pair } from './individual.ts';
import { type Holds, NO_HOLDS } from './moderation.ts';

/** The rooms of the whole group, one of each. */
export const GROUP_ROOM_KINDS = ['category', 'welcome', 'group', 'voice', 'staff'] as const;
/** The rooms of one participant and their therapist: two of each number. */
export const PAIR_ROOM_KINDS = ['one-to-one', 'one-to-one-voice'] as const;
/** Rooms in which one person tests a microphone with Hearth. */
export const CHECK_ROOM_KINDS = ['check-voice'] as const;
/** Where somebody is with one facilitator, during a session. */
export const ASIDE_ROOM_KINDS = ['aside-voice'] as const;
export const ROOM_KINDS = [
  ...GROUP_ROOM_KINDS,
  ...PAIR_ROOM_KINDS,
  ...CHECK_ROOM_KINDS,
  ...ASIDE_ROOM_KINDS,
] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];
export type GroupRoomKind = (typeof GROUP_ROOM_KINDS)[number];

/** Which room of a cohort it is. */
export interface RoomId {
  readonly kind: RoomKind;
  /** Of the pair whose room it is, or of the room for one person; missing for the rooms of the whole group. */
  readonly number?: number;
}

/** Whether two ids are of one room. */
export const sameRoom = (one: RoomId, other: RoomId): boolean =>
  one.kind === other.kind && one.number === other.number;

/** Whether people talk in rooms of that kind. */
export const isVoice = (kind: RoomKind): boolean =>
  kind === 'voice' || kind === 'one-to-one-voice' || kind === 'check-voice' || kind === 'aside-voice';

/** `read`: see and read; `listen`: read and hear; `speak`: listen and speak; `join`: speak and write; `lead`: join, and moderate. */
export type Right = 'read' | 'listen' | 'speak' | 'join' | 'lead';

export interface Guest {
  readonly account: string;
  readonly right: Right;
}

export interface Room extends RoomId {
  /** What stands in Discord's list: neutral words, never a diagnosis or a topic. */
  readonly name: string;
  readonly guests: readonly Guest[];
  /** Seats in a voice room: those who belong in it, and the bot. */
  readonly seats?: number;
  /** Kept as it ought to be while it stands, but not made: nobody needs it now. */
  readonly idle?: true;
}

/** A pair, whether its rooms are open now, and whether something was told in its room that is still to be read. */
export interface PairNow {
  readonly pair: Pick<Pair, 'number' | 'person' | 'therapist'>;
  readonly open: boolean;
  readonly told: boolean;
}

/** A room for testing a microphone, and the account of whoever has it now; nobody, when missing. */
export interface CheckRoom {
  readonly number: number;
  readonly account?: string;
}

/** The rooms that are not the whole group's. */
export interface RoomsOfFew {
  readonly pairs?: readonly PairNow[];
  readonly checks?: readonly CheckRoom[];
  /** What facilitators have done in the session that goes on. */
  readonly holds?: Holds;
}

const withRight = (right: Right, accounts: readonly string[]): readonly Guest[] =>
  accounts.map((account) => ({ account, right }));

/**
 * The two rooms of a pair: nobody else of the staff sees them, and outside its times the therapist may read them, and the
 * participant what was told to them there.
 */
const pairRooms = (
  { pair, open, told }: PairNow,
  { signed, enrolled }: { readonly signed: readonly string[]; readonly enrolled: readonly string[] },
): readonly Room[] => {
  const { number, person, therapist } = pair;
  const own = (right: Right, among: readonly string[]): readonly Guest[] =>
    withRight(right, among.includes(person.account) ? [person.account] : []);
  const voice = open
    ? [...withRight('lead', [therapist.account]), ...own('join', signed)]
    : withRight('read', [therapist.account]);
  const text = told && !open ? [...voice, ...own('read', enrolled)] : voice;
  const idle = { idle: true as const };
  const [name, seats] = [`one-to-one-${number}`, 3];
  return [
    { number, guests: text, ...(!open && !told && idle), kind: 'one-to-one', name },
    { number, guests: voice, ...(!open && idle), kind: 'one-to-one-voice', name: `${name}-voice`, seats },
  ];
};

/** Seen by one person, who writes nothing there: whoever has the room after them reads nothing of theirs. */
const checkRoom = ({ number, account }: CheckRoom): Room => ({
  kind: 'check-voice',
  number,
  name: `microphone-${number}`,
  guests: account === undefined ? [] : withRight('speak', [account]),
  seats: 2,
  ...(account === undefined && { idle: true }),
});

/** What a participant may do in the two rooms of the group, while facilitators hold it. */
const heldRights = (account: string, holds: Holds): { readonly text?: Right; readonly voice?: Right } => {
  if (holds.removed.includes(account)) return {};
  const isTimedOut = holds.timedOut.some((each) => each.account === account);
  const text = isTimedOut || holds.isChatHeld ? 'read' : 'join';
  if (holds.insideOnly && !holds.insideOnly.includes(account)) return { text, voice: 'read' };
  if (isTimedOut) return { text, voice: 'listen' };
  return { text, voice: holds.isChatHeld ? 'speak' : 'join' };
};

const heldGuests = (signed: readonly string[], holds: Holds, where: 'text' | 'voice'): readonly Guest[] =>
  signed.flatMap((account) => {
    const right = heldRights(account, holds)[where];
    return right ? [{ account, right }] : [];
  });

/** Of one person and one facilitator; made when it is needed first, and closed while it is not. */
const asideRoom = ({ aside }: Holds, signed: readonly string[]): readonly Room[] => [
  {
    ...{ kind: 'aside-voice', number: 1, name: 'aside', seats: 3 },
    guests: aside
      ? [
          ...withRight('lead', [aside.facilitator]),
          ...withRight('join', signed.includes(aside.account) ? [aside.account] : []),
        ]
      : [],
    ...(!aside && { idle: true }),
  },
];

/** Everything that must stand in Discord for a cohort: nobody else sees any of it. */
export const desiredRooms = (
  cohort: Cohort,
  roster: Roster,
  signatures: readonly Signature[],
  required: Required,
  { pairs = [], checks = [], holds = NO_HOLDS }: RoomsOfFew = {},
): readonly Room[] => {
  const open = cohort.state === 'active';
  const staff = [cohort.lead.account, cohort.coFacilitator.account];
  const enrolled = open ? roster.map((member) => member.person.account) : [];
  const signed = open
    ? roster.filter((member) => isInside(member, signatures, required)).map((member) => member.person.account)
    : [];
  const leads = withRight(open ? 'lead' : 'read', staff);
  const readers = withRight('read', enrolled);
  return [
    { kind: 'category', name: cohort.name, guests: withRight('read', [...staff, ...enrolled]) },
    { kind: 'welcome', name: 'welcome', guests: [...leads, ...readers] },
    { kind: 'group', name: 'group-room', guests: [...leads, ...heldGuests(signed, holds, 'text')] },
    {
      kind: 'voice',
      name: 'group-voice',
      guests: [...leads, ...heldGuests(signed, holds, 'voice')],
      seats: cohort.capacity + staff.length + 1,
    },
    { kind: 'staff', name: 'staff-room', guests: leads },
    ...pairs.flatMap((each) => pairRooms({ ...each, open: open && each.open }, { signed, enrolled })),
    ...asideRoom(open ? holds : NO_HOLDS, signed),
    ...checks.map(({ number, account }) =>
      checkRoom({
        number,
        ...(account !== undefined && [...staff, ...enrolled].includes(account) && open && { account }),
      }),
    ),
  ];
};
