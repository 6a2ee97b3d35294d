/** Keeps the routes by which an application registers its commands, and by which people's clients learn of them. */
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { theGuild, visibleChannel } from '../access.ts';
import { type CommandBody, readCommand, readCommands } from '../check/command.ts';
import { isObject, type Json } from '../check/schema.ts';
import { ApiError, invalid, refuse } from '../errors.ts';
import { type Call, created, noContent, ok, type Route } from '../rest/route.ts';
import { shapeUser } from '../shape/user.ts';
import type { Snowflake } from '../world.ts';
import { changeCommand, commandsIn, putCommand, replaceCommands, type Scope } from './command-store.ts';

/** The scope of the path: one's own application, and a guild that the bot is in when there is one. */
const scopeOf = (call: Call, inGuild: boolean): Scope => {
  const applicationId = call.param('application');
  if (!call.world.applications.has(applicationId)) throw refuse('unknownApplication');
  if (applicationId !== call.actor.id) throw refuse('notAuthorizedForApplication');
  return { applicationId, guildId: inGuild ? theGuild(call).id : null };
};

const theCommand = (call: Call, scope: Scope): APIApplicationCommand => {
  const found = commandsIn(call.world, scope).find((it) => it.id === call.param('command'));
  if (!found) throw refuse('unknownCommand');
  return found;
};

/** Lists leave translations out unless they are asked for. */
const listed = (call: Call, command: APIApplicationCommand): object => {
  if (call.query.get('with_localizations') === 'true') return command;
  const { name_localizations: _, description_localizations: __, ...rest } = command;
  return rest;
};

const SERVER_KEYS = ['id', 'application_id', 'guild_id', 'version'];

/** A patch laid over the command as it stands; a patch may not change what a command is. */
const patched = (command: APIApplicationCommand, patch: unknown): CommandBody => {
  const changes: Json = isObject(patch) ? patch : {};
  for (const key of ['type', 'id'])
    if (key in changes) throw invalid([key], 'UNKNOWN_FIELD', 'This field is not known here.');
  const before = Object.entries(command).filter(([key]) => !SERVER_KEYS.includes(key));
  return readCommand({ ...Object.fromEntries(before), ...changes });
};

const put = (call: Call, scope: Scope) => {
  const { command, isNew } = putCommand(call.world, scope, readCommand(call.body));
  return isNew ? created(command) : ok(command);
};

const remove = (call: Call, scope: Scope) => {
  call.world.commands.delete(theCommand(call, scope).id);
  return noContent();
};

const patch = (call: Call, scope: Scope) => {
  const command = theCommand(call, scope);
  return ok(changeCommand(call.world, scope, command.id, patched(command, call.body)));
};

const routesAt = (path: string, inGuild: boolean): Route[] => {
  const route = (
    method: Route['method'],
    end: string,
    handle: (call: Call, scope: Scope) => ReturnType<typeof put>,
    query: string[] = [],
  ): Route => ({
    method,
    path: path + end,
    query,
    only: 'bots',
    handle: (call: Call) => handle(call, scopeOf(call, inGuild)),
  });
  return [
    route('GET', '', (call, scope) => ok(commandsIn(call.world, scope).map((it) => listed(call, it))), [
      'with_localizations',
    ]),
    route('POST', '', put),
    route('PUT', '', (call, scope) => ok(replaceCommands(call.world, scope, readCommands(call.body)))),
    route('GET', '/:command', (call, scope) => ok(theCommand(call, scope))),
    route('PATCH', '/:command', patch),
    route('DELETE', '/:command', remove),
  ];
};

const INDEX_LIMIT = { requests: 50, windowMs: 1000 };

/** What a person's client is told of the commands that can be run at a place. */
const indexFor = (call: Call, guildId: Snowflake | null) => {
  const bots = [...call.world.applications.keys()].filter(
    (id) => guildId === null || call.world.guilds.get(guildId)?.members.has(id),
  );
  const scopes = bots.flatMap((applicationId) => [
    { applicationId, guildId: null },
    ...(guildId === null ? [] : [{ applicationId, guildId }]),
  ]);
  return ok({
    applications: bots.flatMap((id) => {
      const bot = call.world.users.get(id);
      const application = call.world.applications.get(id);
      return bot && application ? [{ id, name: application.name, bot: shapeUser(bot) }] : [];
    }),
    application_commands: scopes.flatMap((scope) => commandsIn(call.world, scope)),
    version: call.world.newId(),
  });
};

const PERMISSIONS = '/applications/:application/guilds/:guild/commands';

/** Who may use which command is set by people in their guild, never by a bot; here nobody has set anything. */
const permissionRoutes: Route[] = [
  {
    method: 'GET',
    path: `${PERMISSIONS}/permissions`,
    only: 'bots',
    handle: (call) => {
      scopeOf(call, true);
      return ok([]);
    },
  },
  {
    method: 'GET',
    path: `${PERMISSIONS}/:command/permissions`,
    only: 'bots',
    handle: (call) => {
      theCommand(call, scopeOf(call, true));
      throw new ApiError(404, 10066, 'Unknown application command permissions');
    },
  },
  {
    method: 'PUT',
    path: `${PERMISSIONS}/:command/permissions`,
    handle: () => {
      throw refuse('botsNotAllowed');
    },
  },
];

/** Routes about commands. */
export const commandRoutes: Route[] = [
  ...permissionRoutes,
  ...routesAt('/applications/:application/commands', false),
  ...routesAt('/applications/:application/guilds/:guild/commands', true),
  {
    method: 'GET',
    path: '/guilds/:guild/application-command-index',
    limit: INDEX_LIMIT,
    only: 'people',
    handle: (call) => indexFor(call, theGuild(call).id),
  },
  {
    method: 'GET',
    path: '/channels/:channel/application-command-index',
    limit: INDEX_LIMIT,
    only: 'people',
    handle: (call) => indexFor(call, visibleChannel(call, call.param('channel')).guildId),
  },
];
