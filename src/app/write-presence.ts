/** Who of a group is in its voice room, and how that is written down. */
import type { Cohort, Roster } from '../core/cohort.ts';
import { leave, observedUntil, type PresenceChange, reconcilePresence } from '../core/presence.ts';
import type { RoomId } from '../core/rooms.ts';
import type { Ids } from '../ports/ids.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Writes what presence rules decided; the endings first, so that nobody is there twice. */
const write = async (
  records: Records,
  ids: Ids,
  sessionId: string,
  change: PresenceChange,
): Promise<void> => {
  for (const { intervalId, at } of change.ends) await records.presences.end(intervalId, at);
  for (const beginning of change.begins) {
    await records.presences.start({ id: ids.next(), sessionId, ...beginning });
  }
};

/** Accounts in a voice room of the cohort, the group's if no other is named; undefined while it cannot be seen or does not stand. */
export const accountsPresent = async (
  { presence }: Pick<World, 'presence'>,
  records: Pick<Records, 'roomRefs'>,
  cohort: Pick<Cohort, 'id' | 'guildId'>,
  room: RoomId = { kind: 'voice' },
): Promise<readonly string[] | undefined> => {
  const channelId = await records.roomRefs.channelOf(cohort.id, room);
  return channelId === undefined ? undefined : presence.inRoom(cohort.guildId, channelId);
};

/** Members of the roster among the accounts given. */
export const membersAmong = (roster: Roster, accounts: readonly string[]): Roster =>
  roster.filter(({ person }) => accounts.includes(person.account));

export interface Sighted {
  readonly cohort: Pick<Cohort, 'id' | 'guildId'>;
  readonly sessionId: string;
  /** Until when the room had been seen; now, when nothing was missed. */
  readonly lastObserved: Date | undefined;
  readonly now: Date;
}

/** Makes the presence of a session agree with those who are seen in its room; tells whether anything was written. */
export const followPresence = async (
  world: Pick<World, 'ids'>,
  records: Records,
  {
    sessionId,
    present,
    lastObserved,
    now,
  }: Omit<Sighted, 'cohort'> & {
    /** Ids of the people who belong to the session and are in its room. */
    readonly present: readonly string[];
  },
): Promise<boolean> => {
  const open = await records.presences.open(sessionId);
  const change = reconcilePresence({ open, present, lastObserved, now });
  await write(records, world.ids, sessionId, change);
  return change.ends.length + change.begins.length > 0;
};

/** Makes the presence of the group's session agree with who is in its room now; tells whether anything was written. */
export const writePresence = async (
  world: Pick<World, 'presence' | 'ids'>,
  records: Records,
  { cohort, sessionId, lastObserved, now }: Sighted,
): Promise<boolean> => {
  const accounts = await accountsPresent(world, records, cohort);
  if (accounts === undefined) return false;
  const members = membersAmong(await records.memberships.roster(cohort.id), accounts);
  const present = members.map(({ person }) => person.id);
  return followPresence(world, records, { sessionId, present, lastObserved, now });
};

/**
 * To be called before a session is kept as ended, which takes no more presence: it may end before anybody has looked at its
 * room again after a gap, and whoever is seen there now has not left.
 */
export const seeBeforeEnd = async (
  world: Pick<World, 'presence' | 'ids'>,
  records: Records,
  { cohort, sessionId }: Pick<Sighted, 'cohort' | 'sessionId'>,
  now: Date,
): Promise<void> => {
  const lastObserved = observedUntil(await records.presences.lastObserved(cohort.guildId), now);
  await writePresence(world, records, { cohort, sessionId, lastObserved, now });
};

/** Ends everybody's presence where it was last seen, as when the session ends. */
export const endPresence = async (
  { ids }: Pick<World, 'ids'>,
  records: Records,
  { sessionId, guildId }: { readonly sessionId: string; readonly guildId: string },
  now: Date,
): Promise<void> => {
  const lastObserved = observedUntil(await records.presences.lastObserved(guildId), now);
  const open = await records.presences.open(sessionId);
  await write(records, ids, sessionId, leave({ open, lastObserved, now }));
};
