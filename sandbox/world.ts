/** Keeps everything that stands in the sandbox: plain values in Maps, and the way events leave it. */
import type {
  APIApplicationCommand,
  APIAttachment,
  APIEmbed,
  APIMessage,
  APIMessageReference,
  APIMessageTopLevelComponent,
} from 'discord-api-types/v10';
import type { Clock } from './clock.ts';
import type { Snowflake } from './snowflake.ts';

export type { Snowflake } from './snowflake.ts';

/** An account, a person's or a bot's. `token` is without the "Bot " prefix. */
export type User = {
  readonly id: Snowflake;
  readonly username: string;
  readonly globalName: string | null;
  readonly bot: boolean;
  readonly token: string;
  /** A person who takes no direct messages from people and bots. */
  dmsClosed: boolean;
};

/** A bot's application; in the sandbox its id is also the id of its bot user, as in Discord since 2016. */
export type Application = {
  readonly id: Snowflake;
  readonly name: string;
  /** Which privileged intents are switched on. */
  readonly privileged: { members: boolean; presences: boolean; messageContent: boolean };
  /** The client secret, with which it exchanges codes. */
  readonly secret: string;
  /** Addresses to which people may be sent back, each exactly. */
  readonly redirects: Set<string>;
};

/** What somebody may let an application know of them. */
export type Scope = 'identify' | 'email' | 'guilds';

/** What somebody granted to an application until a moment (ms since the epoch). */
export type Grant = {
  readonly applicationId: Snowflake;
  readonly userId: Snowflake;
  readonly scopes: readonly Scope[];
  readonly expiresAt: number;
};

/** A grant on its way: the code is exchanged once, by whoever knows what the challenge was made of. */
export type CodeGrant = Grant & { readonly redirectUri: string; readonly challenge: string | null };

/** A role; the @everyone role has the guild's id. `botId` marks the managed role of a bot. */
export type Role = {
  readonly id: Snowflake;
  name: string;
  permissions: bigint;
  position: number;
  color: number;
  hoist: boolean;
  mentionable: boolean;
  readonly botId: Snowflake | null;
};

/** A user's membership in a guild; times are ms since the epoch. */
export type Member = {
  readonly userId: Snowflake;
  nick: string | null;
  roles: Set<Snowflake>;
  readonly joinedAt: number;
  mute: boolean;
  deaf: boolean;
  timeoutUntil: number | null;
};

/** Where a member is connected; server mute and deaf live on the member. */
export type VoiceState = {
  readonly userId: Snowflake;
  channelId: Snowflake;
  sessionId: string;
  selfMute: boolean;
  selfDeaf: boolean;
  selfVideo: boolean;
  selfStream: boolean;
};

/** What a channel grants and denies to a role (0) or a member (1). */
export type Overwrite = { readonly id: Snowflake; readonly type: 0 | 1; allow: bigint; deny: bigint };

/** What only threads have. */
export type Thread = {
  readonly ownerId: Snowflake;
  readonly members: Map<Snowflake, number>;
  readonly createdAt: number;
  archived: boolean;
  archivedAt: number;
  locked: boolean;
  invitable: boolean;
  autoArchiveMinutes: number;
};

/** A guild channel, a thread (its parent is its channel) or, with `guildId` null, a direct message. */
export type Channel = {
  readonly id: Snowflake;
  readonly guildId: Snowflake | null;
  readonly type: 0 | 1 | 2 | 4 | 12;
  name: string;
  topic: string | null;
  parentId: Snowflake | null;
  position: number;
  overwrites: Map<Snowflake, Overwrite>;
  nsfw: boolean;
  slowmodeSeconds: number;
  userLimit: number;
  bitrate: number;
  rtcRegion: string | null;
  videoQuality: 1 | 2;
  /** What is shown under a voice channel's name. */
  voiceStatus: string | null;
  lastMessageId: Snowflake | null;
  lastPinAt: number | null;
  readonly thread: Thread | null;
  /** The two people of a direct message; empty elsewhere. */
  readonly recipients: readonly Snowflake[];
};

