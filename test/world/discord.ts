/** A server kept in memory, for use cases: rooms, messages and voice rooms as values, with nothing of Discord's own rules. */
import { createHash } from 'node:crypto';
import type { ModeratedRooms } from '../../src/core/auto-moderation.ts';
import type { Announcement, Board } from '../../src/core/board.ts';
import type { Notice } from '../../src/core/notice.ts';
import type { RoomsAudit } from '../../src/core/room-access.ts';
import { type Room, type RoomId, type RoomKind, sameRoom } from '../../src/core/rooms.ts';
import type { Attachments } from '../../src/ports/attachments.ts';
import type { AutoModerationRules } from '../../src/ports/auto-moderation.ts';
import type { CalendarEvents, DesiredEvent } from '../../src/ports/calendar-events.ts';
import type { DiscordSignIn } from '../../src/ports/discord-sign-in.ts';
import type { Floor } from '../../src/ports/floor.ts';
import type { Members } from '../../src/ports/members.ts';
import type { Messenger } from '../../src/ports/messenger.ts';
import type { Presence } from '../../src/ports/presence.ts';
import type { Attempt, Rooms } from '../../src/ports/rooms.ts';
import type { RoomRef } from '../../src/ports/store.ts';

export interface StandingRoom extends Room {
  readonly channelId: string;
}

export interface StandingMessage {
  readonly messageId: string;
  readonly channelId: string;
  readonly board: Board;
  /** How often it was posted or edited. */
  readonly shown: number;
}

export interface Said {
  readonly id: string;
  readonly channelId: string;
  readonly announcement: Announcement;
}

/** A notice that arrived: by direct message when it has no room. */
export interface Noticed {
  readonly id: string;
  readonly account: string;
  readonly notice: Notice;
  readonly channelId?: string;
}

/** What a test may look at and arrange. */
export interface MemoryDiscord {
  readonly rooms: Rooms;
  readonly messenger: Messenger;
  readonly members: Members;
  /** Nobody signs in: where that is the story, the sandbox is asked. */
  readonly signIn: DiscordSignIn;
  /** Accounts that may manage the server by their roles. */
  readonly managers: Set<string>;
  /** What people are called, by account. */
  readonly called: Map<string, string>;
  readonly floor: Floor;
  readonly autoModeration: AutoModerationRules;
  /** For what rules hold, since they were last brought. */
  moderated: ModeratedRooms | undefined;
  /** Rooms of the server beside those of a group. */
  otherRooms: number;
  /** Accounts that are muted in the server, wherever they are. */
  readonly muted: Set<string>;
  readonly calendarEvents: CalendarEvents;
  readonly presence: Presence;
  readonly attachments: Attachments;
  /** Files that people sent, by address; what is not there cannot be fetched. */
  readonly files: Map<string, Uint8Array>;
  /** Whether Discord gives invitations to watch together. */
  invites: boolean;
  /** Rooms that stand, by channel. */
  readonly channels: Map<string, StandingRoom>;
  /** Messages that stand, by the id of their standing. */
  readonly messages: Map<string, StandingMessage>;
  readonly said: Said[];
  readonly notices: Noticed[];
  /** Events that stand in the calendar, by their id. */
  readonly events: Map<string, DesiredEvent>;
  /** Accounts that take no direct messages. */
  readonly closedDms: Set<string>;
  /** Accounts in a voice room, by channel. */
  readonly voice: Map<string, readonly string[]>;
  /** Rights that the bot lacks: everything is forbidden while there are any. */
  lacking: readonly string[];
  /** What a look at the rooms finds. */
  audit: RoomsAudit;
  /** Whether the server can be seen at all. */
  seen: boolean;
  /** Accounts that may see a room of that kind; empty when none stands. */
  guests(kind: RoomKind, right?: Room['guests'][number]['right']): readonly string[];
}

const FIRST_ID = 300_000_000_000_000_000n;

