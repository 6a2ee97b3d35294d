/** Keeps the registered commands of an application: making, replacing and finding them. */
import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';
import { type CommandBody, MOST_COMMANDS } from '../check/command.ts';
import { withoutNulls } from '../check/schema.ts';
import { ApiError, invalid, refuse } from '../errors.ts';
import type { Snowflake, World } from '../world.ts';
import { ledgerOf } from './ledger.ts';

/** Where commands are registered: everywhere (null) or in one guild, for one application. */
export type Scope = { readonly applicationId: Snowflake; readonly guildId: Snowflake | null };

const DAY = 24 * 60 * 60_000;
const MOST_A_DAY = 200;

/** The commands of a scope, oldest first. */
export const commandsIn = (world: World, { applicationId, guildId }: Scope): APIApplicationCommand[] =>
  [...world.commands.values()].filter(
    (it) => it.application_id === applicationId && (it.guild_id ?? null) === guildId,
  );

const countCreation = (world: World, scope: Scope): void => {
  const { creations } = ledgerOf(world);
  const key = `${scope.applicationId}/${scope.guildId ?? ''}`;
  const recent = (creations.get(key) ?? []).filter((at) => world.clock.now() - at < DAY);
  if (recent.length >= MOST_A_DAY) throw refuse('tooManyCommandsADay');
  creations.set(key, [...recent, world.clock.now()]);
};

const permissionText = (value: string | number | null | undefined): string | null =>
  value == null ? null : BigInt(value).toString();

/** What only commands that stand in every guild have. */
const everywhere = (body: CommandBody) => ({
  dm_permission: body.dm_permission ?? true,
  contexts: body.contexts ?? null,
  integration_types: body.integration_types ?? [0],
});

const made = (scope: Scope, body: CommandBody, id: Snowflake, version: Snowflake): APIApplicationCommand => ({
  id,
  version,
  application_id: scope.applicationId,
  type: body.type ?? 1,
  name: body.name,
  name_localizations: body.name_localizations ?? null,
  description: body.description ?? '',
  description_localizations: body.description_localizations ?? null,
  default_member_permissions: permissionText(body.default_member_permissions),
  nsfw: body.nsfw ?? false,
  ...(scope.guildId === null ? everywhere(body) : { guild_id: scope.guildId }),
  // The options were read by the same rules that Discord's types describe; only their nulls are taken out.
  ...(body.options?.length ? { options: withoutNulls(body.options) as APIApplicationCommandOption[] } : {}),
});

const requireRoom = (world: World, scope: Scope, type: 1 | 2 | 3): void => {
  const most = MOST_COMMANDS[type];
  if (commandsIn(world, scope).filter((it) => it.type === type).length >= most)
    throw new ApiError(400, 30032, `Maximum number of application commands reached (${most})`);
};

const twinOf = (world: World, scope: Scope, body: CommandBody): APIApplicationCommand | undefined =>
  commandsIn(world, scope).find((it) => it.name === body.name && it.type === (body.type ?? 1));

/** Registers a command; one of the same name and type is replaced. Throws 400/30034 after 200 creations a day. */
export const putCommand = (
  world: World,
  scope: Scope,
  body: CommandBody,
): { command: APIApplicationCommand; isNew: boolean } => {
  const twin = twinOf(world, scope, body);
  if (!twin) {
    requireRoom(world, scope, body.type ?? 1);
    countCreation(world, scope);
  }
  const command = made(scope, body, twin?.id ?? world.newId(), twin?.version ?? world.newId());
  const isSame = twin !== undefined && JSON.stringify(twin) === JSON.stringify(command);
  const kept = isSame ? twin : { ...command, version: world.newId() };
  world.commands.set(kept.id, kept);
  return { command: kept, isNew: !twin };
};

/** Replaces the command with an id by a changed one, whose name no other may have. */
export const changeCommand = (
  world: World,
  scope: Scope,
  id: Snowflake,
  body: CommandBody,
): APIApplicationCommand => {
  const twin = twinOf(world, scope, body);
  if (twin && twin.id !== id)
    throw invalid(
      ['name'],
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
      'Application command names must be unique',
    );
  const command = made(scope, body, id, world.newId());
  world.commands.set(id, command);
  return command;
};

/** Replaces every command of a scope; one of the same name and type keeps its id. */
export const replaceCommands = (
  world: World,
  scope: Scope,
  bodies: readonly CommandBody[],
): APIApplicationCommand[] => {
  const kept = new Set(bodies.map((body) => twinOf(world, scope, body)?.id));
  for (const it of commandsIn(world, scope)) if (!kept.has(it.id)) world.commands.delete(it.id);
  return bodies.map((body) => putCommand(world, scope, body).command);
};
