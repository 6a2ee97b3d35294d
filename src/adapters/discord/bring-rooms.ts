/** Makes the rooms of a cohort in Discord what they ought to be. */
import {
  type Guild,
  type GuildMember,
  type OverwriteData,
  type OverwriteType,
  RESTJSONErrorCodes,
} from 'discord.js';
import { isVoice, type Room } from '../../core/rooms.ts';
import type { Attempt, Changing, Found, RoomChanged } from '../../ports/rooms.ts';
import type { RoomRef } from '../../ports/store.ts';
import { attempt, refusedWith } from './attempt.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { missingIn } from './missing-in.ts';
import { type Bot, changeable, missingFrom, NEEDED_IN_ROOM, type Overwrite } from './permissions.ts';
import { planRooms, type RoomChange, type RoomStep, type WantedRoom, wantedRoom } from './plan-rooms.ts';
import { type Inside, putOut } from './put-out.ts';
import { serverNow } from './server-now.ts';
import { standingRooms } from './standing-rooms.ts';

/** Stands in the server's audit log beside everything that was changed. */
const REASON = 'The rooms of a group, as Hearth keeps them';

/** Whether a channel belongs to a cohort already, whichever. */
export type IsTaken = (channelId: string) => Promise<boolean>;

/** What rooms are brought with, beside the connection itself. */
export interface Around {
  readonly isTaken: IsTaken;
  readonly inside: Inside;
}

/** A server in which rooms are being brought. */
interface Site {
  readonly client: Connected;
  readonly guild: Guild;
  readonly inside: Inside;
  readonly found: Found;
  readonly changing: Changing;
}

const overwriteData = (overwrites: readonly Overwrite[]): OverwriteData[] =>
  // Our 0 and 1 are the library's own numbers for a role and a member.
  overwrites.map(({ type, ...rest }) => ({ ...rest, type: type as OverwriteType }));

/** Never insisted on: a room of which the answer was lost is found by the next attempt, not made twice by this one. */
const make = async (guild: Guild, wanted: WantedRoom, category: string | undefined): Promise<string> => {
  const channel = await guild.channels.create({
    name: wanted.name,
    type: wanted.type,
    permissionOverwrites: overwriteData(wanted.overwrites),
    ...(wanted.userLimit > 0 ? { userLimit: wanted.userLimit } : {}),
    ...(category === undefined ? {} : { parent: category }),
    reason: REASON,
  });
  return channel.id;
};

const change = async (
  guild: Guild,
  channelId: string,
  { name, userLimit, overwrites, first, parent }: RoomChange,
  category: string | undefined,
): Promise<void> => {
  const edit = {
    ...(name === undefined ? {} : { name }),
    ...(userLimit === undefined ? {} : { userLimit }),
    ...(overwrites ? { permissionOverwrites: overwriteData(overwrites) } : {}),
    ...(parent && category !== undefined ? { parent: category } : {}),
    reason: REASON,
  };
  if (first) {
    const before = { permissionOverwrites: overwriteData(first), reason: REASON };
    await insist(() => guild.channels.edit(channelId, before));
  }
  await insist(() => guild.channels.edit(channelId, edit));
};

const DIFFERENCES = { overwrites: 'people', name: 'name', parent: 'place', userLimit: 'seats' } as const;

const changedBy = ({ wanted: { kind, number }, was, becomes, change: differing }: RoomStep): RoomChanged => ({
  room: { kind, ...(number !== undefined && { number }) },
  ...(differing && was !== undefined && { was }),
  becomes,
  differs: differing
    ? Object.entries(DIFFERENCES).flatMap(([what, kind]) => (what in differing ? [kind] : []))
    : ['room'],
});

const makeAndTell = async (
  { guild, found, changing }: Site,
  step: RoomStep,
  category: string | undefined,
): Promise<string> => {
  const { change: _gone, ...made } = step;
  await changing.before(changedBy(made));
  const channelId = await make(guild, step.wanted, category);
  await found(step.wanted.kind, channelId, step.wanted.number);
  await changing.after(changedBy(made));
  return channelId;
};

