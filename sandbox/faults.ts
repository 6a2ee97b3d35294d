// Keeps what can be made to go wrong: refused and slow calls, broken sockets, and meddling people.
import { removeChannel } from './changes/channels.ts';
import { removeMember } from './changes/members.ts';
import { removeMessage } from './changes/messages.ts';
import { ApiError } from './errors.ts';
import type { Gateway } from './gateway/gateway.ts';
import { RateLimited } from './rate-limits.ts';
import type { Route } from './route.ts';
import type { Transcript } from './transcript.ts';
import type { Snowflake, User, World } from './world.ts';

/** Which calls a fault hits: of one account, of one route ("POST /channels/:channel/messages"); `times` bounds it. */
export type Aim = { readonly who?: Snowflake; readonly route?: string; readonly times: number };

/** When a call fails: with nothing done, or with everything done and only the answer lost. */
export type Moment = 'before' | 'after';

/** What the REST side asks before it answers. */
export type RestFaults = {
  delayOf(route: Route, actor: User | null): number;
  /** Throws when the call is to fail at this moment: before its work is done, or after. */
  fail(route: Route, actor: User | null, moment: Moment): void;
};

/** What one can make to go wrong; times are milliseconds. */
export type Faults = RestFaults & {
  /** Answers 429 to the next calls. */
  rateLimit(aim: Aim & { readonly retryAfterMs: number; readonly global?: boolean }): void;
  /** Answers 500 (or another 5xx) to the next calls; 'after' does their work all the same. */
  serverError(aim: Aim & { readonly status?: number; readonly moment?: Moment }): void;
  /** Makes the next calls wait before anything is done. */
  slow(aim: Aim & { readonly ms: number }): void;
  /** Cuts the sockets of an account; a session that is not resumable is forgotten. */
  drop(userId: Snowflake, options?: { readonly resumable: boolean }): void;
  /** Tells an account's sessions that they are invalid (opcode 9). */
  invalidateSession(userId: Snowflake, options?: { readonly resumable: boolean }): void;
  /** Asks an account's clients to reconnect (opcode 7). */
  requestReconnect(userId: Snowflake): void;
  /** Lets an account's sockets stand open in silence for a time: no event, no heartbeat answered. */
  hang(userId: Snowflake, ms: number): void;
  closeDms(userId: Snowflake): void;
  openDms(userId: Snowflake): void;
  /** A member leaves by itself. */
  leave(guildId: Snowflake, userId: Snowflake): void;
  /** Somebody deletes a channel by hand. */
  deleteChannel(channelId: Snowflake): void;
  /** Somebody deletes a message by hand. */
  deleteMessage(channelId: Snowflake, messageId: Snowflake): void;
  /** Takes back every fault on calls that has not been used up. */
  clear(): void;
};

type Armed = Aim & { left: number; readonly name: string };

const hits = (armed: Armed, route: Route, actor: User | null): boolean =>
  armed.left > 0 &&
  (armed.who === undefined || armed.who === actor?.id) &&
  (armed.route === undefined || armed.route === `${route.method} ${route.path}`);

const unknown = (what: string, id: Snowflake): never => {
  throw new Error(`no ${what} ${id} in the sandbox`);
};

/** Starts with nothing going wrong. */
export const startFaults = (world: World, gateway: Gateway, transcript: Transcript): Faults => {
  let errors: (Armed & { readonly moment: Moment; readonly make: () => ApiError })[] = [];
  let delays: (Armed & { readonly ms: number })[] = [];
  const note = (fault: string, detail: unknown) =>
    transcript.addFault({ at: world.clock.now(), fault, detail });
  const userOf = (id: Snowflake): User => world.users.get(id) ?? unknown('account', id);

  const arm = (name: string, aim: Aim): Armed => ({ ...aim, name, left: aim.times });
  const happen = (armed: Armed, route: Route, actor: User | null) => {
    armed.left -= 1;
    note(armed.name, { route: `${route.method} ${route.path}`, who: actor?.id ?? null, left: armed.left });
  };
  const meddle = (name: string, detail: object, act: () => void) => {
    note(name, detail);
    act();
  };
  return {
    delayOf(route, actor) {
      const delay = delays.find((armed) => hits(armed, route, actor));
      if (delay) happen(delay, route, actor);
      return delay?.ms ?? 0;
    },
    fail(route, actor, moment) {
      const error = errors.find((armed) => armed.moment === moment && hits(armed, route, actor));
      if (!error) return;
      happen(error, route, actor);
      throw error.make();
    },
    rateLimit(aim) {
      const make = () => new RateLimited(aim.retryAfterMs, aim.global ? 'global' : 'user');
      errors.push({ ...arm('429', aim), moment: 'before', make });
    },
    serverError(aim) {
      const { status = 500, moment = 'before' } = aim;
      const make = () => new ApiError(status, 0, `${status}: Server Error`);
      errors.push({ ...arm(String(status), aim), moment, make });
    },
    slow(aim) {
      delays.push({ ...arm('slow', aim), ms: aim.ms });
    },
    drop: (userId, options = { resumable: true }) =>
      meddle('drop', { userId, ...options }, () => gateway.drop(userId, options.resumable)),
    invalidateSession: (userId, options = { resumable: false }) =>
      meddle('invalid session', { userId, ...options }, () => gateway.invalidate(userId, options.resumable)),
    requestReconnect: (userId) => meddle('reconnect', { userId }, () => gateway.askToReconnect(userId)),
    hang: (userId, ms) => meddle('hang', { userId, ms }, () => gateway.hang(userId, ms)),
    closeDms: (userId) =>
      meddle('close DMs', { userId }, () => {
        userOf(userId).dmsClosed = true;
      }),
    openDms: (userId) =>
      meddle('open DMs', { userId }, () => {
        userOf(userId).dmsClosed = false;
      }),
    leave: (guildId, userId) =>
      meddle('leave', { guildId, userId }, () =>
        removeMember(world, world.guilds.get(guildId) ?? unknown('guild', guildId), userId),
      ),
    deleteChannel: (channelId) =>
      meddle('delete channel', { channelId }, () => {
        const channel = world.channels.get(channelId) ?? unknown('channel', channelId);
        const guild = world.guilds.get(channel.guildId ?? '') ?? unknown('guild', channel.guildId ?? '');
        removeChannel(world, guild, channel);
      }),
    deleteMessage: (channelId, messageId) =>
      meddle('delete message', { channelId, messageId }, () =>
        removeMessage(world, world.messages.get(channelId)?.get(messageId) ?? unknown('message', messageId)),
      ),
    clear() {
      errors = [];
      delays = [];
    },
  };
};
