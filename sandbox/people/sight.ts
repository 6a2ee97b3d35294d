/** Keeps what a person's client has in sight: rooms, messages, private replies and an open form, all from its gateway. */
import type {
  APIApplicationCommand,
  APIChannel,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { GatewayEvent } from './packet.ts';

/** A room as a person's client knows it. */
export type Room = Pick<APIChannel, 'id' | 'type'> & {
  readonly name: string;
  readonly guildId: string | null;
  readonly parentId: string | null;
  readonly position: number;
};

/** A form that stands open; `interactionId` names it when it is submitted. */
export type Form = APIModalInteractionResponseCallbackData & {
  readonly id: string;
  readonly channel_id: string;
  readonly application: { readonly id: string };
};

/** What a person sees now. */
export type Sight = {
  userId: string;
  sessionId: string;
  readonly guilds: Set<string>;
  readonly rooms: Map<string, Room>;
  readonly messages: Map<string, APIMessage>;
  /** Ephemeral messages, oldest first; one that is gone stays here as it was last seen. */
  readonly replies: APIMessage[];
  form: Form | null;
  /** The voice room one is in. */
  voiceId: string | null;
};

/** An empty sight, before the first event. */
export const newSight = (): Sight => ({
  userId: '',
  sessionId: '',
  guilds: new Set(),
  rooms: new Map(),
  messages: new Map(),
  replies: [],
  form: null,
  voiceId: null,
});

const EPHEMERAL = 1 << 6;

/** Whether only its reader sees a message. */
export const isPrivate = (message: APIMessage): boolean => ((message.flags ?? 0) & EPHEMERAL) !== 0;

type Wire = { readonly [key: string]: unknown };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const items = (value: unknown): readonly Wire[] => (Array.isArray(value) ? value : []);

const roomOf = (wire: Wire, guildId: string | null): Room => ({
  id: text(wire['id']),
  type: Number(wire['type']),
  name: text(wire['name']),
  guildId: typeof wire['guild_id'] === 'string' ? wire['guild_id'] : guildId,
  parentId: typeof wire['parent_id'] === 'string' ? wire['parent_id'] : null,
  position: Number(wire['position'] ?? 0),
});

const addRoom = (sight: Sight, wire: Wire, guildId: string | null = null): void => {
  const room = roomOf(wire, guildId);
  sight.rooms.set(room.id, room);
};

const enterGuild = (sight: Sight, guild: Wire): void => {
  const id = text(guild['id']);
  sight.guilds.add(id);
  for (const it of [...items(guild['channels']), ...items(guild['threads'])]) addRoom(sight, it, id);
  for (const state of items(guild['voice_states']))
    if (state['user_id'] === sight.userId) sight.voiceId = text(state['channel_id']) || null;
};

const loseRoom = (sight: Sight, id: string): void => {
  sight.rooms.delete(id);
  for (const message of sight.messages.values())
    if (message.channel_id === id) sight.messages.delete(message.id);
};

const leaveGuild = (sight: Sight, id: string): void => {
  sight.guilds.delete(id);
  for (const room of sight.rooms.values()) if (room.guildId === id) loseRoom(sight, room.id);
};

/** A new session begins from nothing: what was known of rooms may be long gone. */
const begin = (sight: Sight, ready: Wire): void => {
  sight.guilds.clear();
  sight.rooms.clear();
  sight.voiceId = null;
  sight.userId = text(Object(ready['user']).id);
  sight.sessionId = text(ready['session_id']);
  for (const room of items(ready['private_channels'])) addRoom(sight, room);
};

const addMessage = (sight: Sight, wire: Wire): void => {
  // The gateway sends whole messages, of the form that Discord's types describe.
  const message = { ...sight.messages.get(text(wire['id'])), ...wire } as unknown as APIMessage;
  sight.messages.set(message.id, message);
  if (!isPrivate(message)) return;
  const known = sight.replies.findIndex((reply) => reply.id === message.id);
  if (known >= 0) sight.replies[known] = message;
  else sight.replies.push(message);
};

const changes: { readonly [type: string]: (sight: Sight, wire: Wire) => void } = {
  READY: begin,
  GUILD_CREATE: enterGuild,
  GUILD_DELETE: (sight, wire) => leaveGuild(sight, text(wire['id'])),
  CHANNEL_CREATE: (sight, wire) => addRoom(sight, wire),
  CHANNEL_UPDATE: (sight, wire) => addRoom(sight, wire),
  CHANNEL_DELETE: (sight, wire) => loseRoom(sight, text(wire['id'])),
  THREAD_CREATE: (sight, wire) => addRoom(sight, wire),
  THREAD_UPDATE: (sight, wire) => addRoom(sight, wire),
  THREAD_DELETE: (sight, wire) => loseRoom(sight, text(wire['id'])),
  MESSAGE_CREATE: addMessage,
  MESSAGE_UPDATE: addMessage,
  MESSAGE_DELETE: (sight, wire) => void sight.messages.delete(text(wire['id'])),
  MESSAGE_DELETE_BULK: (sight, wire) => {
    for (const id of Array.isArray(wire['ids']) ? wire['ids'] : []) sight.messages.delete(text(id));
  },
  INTERACTION_MODAL_CREATE: (sight, wire) => {
    // As for messages: this event carries exactly what a form is.
    sight.form = wire as unknown as Form;
  },
  VOICE_STATE_UPDATE: (sight, wire) => {
    if (wire['user_id'] === sight.userId) sight.voiceId = text(wire['channel_id']) || null;
  },
};

/** Takes an event into what is seen. */
export const see = (sight: Sight, { type, data }: GatewayEvent): void => changes[type]?.(sight, Object(data));

/** The commands that a person's client offers at a place. */
export type CommandIndex = { readonly application_commands: readonly APIApplicationCommand[] };
