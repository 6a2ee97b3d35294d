/**
 * What must be done in Discord so that the rooms that stand become the rooms that are desired, with the fewest calls.
 *
 * A room that is known and stands is changed where it differs, in one call. One that is not known is looked for before
 * it is made: when Hearth was stopped between making a room and remembering it, the room stands without an owner.
 */
import { createHash } from 'node:crypto';
import { ChannelType } from 'discord-api-types/v10';
import { type Room, type RoomId, type RoomKind, sameRoom } from '../../core/rooms.ts';
import type { RoomRef } from '../../ports/store.ts';
import { type Bot, type Overwrite, overwritesOf } from './permissions.ts';

/** A channel of the server as it stands. */
export interface ActualRoom {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly parentId: string | null;
  /** 0 for no limit, and where there are no seats. */
  readonly userLimit: number;
  readonly overwrites: readonly Overwrite[];
}

export type RoomType = ChannelType.GuildCategory | ChannelType.GuildText | ChannelType.GuildVoice;

export interface WantedRoom extends RoomId {
  readonly type: RoomType;
  readonly name: string;
  readonly userLimit: number;
  readonly overwrites: readonly Overwrite[];
  /** Kept while it stands, but not made. */
  readonly idle?: true;
}

/** What differs of a room; `parent` when it must be put under the category. */
export interface RoomChange {
  readonly name?: string;
  readonly userLimit?: number;
  readonly overwrites?: readonly Overwrite[];
  /** To be set before those, because they carry what Hearth may take away and not change. */
  readonly first?: readonly Overwrite[];
  readonly parent?: true;
}

/** One room: `standing` is missing when it must be made, `change` when nothing differs. */
export interface RoomStep {
  readonly wanted: WantedRoom;
  readonly standing?: string;
  /** Stood already, and nobody knew it. */
  readonly found: boolean;
  readonly change?: RoomChange;
  /** Hash of the state in which it stands, when it does. */
  readonly was?: string;
  /** Hash of the state to which it is to be brought. */
  readonly becomes: string;
}

/** Everything that is kept of a room, as one hash; `placed` when it stands under its category. */
const faceOf = (
  { name, userLimit, overwrites }: Pick<ActualRoom, 'name' | 'userLimit' | 'overwrites'>,
  placed: boolean,
): string => {
  const lines = overwrites.map(({ id, allow, deny }) => `${id} ${allow} ${deny}`).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([name, userLimit, placed, lines]))
    .digest('hex');
};

const TYPES: Readonly<Record<RoomKind, RoomType>> = {
  category: ChannelType.GuildCategory,
  welcome: ChannelType.GuildText,
  group: ChannelType.GuildText,
  voice: ChannelType.GuildVoice,
  staff: ChannelType.GuildText,
  'one-to-one': ChannelType.GuildText,
  'one-to-one-voice': ChannelType.GuildVoice,
  'check-voice': ChannelType.GuildVoice,
  'aside-voice': ChannelType.GuildVoice,
};

/** A room of ours in Discord's terms. */
export const wantedRoom = (room: Room, bot: Bot): WantedRoom => ({
  kind: room.kind,
  ...(room.number !== undefined && { number: room.number }),
  ...(room.idle && { idle: room.idle }),
  type: TYPES[room.kind],
  // Discord takes blanks away; a name that never came out as wanted would be changed for ever.
  name: room.name.trim().replace(/\s+/g, ' '),
  userLimit: room.seats ?? 0,
  overwrites: overwritesOf(room, bot),
});

const sameOverwrites = (some: readonly Overwrite[], others: readonly Overwrite[]): boolean =>
  some.length === others.length &&
  some.every((one) =>
    others.some(({ id, allow, deny }) => id === one.id && allow === one.allow && deny === one.deny),
  );

/**
 * Discord lets nobody change a bit that they do not hold, and refuses the whole change then. An overwrite that carries one
 * can be taken away as a whole; but without that of everybody the room would stand open for a moment, and without its own
 * Hearth would be shut out: in these two such bits stay as somebody set them.
 */
