/**
 * What our words mean in Discord's permission bits, and the least that Hearth itself must hold.
 *
 * Who may be in a room is said by overwrites for people, never by roles: a role stands on its bearer's profile, where
 * the whole server would read who is in which group.
 */
import { PermissionFlagsBits as Bit } from 'discord-api-types/v10';
import { MANAGE_SERVER } from '../../core/auto-moderation.ts';
import { isVoice, type Right, type Room, type RoomKind } from '../../core/rooms.ts';

/** What a channel grants and denies to a role (0) or a person (1). */
export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

type Bits = Pick<Overwrite, 'allow' | 'deny'>;

const READ = Bit.ViewChannel | Bit.ReadMessageHistory;
const WRITE = READ | Bit.SendMessages;
const SPEAK = WRITE | Bit.Connect | Bit.Speak | Bit.Stream | Bit.UseVAD;

const IN_CATEGORY: Bits = { allow: Bit.ViewChannel, deny: 0n };
const IN_TEXT: Readonly<Record<Right, Bits>> = {
  read: { allow: READ, deny: Bit.SendMessages },
  listen: { allow: READ, deny: Bit.SendMessages },
  speak: { allow: READ, deny: Bit.SendMessages },
  join: { allow: WRITE, deny: 0n },
  lead: { allow: WRITE | Bit.ManageMessages, deny: 0n },
};
const IN_VOICE: Readonly<Record<Right, Bits>> = {
  read: { allow: READ, deny: Bit.SendMessages | Bit.Connect },
  listen: { allow: READ | Bit.Connect, deny: Bit.SendMessages | Bit.Speak },
  speak: { allow: READ | Bit.Connect | Bit.Speak | Bit.UseVAD, deny: Bit.SendMessages },
  join: { allow: SPEAK, deny: 0n },
  lead: { allow: SPEAK | Bit.ManageMessages | Bit.MuteMembers | Bit.MoveMembers, deny: 0n },
};

/** The bits of a right in a kind of room. */
export const bitsOf = (kind: RoomKind, right: Right): Bits => {
  if (kind === 'category') return IN_CATEGORY;
  return isVoice(kind) ? IN_VOICE[right] : IN_TEXT[right];
};

/** Without these nobody is in a room. */
const HIDDEN = Bit.ViewChannel | Bit.Connect;

/**
 * Ways in which what happens in a room could leave it: invitations, members' own apps (recorders, for one), voice
 * messages, sounds of other servers, and threads that staff would not see.
 */
const WITHHELD =
  Bit.CreateInstantInvite |
  Bit.UseExternalApps |
  Bit.SendVoiceMessages |
  Bit.UseSoundboard |
  Bit.CreatePublicThreads |
  Bit.CreatePrivateThreads;

/** What the bot does itself: makes rooms, opens and closes them, and keeps its cards in them. */
const DEEDS = Bit.ManageChannels | Bit.ManageRoles | WRITE | Bit.EmbedLinks;

const RIGHTS: readonly Bits[] = [
  IN_CATEGORY,
  ...[IN_TEXT, IN_VOICE].flatMap((rights) => Object.values<Bits>(rights)),
];
const GRANTED = RIGHTS.reduce((all, { allow, deny }) => all | allow | deny, HIDDEN);

/** What the bot must hold in a server: Discord lets nobody grant or deny a bit that they do not hold. */
export const REQUIRED = DEEDS | GRANTED;

/** What the bot must hold in a room to keep it. */
export const NEEDED_IN_ROOM = DEEDS | Bit.Connect;

/** What the bot must hold in a room to say or show something in it. */
export const NEEDED_TO_WRITE = WRITE | Bit.EmbedLinks;

/** What the bot must hold in a room to put its times into the server's calendar. */
export const NEEDED_FOR_EVENTS = Bit.CreateEvents | Bit.ViewChannel | Bit.Connect;

const ROOMS = REQUIRED | WITHHELD;

/** What the invitation asks for; never ADMINISTRATOR. A server that withholds events has its rooms all the same. */
export const INVITED = ROOMS | NEEDED_FOR_EVENTS;

/** Bits that an overwrite may carry; only an administrator may set the right to manage permissions. */
const IN_ROOMS = ROOMS & ~(Bit.ManageRoles | Bit.ManageChannels);

/** Bits that whoever holds this may set in an overwrite: to set the right to manage permissions takes an administrator. */
export const changeable = (held: bigint): bigint =>
  (held & Bit.Administrator) === 0n ? held & ~Bit.ManageRoles : ~0n;

/** The names, as Discord shows them, of the required bits that are not held. */
export const missingFrom = (held: bigint, required: bigint = REQUIRED): readonly string[] => {
  if ((held & Bit.Administrator) !== 0n) return [];
  return Object.entries(Bit)
    .filter(([, bit]) => (required & ~held & bit) !== 0n)
    .map(([name]) => (name === 'ManageGuild' ? MANAGE_SERVER : name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')));
};

/**
 * Not asked for; where a server gives them, Hearth finds webhooks in its rooms, and takes them away, and is told at once
 * who was given which role.
 */
const WELCOME = Bit.ManageWebhooks | Bit.ViewAuditLog;

/** Names of what is held and not needed; never that of Administrator, which is told by itself. */
export const moreThanNeeded = (held: bigint): readonly string[] =>
  missingFrom(0n, held & ~(INVITED | WELCOME | Bit.Administrator));

/** Who is asking, and where: the server's id is also that of its @everyone role. */
export interface Bot {
  readonly guildId: string;
  readonly account: string;
  /** What the bot holds in the server. */
  readonly held: bigint;
}

/** The overwrites of a room: everybody shut out, the bot itself let in, and each guest by name. */
export const overwritesOf = (room: Room, bot: Bot): readonly Overwrite[] => {
  const held = (bot.held & Bit.Administrator) === 0n ? bot.held : INVITED;
  return [
    { id: bot.guildId, type: 0, allow: 0n, deny: (HIDDEN | WITHHELD) & held },
    // Everything that is granted or denied in the rooms: what the bot lacked in a room it could not give there.
    { id: bot.account, type: 1, allow: IN_ROOMS & held, deny: 0n },
    ...room.guests
      .filter(({ account }) => account !== bot.account)
      .map(({ account, right }) => ({ id: account, type: 1 as const, ...bitsOf(room.kind, right) })),
  ];
};

/** The address at which an admin invites the bot with exactly what it needs. */
export const invitationOf = (applicationId: string): string => {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: INVITED.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
};