/** An empty server. */
export const memoryDiscord = (): MemoryDiscord => {
  let made = 0n;
  const snowflake = (): string => String(FIRST_ID + ++made);
  const forbidden = (): Attempt<never> | undefined =>
    discord.lacking.length > 0 ? { did: 'forbidden', missing: discord.lacking } : undefined;

  const channelOf = (known: readonly RoomRef[], room: RoomId): string | undefined => {
    const ref = known.find((each) => sameRoom(each, room));
    return ref && discord.channels.has(ref.channelId) ? ref.channelId : undefined;
  };

  const rooms: Rooms = {
    shut: async (_guildId, channelId) => {
      const room = discord.audit.rooms.find((each) => each.channelId === channelId);
      return { invitations: room?.invitations ?? 0, webhooks: room?.webhooks ?? 0 };
    },
    async bring(_guildId, desired, known, found) {
      const no = forbidden();
      if (no) return no;
      for (const room of desired) {
        const standing = channelOf(known, room);
        if (room.idle && standing === undefined) continue;
        const channelId = standing ?? snowflake();
        discord.channels.set(channelId, { ...room, channelId });
        await found(room.kind, channelId, room.number);
      }
      return { did: 'done', value: null };
    },
    face: (board) => createHash('sha256').update(JSON.stringify(board)).digest('hex'),
    async show(board, standing) {
      const no = forbidden();
      if (no) return no;
      if (!discord.channels.has(standing.channelId)) return { did: 'gone' };
      const before = discord.messages.get(standing.id);
      const messageId = before?.messageId ?? snowflake();
      const shown = (before?.shown ?? 0) + 1;
      discord.messages.set(standing.id, { messageId, channelId: standing.channelId, board, shown });
      return { did: 'done', value: { messageId } };
    },
    async takeAway(channelId, messageId) {
      const no = forbidden();
      if (no) return no;
      if (!discord.channels.has(channelId)) return { did: 'gone' };
      for (const [id, message] of discord.messages) {
        if (message.messageId === messageId) discord.messages.delete(id);
      }
      return { did: 'done', value: null };
    },
    inviteToWatch: async (channelId) =>
      discord.invites ? { address: `https://discord.gg/watch-${channelId}` } : undefined,
    auditOf: async () => discord.audit,
    async say(channelId, announcement, { id }) {
      const no = forbidden();
      if (no) return no;
      if (!discord.channels.has(channelId)) return { did: 'gone' };
      if (!discord.said.some((each) => each.id === id)) discord.said.push({ id, channelId, announcement });
      return { did: 'done', value: { messageId: snowflake() } };
    },
  };

  const noted = (noticed: Noticed): { did: 'done'; value: { messageId: string } } => {
    if (!discord.notices.some(({ id }) => id === noticed.id)) discord.notices.push(noticed);
    return { did: 'done', value: { messageId: snowflake() } };
  };

  const inRoom: Messenger['mention'] = async (channelId, account, notice, { id }) => {
    const no = forbidden();
    if (no) return no;
    return discord.channels.has(channelId) ? noted({ id, account, notice, channelId }) : { did: 'gone' };
  };

  const messenger: Messenger = {
    direct: async (account, notice, { id }) =>
      discord.closedDms.has(account) ? { did: 'closed' } : noted({ id, account, notice }),
    mention: inRoom,
    aside: inRoom,
  };

  /** As Discord does it: nothing is changed of whoever is in no voice room. */
  const placeOf = (account: string): string | undefined =>
    [...discord.voice].find(([, accounts]) => accounts.includes(account))?.[0];
  const floor: Floor = {
    isMuted: async (_guildId, account) => discord.muted.has(account),
    mute: async (_guildId, account, isMuted) => {
      if (placeOf(account) === undefined) return 'not-in-voice';
      if (isMuted) discord.muted.add(account);
      else discord.muted.delete(account);
      return 'done';
    },
    move: async (_guildId, account, channelId) => {
      const from = placeOf(account);
      if (from === undefined) return 'not-in-voice';
      discord.voice.set(
        from,
        (discord.voice.get(from) ?? []).filter((each) => each !== account),
      );
      discord.voice.set(channelId, [...(discord.voice.get(channelId) ?? []), account]);
      return 'done';
    },
  };

  const calendarEvents: CalendarEvents = {
    async bringEvents(_guildId, desired, known, found, lost) {
      const no = forbidden();
      if (no) return no;
      for (const { occurrenceId, eventId } of known) {
        if (desired.some((each) => each.occurrenceId === occurrenceId)) continue;
        discord.events.delete(eventId);
        await lost(occurrenceId);
      }
      for (const event of desired) {
        const ref = known.find(({ occurrenceId }) => occurrenceId === event.occurrenceId);
        const stands = ref !== undefined && discord.events.has(ref.eventId);
        const eventId = stands ? ref.eventId : snowflake();
        discord.events.set(eventId, event);
        if (!stands) await found(event.occurrenceId, eventId);
      }
      return { did: 'done', value: null };
    },
  };

  const autoModeration: AutoModerationRules = {
    prospect: async () => ({ missing: discord.lacking, otherRooms: discord.otherRooms }),
    bring: async (_guildId, rooms) => {
      const no = forbidden();
      if (no) return no;
      discord.moderated = rooms;
      return { did: 'done', value: [] };
    },
  };

  const discord: MemoryDiscord = {
    rooms,
    messenger,
    floor,
    autoModeration,
    moderated: undefined,
    otherRooms: 0,
    muted: new Set(),
    calendarEvents,
    presence: {
      sees: () => discord.seen,
      inRoom: async (_guildId, channelId) =>
        discord.seen ? (discord.voice.get(channelId) ?? []) : undefined,
    },
    attachments: {
      load: async (address, most) => {
        const bytes = discord.files.get(address);
        if (!bytes) return { did: 'failed', why: 'unreachable' };
        return bytes.length > most ? { did: 'failed', why: 'too-big' } : { did: 'fetched', bytes };
      },
    },
    members: {
      names: async (_guildId, accounts) =>
        new Map(accounts.flatMap((each) => [[each, discord.called.get(each) ?? `Member ${each.slice(-2)}`]])),
      manages: async (_guildId, account) => discord.managers.has(account),
    },
    signIn: {
      address: async () => undefined,
      account: async () => undefined,
    },
    managers: new Set(),
    called: new Map(),
    files: new Map(),
    invites: false,
    channels: new Map(),
    messages: new Map(),
    said: [],
    notices: [],
    events: new Map(),
    closedDms: new Set(),
    voice: new Map(),
    lacking: [],
    audit: { rooms: [], hearth: { administrator: false, missing: [], more: [] }, risks: [] },
    seen: true,
    guests: (kind, right) =>
      [...discord.channels.values()]
        .filter((room) => room.kind === kind)
        .flatMap((room) => room.guests)
        .filter((guest) => right === undefined || guest.right === right)
        .map((guest) => guest.account),
  };
  return discord;
};
