/** Begins the notes of until when a server's rooms were seen. */
import type { InProgress, Records } from '../ports/store.ts';

/**
 * To be called within the change that begins a session, before it is kept: without this note the last one would be of an
 * earlier session, and everything since then a gap. Where sessions are going on already, notes are taken by whoever sees
 * the rooms: one that is made without seeing them would hide the gap of all the others.
 */
export const beginWatching = async (
  { sessions, individualSessions, presences }: Pick<Records, 'sessions' | 'individualSessions' | 'presences'>,
  guildId: string,
  now: Date,
): Promise<void> => {
  const isHere = (each: InProgress): boolean => each.guildId === guildId;
  if ((await sessions.inProgress()).some(isHere)) return;
  if ((await individualSessions.inProgress()).some(isHere)) return;
  await presences.observed(guildId, now);
};
