/** Keeps how permission overwrites are read from a body, and which of them an actor may set. */
import { requireIn } from './access.ts';
import { type Check, list, maybe, object, oneOf, snowflake } from './check/schema.ts';
import { invalid, refuse } from './errors.ts';
import { ALL, BITS, guildPermissions, has } from './permissions.ts';
import type { Call } from './rest/route.ts';
import type { Channel, Guild, Overwrite, Snowflake } from './world.ts';

/** A permission set as bodies carry it: a decimal string, or a whole number. */
export const permissionBits: Check<string | number> = (value, report) => {
  const fits =
    typeof value === 'number' ? Number.isSafeInteger(value) && value >= 0 : /^\d{1,20}$/.test(String(value));
  if (!fits || (typeof value !== 'string' && typeof value !== 'number'))
    report.add('NUMBER_TYPE_COERCE', `Value ${JSON.stringify(value)} is not int.`);
};

const fields = {
  type: maybe(oneOf(0, 1)),
  allow: maybe(permissionBits),
  deny: maybe(permissionBits),
};

/** Overwrites as channel bodies list them. */
export const overwriteList = list(object({ ...fields, id: snowflake }), { max: 100 });

/** One overwrite whose target the path names; clients repeat it in the body. */
export const overwriteForm = object({ ...fields, id: maybe(snowflake) });

type Wish = {
  readonly id: Snowflake;
  readonly type?: 0 | 1 | null;
  readonly allow?: string | number | null;
  readonly deny?: string | number | null;
};

const typeOf = (guild: Guild, { id, type }: Wish): 0 | 1 | null => {
  const found = guild.roles.has(id) ? 0 : guild.members.has(id) ? 1 : null;
  if (type === undefined || type === null) return found;
  // Discord takes any user's id, also of somebody who is no member (any more).
  return type === (found ?? 1) ? type : null;
};

/** The overwrite that is wished for; null when its target is no role of the guild, and not said to be a user. */
export const toOverwrite = (guild: Guild, wish: Wish): Overwrite | null => {
  const type = typeOf(guild, wish);
  // Bits that nobody has defined are dropped, as Discord drops them.
  const [allow, deny] = [BigInt(wish.allow ?? 0) & ALL, BigInt(wish.deny ?? 0) & ALL];
  return type === null ? null : { id: wish.id, type, allow: allow & ~deny, deny };
};

const changedBits = (overwrite: Overwrite, before: Overwrite | undefined): bigint =>
  (overwrite.allow ^ (before?.allow ?? 0n)) | (overwrite.deny ^ (before?.deny ?? 0n));

/** Refuses (50013) bits that the actor does not have itself; MANAGE_ROLES takes an administrator. */
export const requireOwnBits = (call: Call, guild: Guild, overwrite: Overwrite, before?: Overwrite): void => {
  const own = guildPermissions(call.world, guild, call.actor.id);
  const changed = changedBits(overwrite, before);
  if (!has(own, changed)) throw refuse('missingPermissions');
  if ((changed & BITS.MANAGE_ROLES) !== 0n && !has(own, BITS.ADMINISTRATOR))
    throw refuse('missingPermissions');
};

/** Reads a body's list of overwrites for a channel (or a new one), with everything the actor may not refused. */
export const readOverwrites = (
  call: Call,
  guild: Guild,
  wishes: readonly Wish[],
  channel: Channel | null,
): Map<Snowflake, Overwrite> => {
  if (channel) requireIn(call, channel, BITS.MANAGE_ROLES);
  else if (wishes.length > 0 && !has(guildPermissions(call.world, guild, call.actor.id), BITS.MANAGE_ROLES))
    throw refuse('missingPermissions');
  const overwrites = new Map<Snowflake, Overwrite>();
  for (const [index, wish] of wishes.entries()) {
    const overwrite = toOverwrite(guild, wish);
    if (!overwrite)
      throw invalid(
        ['permission_overwrites', index, 'id'],
        'INVALID_OVERWRITE',
        `No role or member ${wish.id} here.`,
      );
    requireOwnBits(call, guild, overwrite, channel?.overwrites.get(wish.id));
    overwrites.set(wish.id, overwrite);
  }
  return overwrites;
};
