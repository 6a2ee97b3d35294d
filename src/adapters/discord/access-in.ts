/**
 * Who gets into a channel, by Discord's documented arithmetic of roles and overwrites, as plain facts.
 *
 * Discord tells no bot without a privileged intent who bears a role: so a role is one line, with how many bear it, and only
 * those who are named in a channel are looked at one by one. That loses nobody: whoever sees a channel by several roles
 * sees it by one of them alone.
 */
import { PermissionFlagsBits as Bit, ChannelType } from 'discord-api-types/v10';
import { LEAKS, type Leak, POWERS, type Power, type RoomAccess, type Why } from '../../core/room-access.ts';
import { changeable } from './permissions.ts';
import type { ActualRoom } from './plan-rooms.ts';

export interface RoleNow {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  /** Account of the bot whose very own role it is. */
  readonly bot?: string;
  /** Members who bear it, where that is known. */
  readonly bearers?: number;
}

/** Roles and people of a server; its id is also that of the role of everybody. */
export interface ServerAccess {
  readonly guildId: string;
  readonly ownerId: string;
  /** Account of Hearth itself. */
  readonly hearth: string;
  readonly roles: readonly RoleNow[];
  /** Ids of the roles of those members of whom they are known. */
  readonly rolesOf: ReadonlyMap<string, readonly string[]>;
}

/** Somebody of whom only so much is looked at. */
interface Subject {
  readonly account?: string;
  readonly roles: readonly string[];
}

const ALL = Object.values(Bit).reduce((all, bit) => all | bit, 0n);

const applied = (held: bigint, overwrites: ActualRoom['overwrites']): bigint => {
  const allow = overwrites.reduce((all, each) => all | each.allow, 0n);
  const deny = overwrites.reduce((all, each) => all | each.deny, 0n);
  return (held & ~deny) | allow;
};

/** What somebody with these roles holds in a channel; everything, for the owner and for administrators. */
export const heldIn = (
  { overwrites, type }: ActualRoom,
  { guildId, ownerId, roles }: ServerAccess,
  { account, roles: borne }: Subject,
): bigint => {
  if (account === ownerId) return ALL;
  const base = roles
    .filter(({ id }) => id === guildId || borne.includes(id))
    .reduce((all, { permissions }) => all | permissions, 0n);
  if ((base & Bit.Administrator) !== 0n) return ALL;
  const of = (matches: (id: string) => boolean) => overwrites.filter(({ id }) => matches(id));
  const everyone = applied(
    base,
    of((id) => id === guildId),
  );
  const withRoles = applied(
    everyone,
    of((id) => id !== guildId && borne.includes(id)),
  );
  const held = applied(
    withRoles,
    of((id) => id === account),
  );
  if ((held & Bit.ViewChannel) === 0n) return 0n;
  return type === ChannelType.GuildVoice && (held & Bit.Connect) === 0n ? Bit.ViewChannel : held;
};

const MANAGE = Bit.ManageChannels | Bit.ManageRoles | Bit.ManageWebhooks | Bit.ManageThreads;
const MODERATE = Bit.ManageMessages | Bit.MuteMembers | Bit.DeafenMembers | Bit.MoveMembers;

const OF_POWER: Readonly<Record<Power, bigint>> = {
  see: Bit.ViewChannel,
  connect: Bit.Connect,
  write: Bit.SendMessages,
  moderate: MODERATE,
  manage: MANAGE,
  bypass: Bit.Administrator,
};
const OF_LEAK: Readonly<Record<Leak, bigint>> = {
  invitations: Bit.CreateInstantInvite,
  apps: Bit.UseExternalApps,
  'voice-messages': Bit.SendVoiceMessages,
  sounds: Bit.UseSoundboard,
  threads: Bit.CreatePublicThreads | Bit.CreatePrivateThreads,
};

/** What means nothing in a channel of that type: nobody connects to text, and no thread hangs on a voice room. */
const meaningless = (type: number): bigint => {
  if (type === ChannelType.GuildVoice) return OF_LEAK.threads | Bit.ManageThreads;
  const ofVoice = Bit.Connect | Bit.MuteMembers | Bit.DeafenMembers | Bit.MoveMembers | OF_LEAK.sounds;
  if (type === ChannelType.GuildText) return ofVoice;
  // Nothing happens in a category itself.
  return ~(Bit.ViewChannel | MANAGE | Bit.Administrator);
};

