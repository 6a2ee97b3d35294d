/** Keeps the routes of one permission overwrite in a channel. */
import { guildOf, theChannelWith } from '../access.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import { changeChannel } from '../changes/channels.ts';
import { parse } from '../check/schema.ts';
import { refuse } from '../errors.ts';
import { overwriteForm, requireOwnBits, toOverwrite } from '../overwrites.ts';
import { BITS } from '../permissions.ts';
import { type Call, noContent, type Route } from '../rest/route.ts';
import type { Channel, Overwrite } from '../world.ts';

const MOST_OVERWRITES = 1000;

const theOverwrittenChannel = (call: Call): Channel => {
  const channel = theChannelWith(call, BITS.MANAGE_ROLES);
  if (channel.thread) throw refuse('wrongChannelType');
  return channel;
};

const note = (call: Call, channel: Channel, action: number, { id, type }: Overwrite): void => {
  const guild = guildOf(call, channel);
  const role = guild.roles.get(id);
  const options = { id, type: String(type), ...(role ? { role_name: role.name } : {}) };
  record(call, guild, { action, targetId: channel.id, options, changes: [{ key: 'id', new_value: id }] });
};

const putOverwrite = (call: Call) => {
  const channel = theOverwrittenChannel(call);
  const guild = guildOf(call, channel);
  const wish = parse(overwriteForm, call.body ?? {});
  const overwrite = toOverwrite(guild, { ...wish, id: call.param('overwrite') });
  if (!overwrite) throw refuse('unknownOverwrite');
  const before = channel.overwrites.get(overwrite.id);
  requireOwnBits(call, guild, overwrite, before);
  if (!before && channel.overwrites.size >= MOST_OVERWRITES) throw refuse('tooManyOverwrites');
  if (before?.allow === overwrite.allow && before.deny === overwrite.deny) return noContent();
  changeChannel(call.world, channel, {
    overwrites: new Map(channel.overwrites).set(overwrite.id, overwrite),
  });
  note(call, channel, before ? ACTION.overwriteUpdate : ACTION.overwriteCreate, overwrite);
  return noContent();
};

const deleteOverwrite = (call: Call) => {
  const channel = theOverwrittenChannel(call);
  const id = call.param('overwrite');
  const overwrite = channel.overwrites.get(id);
  if (!overwrite) throw refuse('unknownOverwrite');
  const overwrites = new Map([...channel.overwrites].filter(([other]) => other !== id));
  changeChannel(call.world, channel, { overwrites });
  note(call, channel, ACTION.overwriteDelete, overwrite);
  return noContent();
};

/** Routes of overwrites. */
export const overwriteRoutes: Route[] = [
  { method: 'PUT', path: '/channels/:channel/permissions/:overwrite', handle: putOverwrite },
  { method: 'DELETE', path: '/channels/:channel/permissions/:overwrite', handle: deleteOverwrite },
];
