/** Hearth in Discord, from the first connection to the last answer. */
import { type CloseEvent, Events } from 'discord.js';
import type { Entry } from '../../command.ts';
import type { Attachments } from '../../ports/attachments.ts';
import type { AutoModerationRules } from '../../ports/auto-moderation.ts';
import type { CalendarEvents } from '../../ports/calendar-events.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DiscordSignIn } from '../../ports/discord-sign-in.ts';
import type { Floor } from '../../ports/floor.ts';
import type { Log } from '../../ports/log.ts';
import type { Members } from '../../ports/members.ts';
import type { Messenger } from '../../ports/messenger.ts';
import type { Presence } from '../../ports/presence.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { World } from '../../ports/world.ts';
import { discordAttachments } from './attachments.ts';
import { discordAutoModeration, watchAutoModeration } from './auto-moderation.ts';
import { discordCalendarEvents } from './bring-events.ts';
import type { IsTaken } from './bring-rooms.ts';
import {
  type Connected,
  callOnly,
  closedSentence,
  type Login,
  logIn,
  makeClient,
  type Shards,
} from './client.ts';
import { discordFloor } from './floor.ts';
import { type Handling, handleInteractions } from './interactions.ts';
import { managesServer } from './manages-server.ts';
import { discordMembers } from './members.ts';
import { discordMessenger, type NoticeWording } from './messenger.ts';
import { invitationOf } from './permissions.ts';
import { discordPresence, type PresenceHooks, watchPresence } from './presence.ts';
import { registerCommands } from './register-commands.ts';
import { discordRooms, type Wording } from './rooms.ts';
import { discordSignIn } from './sign-in.ts';
import { type CallGateway, callGateway } from './voice-gateway.ts';
import { watchEvents } from './watch-events.ts';
import { watchRights } from './watch-rights.ts';
import { watchRooms } from './watch-rooms.ts';

export interface DiscordParts {
  /** Discord's REST address without the version. */
  readonly apiUrl: string;
  readonly wording: Wording & NoticeWording;
  readonly clock: Clock;
  readonly log: Log;
  readonly isTaken: IsTaken;
  /** Who is in a voice room of a server that this process does not see. */
  readonly elsewhere: Presence['inRoom'];
  /** The shards of this process; all of them when missing. */
  readonly shards?: Shards | undefined;
  /** Id of the application in which people watch together; Discord's own when missing. */
  readonly watchTogether?: string | undefined;
  /** Of the application; without it nobody signs in on pages. */
  readonly clientSecret?: string | undefined;
  readonly signInBack?: () => string;
}

/** What Discord tells of without being asked; called from the first connection on. */
export interface DiscordHooks extends PresenceHooks {
  /** Somebody changed or deleted a channel by hand. */
  touched(guildId: string, channelId: string): void;
  /** Roles or settings of a server, or ways into its rooms, are not as they were. */
  rightsTouched(guildId: string): void;
  /** AutoMod rules of a server, or its rooms, are not as they were. */
  moderationTouched(guildId: string): void;
  /** An event in the server's calendar, in this voice room, is not as it was. */
  eventTouched(channelId: string): void;
  /** Discord has closed the connection for good, with the sentence that says why. */
  lost(sentence: string): void;
}

export interface StartParts {
  readonly token: string;
  readonly world: World;
  readonly commands: readonly Entry[];
  readonly hooks: DiscordHooks;
}

export type DiscordStart =
  | {
      readonly ok: true;
      /** Where an admin invites the bot with exactly what it needs. */
      readonly invitation: string;
      /** Whether Discord had to be told of the commands. */
      readonly registered: boolean;
    }
  /** What is wrong, and what to do, in one sentence. */
  | { readonly ok: false; readonly sentence: string };

export interface Discord {
  /** Usable at once: it waits until the connection stands. */
  readonly rooms: Rooms;
  readonly messenger: Messenger;
  /** Usable from the moment at which a connection or calls begin. */
  readonly members: Members;
  readonly floor: Floor;
  readonly autoModeration: AutoModerationRules;
  readonly signIn: DiscordSignIn;
  readonly calendarEvents: CalendarEvents;
  readonly presence: Presence;
  /** By which calls are asked for. */
  readonly calls: CallGateway;
  readonly attachments: Attachments;
  start(parts: StartParts): Promise<DiscordStart>;
  /** Instead of a start: rooms can be brought and filled, and the gateway never hears of this process. */
  call(token: string): Promise<DiscordStart>;
  /** Answers what has arrived, and disconnects. */
  stop(): Promise<void>;
}

const starting = async (
  login: Login,
  commands: readonly Entry[] | undefined,
  connect: (client: Connected) => void,
): Promise<DiscordStart> => {
  if (!login.ok) return login;
  const registered = commands !== undefined && (await registerCommands(login.client, commands));
  connect(login.client);
  return { ok: true, invitation: invitationOf(login.client.application.id), registered };
};

/** The adapter, not yet connected: its ports can be handed out before anything else exists. */
export const openDiscord = ({ apiUrl, wording, clock, log, ...parts }: DiscordParts): Discord => {
  const client = makeClient(apiUrl, parts.shards);
  const presence = discordPresence(client, parts.elsewhere);
  const connection = Promise.withResolvers<Connected>();
  // Whoever waits for it hears of it; when nobody does, it is no fault that it never came.
  connection.promise.catch(() => undefined);
  let handling: Handling | undefined;
  client.on(Events.Error, (cause) => void log.fault('discord', cause));
  client.on(Events.ShardError, (cause) => void log.fault('gateway', cause));
  return {
    rooms: discordRooms({
      connected: connection.promise,
      wording,
      clock,
      isTaken: parts.isTaken,
      inside: presence.inRoom,
      watchTogether: parts.watchTogether,
    }),
    attachments: discordAttachments(apiUrl),
    floor: discordFloor(connection.promise),
    autoModeration: discordAutoModeration(connection.promise),
    messenger: discordMessenger({ connected: connection.promise, wording }),
    members: discordMembers(client.rest, clock),
    signIn: discordSignIn({
      apiUrl,
      secret: parts.clientSecret,
      back: parts.signInBack ?? (() => ''),
      connected: connection.promise,
    }),
    calendarEvents: discordCalendarEvents({ connected: connection.promise, clock }),
    presence,
    calls: callGateway(client),
    start: async ({ token, world, commands, hooks }) => {
      const isOurs = (guildId: string): boolean => client.guilds.cache.has(guildId);
      const manages = managesServer(client);
      handling = handleInteractions(client, { world, commands, rest: client.rest, isOurs, manages });
      watchPresence(client, hooks);
      watchRooms(client, hooks.touched);
      watchEvents(client, hooks.eventTouched);
      watchRights(client, hooks.rightsTouched);
      watchAutoModeration(client, hooks.moderationTouched);
      client.on(Events.ShardDisconnect, ({ code }: CloseEvent) => hooks.lost(closedSentence(code)));
      return starting(await logIn(client, token, apiUrl), commands, connection.resolve);
    },
    call: async (token) => starting(await callOnly(client, token, apiUrl), undefined, connection.resolve),
    stop: async () => {
      await handling?.finish();
      connection.reject(new Error('Hearth has stopped'));
      await client.destroy();
    },
  };
};
