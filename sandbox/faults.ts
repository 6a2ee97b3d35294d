/** Keeps what can be made to go wrong: refused and slow calls, broken sockets, and meddling people. */
import { removeChannel } from './changes/channels.ts';
import { removeMember } from './changes/members.ts';
import { removeMessage } from './changes/messages.ts';
import type { Gateway } from './gateway/gateway.ts';
import { type NoteFault, type RestFaults, startRestFaults } from './rest/rest-faults.ts';
import type { Transcript } from './transcript.ts';
import type { Snowflake, World } from './world.ts';

/** What can go wrong with an account's gateway; times are milliseconds. */
export type GatewayFaults = {
  /** Cuts the sockets of an account; a session that is not resumable is forgotten. */
  drop(userId: Snowflake, options?: { readonly resumable: boolean }): void;
  /** Tells an account's sessions that they are invalid (opcode 9). */
  invalidateSession(userId: Snowflake, options?: { readonly resumable: boolean }): void;
  /** Asks an account's clients to reconnect (opcode 7). */
  requestReconnect(userId: Snowflake): void;
  /** Lets an account's sockets stand open in silence for a time: no event, no heartbeat answered. */
  hang(userId: Snowflake, ms: number): void;
};

/** What people can do by hand while nobody is looking. */
export type Meddling = {
  closeDms(userId: Snowflake): void;
  openDms(userId: Snowflake): void;
  /** A member leaves by itself. */
  leave(guildId: Snowflake, userId: Snowflake): void;
  deleteChannel(channelId: Snowflake): void;
  deleteMessage(channelId: Snowflake, messageId: Snowflake): void;
};

/** Everything that can be made to go wrong; each fault stands in the transcript when it happens. */
export type Faults = RestFaults & GatewayFaults & Meddling;

const found = <T>(thing: T | undefined, what: string, id: Snowflake): T => {
  if (thing === undefined) throw new Error(`no ${what} ${id} in the sandbox`);
  return thing;
};

const gatewayFaults = (gateway: Gateway, note: NoteFault): GatewayFaults => ({
  drop(userId, { resumable } = { resumable: true }) {
    note('drop', { userId, resumable });
    gateway.drop(userId, resumable);
  },
  invalidateSession(userId, { resumable } = { resumable: false }) {
    note('invalid session', { userId, resumable });
    gateway.invalidate(userId, resumable);
  },
  requestReconnect(userId) {
    note('reconnect', { userId });
    gateway.askToReconnect(userId);
  },
  hang(userId, ms) {
    note('hang', { userId, ms });
    gateway.hang(userId, ms);
  },
});

const meddling = (world: World, note: NoteFault): Meddling => ({
  closeDms(userId) {
    note('close DMs', { userId });
    found(world.users.get(userId), 'account', userId).dmsClosed = true;
  },
  openDms(userId) {
    note('open DMs', { userId });
    found(world.users.get(userId), 'account', userId).dmsClosed = false;
  },
  leave(guildId, userId) {
    note('leave', { guildId, userId });
    removeMember(world, found(world.guilds.get(guildId), 'guild', guildId), userId);
  },
  deleteChannel(channelId) {
    note('delete channel', { channelId });
    const channel = found(world.channels.get(channelId), 'channel', channelId);
    const guildId = channel.guildId ?? 'of a direct message';
    removeChannel(world, found(world.guilds.get(guildId), 'guild', guildId), channel);
  },
  deleteMessage(channelId, messageId) {
    note('delete message', { channelId, messageId });
    removeMessage(world, found(world.messages.get(channelId)?.get(messageId), 'message', messageId));
  },
});

/** Starts with nothing going wrong. */
export const startFaults = (world: World, gateway: Gateway, transcript: Transcript): Faults => {
  const note: NoteFault = (fault, detail) => transcript.addFault({ at: world.clock.now(), fault, detail });
  return { ...startRestFaults(note), ...gatewayFaults(gateway, note), ...meddling(world, note) };
};