const reachable = (
  { overwrites }: WantedRoom,
  actual: ActualRoom,
  { account, mayChange = ~0n }: Pick<RoomsAround, 'account' | 'mayChange'>,
): Pick<RoomChange, 'overwrites' | 'first'> & { readonly overwrites: readonly Overwrite[] } => {
  const standing = new Map(actual.overwrites.map((each) => [each.id, each]));
  const strangeIn = ({ id }: Overwrite, side: 'allow' | 'deny'): bigint =>
    (standing.get(id)?.[side] ?? 0n) & ~mayChange;
  const isStrange = (each: Overwrite): boolean => (strangeIn(each, 'allow') | strangeIn(each, 'deny')) !== 0n;
  const stays = ({ id, type }: Overwrite): boolean => type === 0 || id === account;
  const wanted = overwrites.map((each) =>
    stays(each) && isStrange(each)
      ? { ...each, allow: each.allow | strangeIn(each, 'allow'), deny: each.deny | strangeIn(each, 'deny') }
      : each,
  );
  const first = wanted.filter((each) => stays(each) || !isStrange(each));
  return { overwrites: wanted, ...(first.length < wanted.length && { first }) };
};

const changeOf = (
  wanted: WantedRoom,
  actual: ActualRoom,
  parent: string | undefined,
  { overwrites, first }: ReturnType<typeof reachable>,
): RoomChange | undefined => {
  const change: RoomChange = {
    ...(wanted.name === actual.name ? {} : { name: wanted.name }),
    ...(wanted.userLimit === actual.userLimit ? {} : { userLimit: wanted.userLimit }),
    ...(sameOverwrites(overwrites, actual.overwrites) ? {} : { overwrites, ...(first && { first }) }),
    ...(wanted.kind === 'category' || actual.parentId === parent ? {} : { parent: true as const }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
};

/** Made by us and remembered by nobody: it bears our own overwrite, under the very category, by the very name. */
const isOrphan =
  (wanted: WantedRoom, parent: string | null, account: string) =>
  ({ type, name, parentId, overwrites }: ActualRoom): boolean =>
    type === wanted.type &&
    name === wanted.name &&
    parentId === parent &&
    overwrites.some(({ id }) => id === account);

/** What is known beside the rooms themselves. */
export interface RoomsAround {
  readonly actual: readonly ActualRoom[];
  readonly known: readonly RoomRef[];
  /** Channels that belong to others. */
  readonly taken: ReadonlySet<string>;
  readonly account: string;
  /** Bits that Hearth may set in an overwrite; all, when missing. */
  readonly mayChange?: bigint;
}

const findRoom = (
  wanted: WantedRoom,
  { actual, known, taken, account }: RoomsAround,
  category: string | undefined,
): Pick<RoomStep, 'found'> & { readonly room?: ActualRoom } => {
  const ref = known.find((each) => sameRoom(each, wanted));
  const own = actual.find(({ id, type }) => id === ref?.channelId && type === wanted.type);
  if (own) return { room: own, found: false };
  if (wanted.kind !== 'category' && category === undefined) return { found: false };
  const orphan = isOrphan(wanted, wanted.kind === 'category' ? null : (category ?? null), account);
  const free = ({ id }: ActualRoom): boolean =>
    !taken.has(id) && !known.some(({ channelId }) => channelId === id);
  const room = actual.find((candidate) => free(candidate) && orphan(candidate));
  return room ? { room, found: true } : { found: false };
};

/** One step a room, the category first; none for a room that does not stand and that nobody needs now. */
export const planRooms = (wanted: readonly WantedRoom[], around: RoomsAround): readonly RoomStep[] => {
  const ordered = wanted.toSorted((a, b) => Number(b.kind === 'category') - Number(a.kind === 'category'));
  let category: string | undefined;
  return ordered.flatMap((want) => {
    const { room, found } = findRoom(want, around, category);
    if (want.idle && !room) return [];
    if (want.kind === 'category') category = room?.id;
    const reach = room && reachable(want, room, around);
    const change = room && reach && changeOf(want, room, category, reach);
    const placed = want.kind === 'category' || room?.parentId === category;
    return [
      {
        wanted: want,
        found,
        becomes: faceOf({ ...want, ...reach }, true),
        ...(room ? { standing: room.id, was: faceOf(room, placed) } : {}),
        ...(change ? { change } : {}),
      },
    ];
  });
};