/** Takes one step, and answers with the channel in which the room stands. */
const take = async (site: Site, step: RoomStep, category: string | undefined): Promise<string> => {
  const { standing } = step;
  if (standing === undefined) return makeAndTell(site, step, category);
  if (step.found) await site.found(step.wanted.kind, standing, step.wanted.number);
  if (!step.change) return standing;
  try {
    await site.changing.before(changedBy(step));
    await change(site.guild, standing, step.change, category);
    await site.changing.after(changedBy(step));
    return standing;
  } catch (cause) {
    if (!refusedWith(cause, RESTJSONErrorCodes.UnknownChannel)) throw cause;
    return makeAndTell(site, step, category);
  }
};

/** A room is closed to somebody only when they are no longer in it. */
const takeAndClear = async (...[site, step, category]: Parameters<typeof take>): Promise<string> => {
  const channelId = await take(site, step, category);
  if (isVoice(step.wanted.kind)) await putOut(site.guild, site.inside, channelId, REASON);
  return channelId;
};

/** Takes every step that can be taken: a room that may not be changed keeps no other room from being closed. */
const takeAll = async (site: Site, steps: readonly RoomStep[]): Promise<Attempt> => {
  const missing = new Set<string>();
  let category: string | undefined;
  for (const step of steps) {
    const taken = await attempt(
      () => takeAndClear(site, step, category),
      () => missingIn(site.client, step.standing, NEEDED_IN_ROOM),
    );
    if (taken.did === 'gone') return taken;
    if (taken.did === 'forbidden') for (const right of taken.missing) missing.add(right);
    if (step.wanted.kind !== 'category') continue;
    category = taken.did === 'done' ? taken.value : step.standing;
    if (category === undefined) break;
  }
  return missing.size > 0
    ? { did: 'forbidden', missing: [...missing].toSorted() }
    : { did: 'done', value: null };
};

const asBot = (guild: Guild, me: GuildMember): Bot => ({
  guildId: guild.id,
  account: me.id,
  held: me.permissions.bitfield,
});

/** The rooms that were found and belong to somebody already. */
const takenAmong = async (steps: readonly RoomStep[], isTaken: IsTaken): Promise<ReadonlySet<string>> => {
  const taken = new Set<string>();
  for (const { found, standing } of steps) {
    if (found && standing !== undefined && (await isTaken(standing))) taken.add(standing);
  }
  return taken;
};

const plan = async (
  guild: Guild,
  bot: Bot,
  rooms: { readonly desired: readonly Room[]; readonly known: readonly RoomRef[] },
  isTaken: IsTaken,
): Promise<readonly RoomStep[]> => {
  const wanted = rooms.desired.map((room) => wantedRoom(room, bot));
  const actual = await standingRooms(guild, rooms.known);
  const around = { actual, known: rooms.known, account: bot.account, mayChange: changeable(bot.held) };
  let taken: ReadonlySet<string> = new Set();
  for (;;) {
    const steps = planRooms(wanted, { ...around, taken });
    const more = await takenAmong(steps, isTaken);
    if (more.size === 0) return steps;
    taken = new Set([...taken, ...more]);
  }
};

const SILENT: Changing = { before: async () => undefined, after: async () => undefined };

/** A right that is missing is found before anything is asked of Discord, which counts what it refuses. */
export const bringRooms = async (
  client: Connected,
  { isTaken, inside }: Around,
  {
    guildId,
    desired,
    known,
    found,
    changing = SILENT,
  }: {
    readonly guildId: string;
    readonly desired: readonly Room[];
    readonly known: readonly RoomRef[];
    readonly found: Found;
    readonly changing?: Changing;
  },
): Promise<Attempt> => {
  const server = await serverNow(client, guildId);
  if (!server) return { did: 'gone' };
  const { guild, me } = server;
  const bot = asBot(guild, me);
  const missing = missingFrom(bot.held);
  if (missing.length > 0) return { did: 'forbidden', missing };
  return takeAll(
    { client, guild, inside, found, changing },
    await plan(guild, bot, { desired, known }, isTaken),
  );
};