/** A message; `onlyFor` makes it ephemeral: seen by that user's sessions alone and in no history. */
export type Message = {
  readonly id: Snowflake;
  readonly channelId: Snowflake;
  readonly authorId: Snowflake;
  readonly type: number;
  readonly sentAt: number;
  editedAt: number | null;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: APIAttachment[];
  flags: number;
  tts: boolean;
  /** Null while it is not pinned. */
  pinnedAt: number | null;
  readonly nonce: string | number | null;
  mentions: Mentions;
  readonly reference: APIMessageReference | null;
  readonly applicationId: Snowflake | null;
  /** Set on answers to interactions. */
  readonly interaction: APIMessage['interaction_metadata'] | null;
  readonly onlyFor: Snowflake | null;
};

/** Whom a message really pings, after allowed_mentions and permissions. */
export type Mentions = { everyone: boolean; users: Snowflake[]; roles: Snowflake[] };

/** A way into a guild. */
export type Invite = {
  readonly code: string;
  readonly guildId: Snowflake;
  readonly channelId: Snowflake;
  readonly inviterId: Snowflake;
  readonly createdAt: number;
  readonly maxAgeSeconds: number;
  readonly maxUses: number;
  readonly temporary: boolean;
  /** Roles that whoever accepts it is given. */
  readonly roleIds: readonly Snowflake[];
  /** The activity to which it leads in a voice channel. */
  readonly activityId: Snowflake | null;
  uses: number;
};

/** How often a scheduled event recurs, in the form of the wire. */
export type Recurrence = {
  readonly start: string;
  readonly end: null;
  readonly frequency: number;
  readonly interval: number;
  readonly by_weekday: readonly number[] | null;
  readonly by_n_weekday: readonly { readonly n: number; readonly day: number }[] | null;
  readonly by_month: readonly number[] | null;
  readonly by_month_day: readonly number[] | null;
  readonly by_year_day: null;
  readonly count: null;
};

/** An event in a guild's calendar; exactly one of `channelId` and `location` is set. */
export type ScheduledEvent = {
  readonly id: Snowflake;
  readonly guildId: Snowflake;
  readonly creatorId: Snowflake;
  readonly name: string;
  readonly description: string | null;
  readonly channelId: Snowflake | null;
  readonly location: string | null;
  readonly startsAt: number;
  readonly endsAt: number | null;
  /** 1 scheduled, 2 active, 3 completed, 4 cancelled. */
  readonly status: 1 | 2 | 3 | 4;
  readonly recurrence: Recurrence | null;
  /** Who is interested. */
  readonly interested: ReadonlySet<Snowflake>;
};

/** What AutoMod does when a rule is met, in the form of the wire. */
export type AutoModerationAction =
  | { readonly type: 1; readonly metadata: { readonly custom_message?: string } }
  | { readonly type: 2; readonly metadata: { readonly channel_id: Snowflake } }
  | { readonly type: 3; readonly metadata: { readonly duration_seconds: number } };

/** What an AutoMod rule looks for; which of it is set hangs on the trigger type. */
export type AutoModerationTrigger = {
  readonly keyword_filter?: readonly string[];
  readonly regex_patterns?: readonly string[];
  readonly allow_list?: readonly string[];
  readonly presets?: readonly number[];
  readonly mention_total_limit?: number;
  readonly mention_raid_protection_enabled?: boolean;
};

/** An AutoMod rule on messages. */
export type AutoModerationRule = {
  readonly id: Snowflake;
  readonly guildId: Snowflake;
  readonly creatorId: Snowflake;
  readonly name: string;
  readonly enabled: boolean;
  /** 1 keyword, 3 spam, 4 preset, 5 mentions. */
  readonly triggerType: 1 | 3 | 4 | 5;
  readonly trigger: AutoModerationTrigger;
  readonly actions: readonly AutoModerationAction[];
  readonly exemptRoles: readonly Snowflake[];
  readonly exemptChannels: readonly Snowflake[];
};