const factsOf = (held: bigint, type: number): Pick<RoomAccess, 'may' | 'leaks'> => {
  const meant = held & ~meaningless(type);
  return {
    may: POWERS.filter((power) => (meant & OF_POWER[power]) !== 0n),
    leaks: LEAKS.filter((leak) => (meant & OF_LEAK[leak]) !== 0n),
  };
};

const isMore = (one: Pick<RoomAccess, 'may' | 'leaks'>, other: Pick<RoomAccess, 'may' | 'leaks'>): boolean =>
  one.may.some((power) => !other.may.includes(power)) ||
  one.leaks.some((leak) => !other.leaks.includes(leak));

const whyOf = (room: ActualRoom, { id, name, permissions }: RoleNow): Why => {
  if ((permissions & Bit.Administrator) !== 0n) return { by: 'administrator', role: name };
  const here = room.overwrites.some((each) => each.id === id && each.allow !== 0n);
  return { by: here ? 'role-here' : 'role', role: name };
};

/** Everybody, and each role that lets its bearers do more than everybody may. */
const roleAccess = (room: ActualRoom, server: ServerAccess): readonly RoomAccess[] => {
  const everyone = factsOf(heldIn(room, server, { roles: [] }), room.type);
  const all: readonly RoomAccess[] =
    everyone.may.length > 0 ? [{ who: { kind: 'everyone' }, ...everyone, why: [{ by: 'everyone' }] }] : [];
  const others = server.roles.filter(({ id, bot }) => id !== server.guildId && bot !== server.hearth);
  return all.concat(
    others.flatMap((role) => {
      const facts = factsOf(heldIn(room, server, { roles: [role.id] }), room.type);
      if (!isMore(facts, everyone)) return [];
      const { id, name, bot, bearers } = role;
      const who =
        bot === undefined
          ? { kind: 'role' as const, id, name, ...(bearers !== undefined && { bearers }) }
          : { kind: 'bot' as const, account: bot, name };
      return [{ who, ...facts, why: [whyOf(room, role)] }];
    }),
  );
};

/** The roles without which somebody who is named there could do less. */
const rolesBehind = (room: ActualRoom, server: ServerAccess, account: string): readonly Why[] => {
  const plain = factsOf(heldIn(room, server, { account, roles: [] }), room.type);
  const borne = server.rolesOf.get(account) ?? [];
  return server.roles
    .filter(({ id }) => borne.includes(id))
    .filter(({ id }) => isMore(factsOf(heldIn(room, server, { account, roles: [id] }), room.type), plain))
    .map((role) => whyOf(room, role));
};

/** What Hearth may set in a room: of rights that it does not hold itself it can take none away. */
const settableBy = ({ guildId, hearth, roles, rolesOf }: ServerAccess): bigint => {
  const borne = rolesOf.get(hearth) ?? [];
  const own = roles.filter(({ id }) => id === guildId || borne.includes(id));
  return changeable(own.reduce((all, { permissions }) => all | permissions, 0n));
};

/** The room without what everybody was given in it that stays. */
const withoutNotHeld = (room: ActualRoom, server: ServerAccess): ActualRoom => {
  const settable = settableBy(server);
  const overwrites = room.overwrites.map((each) =>
    each.id === server.guildId ? { ...each, allow: each.allow & settable } : each,
  );
  return { ...room, overwrites };
};

const personAccess = (room: ActualRoom, server: ServerAccess, account: string): readonly RoomAccess[] => {
  const subject = { account, roles: server.rolesOf.get(account) ?? [] };
  const facts = factsOf(heldIn(room, server, subject), room.type);
  if (facts.may.length === 0) return [];
  const who =
    account === server.hearth ? ({ kind: 'hearth' } as const) : ({ kind: 'person', account } as const);
  const plain = factsOf(heldIn(withoutNotHeld(room, server), server, subject), room.type);
  const notHeld: readonly Why[] = isMore(facts, plain) ? [{ by: 'not-held' }] : [];
  return [{ who, ...facts, why: [{ by: 'named' }, ...rolesBehind(room, server, account), ...notHeld] }];
};

/** Everybody who gets into a channel: the owner, everybody and roles where they do, and whoever is named in it. */
export const accessIn = (room: ActualRoom, server: ServerAccess): readonly RoomAccess[] => {
  const named = room.overwrites.filter(({ type, id }) => type === 1 && id !== server.ownerId);
  return [
    {
      who: { kind: 'person', account: server.ownerId },
      ...factsOf(ALL, room.type),
      why: [{ by: 'owner' as const }],
    },
    ...roleAccess(room, server),
    ...named.flatMap(({ id }) => personAccess(room, server, id)),
  ];
};
