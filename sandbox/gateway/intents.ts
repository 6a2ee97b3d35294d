/** Keeps which intent each gateway event needs, as Discord's list of intents states it. */

const GUILDS = 1 << 0;
const GUILD_MEMBERS = 1 << 1;
const GUILD_MODERATION = 1 << 2;
const GUILD_WEBHOOKS = 1 << 5;
const GUILD_INVITES = 1 << 6;
const GUILD_VOICE_STATES = 1 << 7;
const GUILD_PRESENCES = 1 << 8;
const GUILD_MESSAGES = 1 << 9;
const GUILD_MESSAGE_REACTIONS = 1 << 10;
const GUILD_MESSAGE_TYPING = 1 << 11;
const DIRECT_MESSAGES = 1 << 12;
const DIRECT_MESSAGE_REACTIONS = 1 << 13;
const DIRECT_MESSAGE_TYPING = 1 << 14;
const MESSAGE_CONTENT = 1 << 15;
const GUILD_SCHEDULED_EVENTS = 1 << 16;
const AUTO_MODERATION_CONFIGURATION = 1 << 20;
const AUTO_MODERATION_EXECUTION = 1 << 21;

/** Every bit that an intents value may have. */
const KNOWN = 0b11_0011_0001_1111_1111_1111_1111;

type Needed = { readonly inGuild: number; readonly inDm: number };
const both = (bit: number): Needed => ({ inGuild: bit, inDm: bit });

const families: readonly (readonly [RegExp, Needed])[] = [
  [/^GUILD_MEMBER_/, both(GUILD_MEMBERS)],
  [/^GUILD_(AUDIT_LOG|BAN)_/, both(GUILD_MODERATION)],
  [/^GUILD_SCHEDULED_EVENT_/, both(GUILD_SCHEDULED_EVENTS)],
  [/^(GUILD_(CREATE|UPDATE|DELETE|ROLE_.*)|THREAD_.*|VOICE_CHANNEL_STATUS_UPDATE)$/, both(GUILDS)],
  [/^CHANNEL_(CREATE|UPDATE|DELETE|PINS_UPDATE)$/, { inGuild: GUILDS, inDm: DIRECT_MESSAGES }],
  [/^WEBHOOKS_UPDATE$/, both(GUILD_WEBHOOKS)],
  [/^INVITE_/, both(GUILD_INVITES)],
  [/^VOICE_STATE_UPDATE$/, both(GUILD_VOICE_STATES)],
  [/^PRESENCE_UPDATE$/, both(GUILD_PRESENCES)],
  [/^MESSAGE_REACTION_/, { inGuild: GUILD_MESSAGE_REACTIONS, inDm: DIRECT_MESSAGE_REACTIONS }],
  [/^MESSAGE_/, { inGuild: GUILD_MESSAGES, inDm: DIRECT_MESSAGES }],
  [/^TYPING_START$/, { inGuild: GUILD_MESSAGE_TYPING, inDm: DIRECT_MESSAGE_TYPING }],
  [/^AUTO_MODERATION_RULE_/, both(AUTO_MODERATION_CONFIGURATION)],
  [/^AUTO_MODERATION_ACTION_/, both(AUTO_MODERATION_EXECUTION)],
];

/** Whether an event passes these intents; an event that no intent covers always does. */
export const passes = (intents: number, type: string, inGuild: boolean): boolean => {
  const family = families.find(([pattern]) => pattern.test(type));
  if (!family) return true;
  const needed = inGuild ? family[1].inGuild : family[1].inDm;
  return (intents & needed) !== 0;
};

/** Whether an intents value has only bits that mean something. */
export const areIntents = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && (value & ~KNOWN) === 0;

/** Whether these intents ask for what only a switched-on application may have. */
export const asksTooMuch = (
  intents: number,
  on: { members: boolean; presences: boolean; messageContent: boolean },
): boolean =>
  ((intents & GUILD_MEMBERS) !== 0 && !on.members) ||
  ((intents & GUILD_PRESENCES) !== 0 && !on.presences) ||
  ((intents & MESSAGE_CONTENT) !== 0 && !on.messageContent);

/** Whether these intents bring all members and their presences with a guild. */
export const bringsMembers = (intents: number): boolean => (intents & GUILD_PRESENCES) !== 0;

/** Whether these intents let all members of a guild be requested. */
export const mayListMembers = (intents: number): boolean => (intents & GUILD_MEMBERS) !== 0;

/** Whether these intents let a bot read what others write. */
export const readsContent = (intents: number): boolean => (intents & MESSAGE_CONTENT) !== 0;
