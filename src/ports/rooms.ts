/** Rooms and messages as they stand in Discord. Every method tolerates that something is missing, and says so. */
import type { Announcement, Board } from '../core/board.ts';
import type { RoomsAudit } from '../core/room-access.ts';
import type { RepairKind } from '../core/room-repair.ts';
import type { Room, RoomId, RoomKind } from '../core/rooms.ts';
import type { RoomRef, StandingMessage } from './store.ts';

/** What became of an attempt: `gone` when the room or message is no longer there, `forbidden` when a right is missing. */
export type Attempt<Value = null> =
  | { readonly did: 'done'; readonly value: Value }
  | { readonly did: 'gone' }
  | { readonly did: 'forbidden'; readonly missing: readonly string[] };

/**
 * What is said once, however often it is tried with the same id. `again` after an attempt that may have worked: then it is
 * looked for from `since` on before it is said. `others` are messages in which something else was said, if in the same
 * words.
 */
export interface Once {
  readonly id: string;
  readonly since: Date;
  readonly again: boolean;
  readonly others: readonly string[];
}

/** Told of a room as soon as it exists; `number` of the pair whose room it is. */
export type Found = (kind: RoomKind, channelId: string, number?: number) => Promise<void>;

/** A room that is made, or changed where it differs. */
export interface RoomChanged {
  readonly room: RoomId;
  /** Hash of the state in which it was found; missing when it did not stand. */
  readonly was?: string;
  /** Hash of the state to which it is brought. */
  readonly becomes: string;
  readonly differs: readonly RepairKind[];
}

/** Told before a room is changed, and after it was. */
export interface Changing {
  before(change: RoomChanged): Promise<void>;
  after(change: RoomChanged): Promise<void>;
}

export interface Rooms {
  /**
   * Makes what stands in Discord equal to what is desired, with the fewest calls. `found` is called as soon as a room
   * exists, before anything else is done, so that a crash leaves no room unknown.
   */
  bring(
    guildId: string,
    desired: readonly Room[],
    known: readonly RoomRef[],
    found: Found,
    changing?: Changing,
  ): Promise<Attempt>;
  /** The hash of what a board would show: equal hashes need no call. */
  face(board: Board): string;
  /**
   * Posts the board, or edits the message that stands; one message however often it is called. A message that somebody
   * deleted is posted anew; `gone` says that the room is.
   */
  show(board: Board, standing: StandingMessage): Promise<Attempt<{ readonly messageId: string }>>;
  /** Takes a message of Hearth's own away; one that is gone already is taken away. */
  takeAway(channelId: string, messageId: string): Promise<Attempt>;
  /**
   * Asks Discord for an invitation to watch something together in a voice room; undefined when it gives none, which is
   * ordinary.
   */
  inviteToWatch(channelId: string): Promise<{ readonly address: string } | undefined>;
  /**
   * Who gets into the rooms that stand, and why; of those who are named there only what the rooms themselves say, unless
   * `closely`, which takes a call each. Undefined for a server that Hearth is not in.
   */
  auditOf(guildId: string, known: readonly RoomRef[], closely: boolean): Promise<RoomsAudit | undefined>;
  /**
   * Takes away what leads into a room from outside, as far as Hearth may: invitations that are not its own, and webhooks.
   * How many of each.
   */
  shut(
    guildId: string,
    channelId: string,
  ): Promise<{ readonly invitations: number; readonly webhooks: number }>;
  /** Says something in a room, once however often it is called with the same id. */
  say(
    channelId: string,
    announcement: Announcement,
    once: Once,
  ): Promise<Attempt<{ readonly messageId: string }>>;
}
