/** Keeps how running a command, or asking it for completions, is held against the command as registered. */
import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { RunBody } from '../check/interaction.ts';
import { reporting } from '../check/schema.ts';
import { refuse } from '../errors.ts';
import { BITS, canView, channelPermissions, has } from '../permissions.ts';
import type { UploadedFile } from '../rest/route.ts';
import { type ReadOptions, readOptions } from './options.ts';
import { type Entity, type Place, resolvedOf } from './resolve.ts';
import { keepSent, sentRules, withSent } from './sent-files.ts';
import type { Started } from './started.ts';

const isOfferedHere = (command: APIApplicationCommand, { guild }: Place): boolean => {
  if (command.guild_id !== undefined) return command.guild_id === guild?.id;
  if (command.contexts) return command.contexts.includes(guild ? 0 : 1);
  return guild !== null || command.dm_permission !== false;
};

const theCommand = (place: Place, data: RunBody['data']): APIApplicationCommand => {
  const command = place.world.commands.get(data.id);
  const isIt =
    command?.application_id === place.bot.id && command.name === data.name && command.type === data.type;
  if (!isIt || !isOfferedHere(command, place)) throw refuse('unknownCommand');
  return command;
};

/** Default permissions: those named must all be held; "0" leaves the command to administrators. */
const requireMayRun = (place: Place, { default_member_permissions: wanted }: APIApplicationCommand): void => {
  if (!place.guild || wanted == null) return;
  const held = channelPermissions(place.world, place.channel, place.person.id);
  const needed = BigInt(wanted) === 0n ? BITS.ADMINISTRATOR : BigInt(wanted);
  if (!has(held, needed)) throw refuse('missingPermissions');
};

const optionsOf = (
  place: Place,
  command: APIApplicationCommand,
  body: RunBody,
  files: readonly UploadedFile[],
): ReadOptions =>
  reporting((report) => {
    const at = report.at('data').at('options');
    sentRules(body, files, report.at('data'));
    return readOptions(place, command.options ?? [], body.data.options ?? [], body.type === 4, at);
  });

/** What a menu command was opened on: a person or a message that can be seen here. */
const targetOf = (place: Place, body: RunBody): Entity[] => {
  const { type, target_id: id } = body.data;
  if (type === 1) return [];
  const user = type === 2 ? place.world.users.get(id ?? '') : undefined;
  if (user) return [{ kind: 'user', it: user }];
  const message = type === 3 ? place.world.messages.get(place.channel.id)?.get(id ?? '') : undefined;
  const isSeen = canView(place.world, place.channel, place.person.id) && message?.onlyFor === null;
  if (message && isSeen) return [{ kind: 'message', it: message }];
  throw refuse(type === 2 ? 'unknownUser' : 'unknownMessage');
};

/** Reads the running of a command (type 2) or a wish for completions (type 4). */
export const run = (place: Place, body: RunBody, files: readonly UploadedFile[]): Started => {
  const command = theCommand(place, body.data);
  requireMayRun(place, command);
  const { options, entities, focusedType } = optionsOf(place, command, body, files);
  const target = targetOf(place, body);
  const sent = keepSent(place, body, files);
  const attached = [...sent.values()].map((it): Entity => ({ kind: 'attachment', it }));
  const resolved = resolvedOf(place, [...entities, ...target, ...attached]);
  return {
    origin:
      body.type === 2 ? { type: 2, commandType: command.type } : { type: 4, optionType: focusedType ?? 0 },
    message: null,
    metadata: (base) => ({ ...base, type: 2 }),
    data: {
      id: command.id,
      name: command.name,
      type: command.type,
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      ...(body.data.target_id == null ? {} : { target_id: body.data.target_id }),
      ...(options.length > 0 ? { options: withSent(options, sent) } : {}),
      ...(resolved ? { resolved } : {}),
    },
  };
};
