/** People of a server, asked of Discord one by one and remembered for a moment: no gateway is needed for it. */
import {
  type APIGuild,
  type APIGuildMember,
  PermissionFlagsBits as Bit,
  type REST,
  Routes,
} from 'discord.js';
import { MINUTE } from '../../core/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Members } from '../../ports/members.ts';
import { insist } from './insist.ts';

/** A name that was changed is shown as it was for so long. */
const REMEMBERED = 5 * MINUTE;
/** Most names that are remembered; the oldest is forgotten first. */
const MOST_REMEMBERED = 5_000;

const MAY_MANAGE = Bit.ManageGuild | Bit.Administrator;

/** The status of HTTP for what is not there. */
const NOT_FOUND = 404;

const orNothing = async <Value>(ask: () => Promise<Value>): Promise<Value | undefined> => {
  try {
    return await insist(ask);
  } catch (cause) {
    if (cause instanceof Error && Reflect.get(cause, 'status') === NOT_FOUND) return undefined;
    throw cause;
  }
};

const nameIn = ({ nick, user }: APIGuildMember): string => nick ?? user.global_name ?? user.username;

/** The port, over Discord's REST; the token must have been set. */
export const discordMembers = (rest: REST, clock: Clock): Members => {
  const known = new Map<string, { readonly name: string; readonly until: number }>();
  const member = (guildId: string, account: string) =>
    // Discord's documented answer of this route.
    orNothing(async () => (await rest.get(Routes.guildMember(guildId, account))) as APIGuildMember);
  const remember = (key: string, name: string): void => {
    known.delete(key);
    known.set(key, { name, until: clock.now().getTime() + REMEMBERED });
    const [oldest] = known.keys();
    if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
  };
  const nameOf = async (guildId: string, account: string): Promise<string | undefined> => {
    const key = `${guildId} ${account}`;
    const before = known.get(key);
    if (before && before.until > clock.now().getTime()) return before.name;
    const found = await member(guildId, account);
    if (found) remember(key, nameIn(found));
    return found && nameIn(found);
  };
  return {
    names: async (guildId, accounts) => {
      const each = [...new Set(accounts)];
      const names = await Promise.all(each.map((account) => nameOf(guildId, account)));
      return new Map(
        each.flatMap((account, index) => {
          const name = names[index];
          return name === undefined ? [] : [[account, name] as const];
        }),
      );
    },
    manages: async (guildId, account) => {
      const [guild, found] = await Promise.all([
        // Discord's documented answer of this route.
        orNothing(async () => (await rest.get(Routes.guild(guildId))) as APIGuild),
        member(guildId, account),
      ]);
      if (!guild || !found) return false;
      const borne = new Set([guildId, ...found.roles]);
      return (
        guild.owner_id === account ||
        guild.roles.some(({ id, permissions }) => borne.has(id) && (BigInt(permissions) & MAY_MANAGE) !== 0n)
      );
    },
  };
};
