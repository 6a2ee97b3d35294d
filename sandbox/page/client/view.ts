/** What a person's window has in sight: what people see by the gateway, and besides it members, voice and calendars. */
import type { GatewayEvent } from '../../people/packet.ts';
import { newSight, type Room, type Sight, see } from '../../people/sight.ts';
import type { CalendarEvent, Member, Message, Role, User, VoiceState } from './wire.ts';

/** A server. */
export type Server = {
  readonly id: string;
  name: string;
  readonly ownerId: string;
  readonly members: Map<string, Member>;
  readonly roles: Map<string, Role>;
  readonly voice: Map<string, VoiceState>;
  readonly events: Map<string, CalendarEvent>;
};

/** Everything in sight. */
export type View = {
  readonly sight: Sight;
  readonly servers: Map<string, Server>;
  /** People of direct messages, by room. */
  readonly partners: Map<string, User>;
  readonly topics: Map<string, string>;
  readonly statuses: Map<string, string>;
  /** How many messages came into a room that was not open. */
  readonly unread: Map<string, number>;
  readonly dismissed: Set<string>;
  open: string | null;
};

/** Nothing in sight yet. */
export const newView = (): View => ({
  sight: newSight(),
  servers: new Map(),
  partners: new Map(),
  topics: new Map(),
  statuses: new Map(),
  unread: new Map(),
  dismissed: new Set(),
  open: null,
});

type Wire = { readonly [key: string]: unknown };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
// The server sends these whole, in the forms that `wire.ts` names.
const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as T[]) : []);
const whole = <T>(wire: Wire): T => wire as unknown as T;

const keepRoom = (view: View, wire: Wire): void => {
  const id = text(wire['id']);
  view.topics.set(id, text(wire['topic']));
  const [partner] = listOf<User>(wire['recipients']);
  if (partner) view.partners.set(id, partner);
};

const enter = (view: View, wire: Wire): void => {
  const id = text(wire['id']);
  view.servers.set(id, {
    id,
    name: text(wire['name']),
    ownerId: text(wire['owner_id']),
    members: new Map(listOf<Member>(wire['members']).map((it) => [it.user.id, it])),
    roles: new Map(listOf<Role>(wire['roles']).map((it) => [it.id, it])),
    voice: new Map(listOf<VoiceState>(wire['voice_states']).map((it) => [it.user_id, it])),
    events: new Map(listOf<CalendarEvent>(wire['guild_scheduled_events']).map((it) => [it.id, it])),
  });
  for (const room of listOf<Wire>(wire['channels'])) keepRoom(view, room);
};

const begin = (view: View, wire: Wire): void => {
  view.servers.clear();
  view.partners.clear();
  view.sight.messages.clear();
  for (const room of listOf<Wire>(wire['private_channels'])) keepRoom(view, room);
};

const serverOf = (view: View, wire: Wire): Server | undefined => view.servers.get(text(wire['guild_id']));

const hearMessage = (view: View, wire: Wire): void => {
  const room = text(wire['channel_id']);
  const author = text(Object(wire['author']).id);
  if (room !== view.open && author !== view.sight.userId)
    view.unread.set(room, (view.unread.get(room) ?? 0) + 1);
};

const hearVoice = (view: View, wire: Wire): void => {
  const voice = serverOf(view, wire)?.voice;
  if (wire['channel_id'] === null) voice?.delete(text(wire['user_id']));
  else voice?.set(text(wire['user_id']), whole(wire));
};

const hearEvent = (view: View, wire: Wire): void =>
  void serverOf(view, wire)?.events.set(text(wire['id']), whole(wire));

const hearMember = (view: View, wire: Wire): void => {
  const user = whole<Member>(wire).user;
  const members = serverOf(view, wire)?.members;
  members?.set(user.id, { ...members.get(user.id), ...whole<Member>(wire) });
};

const hearRole = (view: View, wire: Wire): void => {
  const role = wire['role'] as Role | undefined;
  if (role) serverOf(view, wire)?.roles.set(role.id, role);
};

const loseRoom = (view: View, wire: Wire): void => {
  const id = text(wire['id']);
  view.unread.delete(id);
  for (const { voice } of view.servers.values())
    for (const state of voice.values()) if (state.channel_id === id) voice.delete(state.user_id);
};

const hearing: { readonly [type: string]: (view: View, wire: Wire) => void } = {
  READY: begin,
  GUILD_CREATE: enter,
  GUILD_DELETE: (view, wire) => void view.servers.delete(text(wire['id'])),
  CHANNEL_CREATE: keepRoom,
  CHANNEL_UPDATE: keepRoom,
  CHANNEL_DELETE: loseRoom,
  MESSAGE_CREATE: hearMessage,
  VOICE_STATE_UPDATE: hearVoice,
  GUILD_SCHEDULED_EVENT_CREATE: hearEvent,
  GUILD_SCHEDULED_EVENT_UPDATE: hearEvent,
  GUILD_SCHEDULED_EVENT_DELETE: (view, wire) => void serverOf(view, wire)?.events.delete(text(wire['id'])),
  GUILD_MEMBER_ADD: hearMember,
  GUILD_MEMBER_UPDATE: hearMember,
  GUILD_MEMBER_REMOVE: (view, wire) =>
    void serverOf(view, wire)?.members.delete(text(Object(wire['user']).id)),
  GUILD_ROLE_CREATE: hearRole,
  GUILD_ROLE_UPDATE: hearRole,
  GUILD_ROLE_DELETE: (view, wire) => void serverOf(view, wire)?.roles.delete(text(wire['role_id'])),
  VOICE_CHANNEL_STATUS_UPDATE: (view, wire) => void view.statuses.set(text(wire['id']), text(wire['status'])),
};

/** Takes an event into what is in sight. */
export const look = (view: View, event: GatewayEvent): void => {
  see(view.sight, event);
  hearing[event.type]?.(view, Object(event.data));
};

/** Ids are numbers without leading zeros: the longer one is the greater one. */
const byAge = (a: Message, b: Message): number => a.id.length - b.id.length || (a.id < b.id ? -1 : 1);

/** The messages of a room, oldest first. */
export const messagesIn = ({ sight, dismissed }: View, room: string): readonly Message[] =>
  [...sight.messages.values()].filter((it) => it.channel_id === room && !dismissed.has(it.id)).sort(byAge);

const shown = (user: User): string => user.global_name ?? user.username;

/** How somebody is called in a server. */
export const nameOf = (view: View, id: string, guildId: string | null): string => {
  const member = guildId === null ? undefined : view.servers.get(guildId)?.members.get(id);
  if (member) return member.nick ?? shown(member.user);
  const partner = [...view.partners.values()].find((it) => it.id === id);
  return partner ? shown(partner) : 'unknown person';
};

/** How the author of a message is called. */
export const authorOf = (view: View, { author, channel_id }: Message): string => {
  const guildId = view.sight.rooms.get(channel_id)?.guildId ?? null;
  const member = guildId === null ? undefined : view.servers.get(guildId)?.members.get(author.id);
  return member?.nick ?? shown(author);
};

/** How a room is called. */
export const roomName = (view: View, room: Room): string => {
  const partner = view.partners.get(room.id);
  return partner ? shown(partner) : room.name;
};

/** Where one is in voice oneself. */
export const ownVoice = ({ servers, sight }: View): VoiceState | undefined =>
  [...servers.values()].flatMap(({ voice }) => voice.get(sight.userId) ?? [])[0];
