/** Who gets into a room, what they may do there, and why: what Discord would answer, and what of it ought to be so. */
import type { Cohort } from './cohort.ts';
import { type Right, type Room, type RoomId, sameRoom } from './rooms.ts';

/**
 * `see` a room, `connect` to it, `write` in it; `moderate` what others write and who is in the call; `manage` the room,
 * who may be in it, its webhooks and its threads; `bypass` whatever stands in it.
 */
export const POWERS = ['see', 'connect', 'write', 'moderate', 'manage', 'bypass'] as const;
export type Power = (typeof POWERS)[number];

/** Ways in which what happens in a room could leave it. */
export const LEAKS = ['invitations', 'apps', 'voice-messages', 'sounds', 'threads'] as const;
export type Leak = (typeof LEAKS)[number];

/** Who it is about; `bearers` of a role, where Discord tells how many there are. */
export type Who =
  | { readonly kind: 'hearth' }
  | { readonly kind: 'everyone' }
  | { readonly kind: 'role'; readonly id: string; readonly name: string; readonly bearers?: number }
  /** Another bot, by the role that is its own. */
  | { readonly kind: 'bot'; readonly account: string; readonly name: string }
  /** Named in the room itself, or the owner of the server. */
  | { readonly kind: 'person'; readonly account: string };

/**
 * Why somebody may; `role` by its name, and `role-here` when the role was let into the very room. `not-held`: in the room
 * everybody was given a right that Hearth does not hold, which Discord lets nobody take away who has not got it.
 */
export type Why =
  | { readonly by: 'owner' | 'named' | 'everyone' | 'not-held' }
  | { readonly by: 'administrator' | 'role' | 'role-here'; readonly role: string };

export interface RoomAccess {
  readonly who: Who;
  /** In the order of `POWERS`; one who sees at least. */
  readonly may: readonly Power[];
  /** What is not denied to them. */
  readonly leaks: readonly Leak[];
  readonly why: readonly Why[];
}

/** A room of a cohort as it stands. */
export interface AuditedRoom extends RoomId {
  readonly channelId: string;
  readonly access: readonly RoomAccess[];
  /** Invitations into it that are not Hearth's own. */
  readonly invitations: number;
  readonly threads: number;
  /** Missing when the server does not let Hearth see them. */
  readonly webhooks?: number;
}

/** Settings of a server from which a closed group may come to harm. */
export const RISKS = ['no-two-factor', 'community', 'discoverable', 'widget', 'vanity-address'] as const;
export type Risk = (typeof RISKS)[number];

/** Rooms as they were looked at, and what holds for all of their server. */
export interface RoomsAudit {
  readonly rooms: readonly AuditedRoom[];
  /** What Hearth itself holds, beside the least that it needs; rights by the names that Discord shows. */
  readonly hearth: {
    readonly administrator: boolean;
    readonly missing: readonly string[];
    readonly more: readonly string[];
  };
  readonly risks: readonly Risk[];
}

/**
 * `expected`: belongs there. `beyond`: comes from what Hearth cannot change, like the owner and administrators. `stray`:
 * was let in by hand, and is put right.
 */
export type Verdict = 'expected' | 'beyond' | 'stray';

const OF_RIGHT: Readonly<Record<Right, readonly Power[]>> = {
  read: ['see'],
  listen: ['see', 'connect'],
  speak: ['see', 'connect'],
  join: ['see', 'connect', 'write'],
  lead: ['see', 'connect', 'write', 'moderate'],
};

const BEYOND: ReadonlySet<Why['by']> = new Set(['owner', 'administrator', 'role', 'not-held']);

/** What an access is, held against the room as it ought to be; against none, where no such room ought to stand. */
export const judge = (
  { who, may, leaks, why }: RoomAccess,
  room: Pick<Room, 'kind' | 'guests'> | undefined,
): Verdict => {
  if (who.kind === 'hearth') return 'expected';
  const guest = who.kind === 'person' && room?.guests.find(({ account }) => account === who.account);
  const right = guest ? OF_RIGHT[guest.right] : [];
  if (leaks.length === 0 && may.every((power) => right.includes(power))) return 'expected';
  return why.some(({ by }) => BEYOND.has(by)) ? 'beyond' : 'stray';
};

export interface JudgedAccess extends RoomAccess {
  readonly verdict: Verdict;
}

export interface JudgedRoom extends Omit<AuditedRoom, 'access'> {
  readonly access: readonly JudgedAccess[];
}

/** Every access in the rooms, held against the rooms as they ought to be. */
export const judged = (audited: readonly AuditedRoom[], desired: readonly Room[]): readonly JudgedRoom[] =>
  audited.map((each) => {
    const room = desired.find((one) => sameRoom(one, each));
    return { ...each, access: each.access.map((line) => ({ ...line, verdict: judge(line, room) })) };
  });

/** What cannot be kept out of any room: the owner, and roles and bots with Administrator. */
export const bypassing = (rooms: readonly Pick<AuditedRoom, 'access'>[]): readonly RoomAccess[] => {
  const all = rooms
    .flatMap(({ access }) => access)
    .filter(({ may, who }) => may.includes('bypass') && who.kind !== 'hearth');
  return [...new Map(all.map((line) => [keyOf(line.who), line])).values()];
};

/** Names whoever it is about, among all others of the server. */
export const keyOf = (who: Who): string => {
  if (who.kind === 'role') return `role ${who.id}`;
  return who.kind === 'person' || who.kind === 'bot' ? `account ${who.account}` : who.kind;
};

/** The rooms of a cohort as they stand, and what holds for their server. */
export interface CohortAudit extends Omit<RoomsAudit, 'rooms'> {
  readonly cohort: Cohort;
  readonly rooms: readonly JudgedRoom[];
}

/** All groups of a server. */
export interface ServerAudit extends Omit<RoomsAudit, 'rooms'> {
  readonly cohorts: readonly CohortAudit[];
}