/** One line of a guild's audit log. */
export type AuditEntry = {
  readonly id: Snowflake;
  readonly action: number;
  readonly actorId: Snowflake;
  readonly targetId: Snowflake | null;
  readonly reason: string | null;
  readonly changes: readonly { key: string; old_value?: unknown; new_value?: unknown }[];
  /** What some kinds of entries tell beside, in the form of the wire: all texts. */
  readonly options: Readonly<Record<string, string>> | null;
};

/** A guild and everything in it that is not a channel. */
export type Guild = {
  readonly id: Snowflake;
  name: string;
  ownerId: Snowflake;
  readonly roles: Map<Snowflake, Role>;
  readonly members: Map<Snowflake, Member>;
  readonly voiceStates: Map<Snowflake, VoiceState>;
  readonly bans: Map<Snowflake, { reason: string | null }>;
  readonly invites: Map<string, Invite>;
  readonly scheduledEvents: Map<Snowflake, ScheduledEvent>;
  readonly autoModeration: Map<Snowflake, AutoModerationRule>;
  readonly auditLog: AuditEntry[];
  readonly webhooks: Map<Snowflake, Webhook>;
  /** Whether moderators need a second factor. */
  mfaLevel: 0 | 1;
  features: readonly GuildFeature[];
  widgetEnabled: boolean;
};

/** What a guild may have switched on by itself. */
export type GuildFeature = 'COMMUNITY' | 'DISCOVERABLE' | 'INVITES_DISABLED';

/** A way to write into a channel without being a member. */
export type Webhook = {
  readonly id: Snowflake;
  readonly channelId: Snowflake;
  readonly creatorId: Snowflake;
  readonly name: string;
  readonly token: string;
};

/**
 * Who is to receive an event. With `channel` only those who may view it;
 * with `needs` only holders of these bits; with `session` one gateway session alone.
 */
export type Audience =
  | { readonly guild: Snowflake; readonly channel?: Snowflake; readonly needs?: bigint }
  | { readonly users: readonly Snowflake[]; readonly session?: string };

/** An event on its way to the gateway; `data` may depend on who looks and on Message Content being theirs. */
export type Dispatch = {
  readonly type: string;
  readonly to: Audience;
  readonly data: object | ((viewer: User, readsContent: boolean) => object);
};

/** The whole state of one sandbox. Channels and messages of all guilds (and direct messages) stand in one Map each. */
export type World = {
  readonly clock: Clock;
  newId(): Snowflake;
  /** Where the server is to be found, without a path: 'http://127.0.0.1:1234'. */
  origin: string;
  readonly users: Map<Snowflake, User>;
  readonly applications: Map<Snowflake, Application>;
  readonly guilds: Map<Snowflake, Guild>;
  readonly channels: Map<Snowflake, Channel>;
  /** By channel id, then by message id, oldest first. */
  readonly messages: Map<Snowflake, Map<Snowflake, Message>>;
  /** Bytes of attachments by attachment id; only an address that bears the `secret` leads to them. */
  readonly files: Map<Snowflake, { name: string; type: string; bytes: Uint8Array; secret: string }>;
  /** By command id; a guild command has `guild_id`. */
  readonly commands: Map<Snowflake, APIApplicationCommand>;
  /** What people have granted: by code while it is exchanged, and then by bearer token. */
  readonly grants: { readonly codes: Map<string, CodeGrant>; readonly bearers: Map<string, Grant> };
  /** Gateway sessions that are connected (or may still resume), by session id. */
  readonly sessions: Map<string, { readonly userId: Snowflake }>;
  /** Sends an event to every session that may have it. */
  emit(dispatch: Dispatch): void;
};
