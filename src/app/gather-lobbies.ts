/** Gathers what the lobbies of a cohort's meetings show: of those that are near, and of the one that stood last. */
import type { Lobby, Spot } from '../core/board.ts';
import type { Cohort } from '../core/cohort.ts';
import { isAwaited, lobbyState } from '../core/lobby.ts';
import { GIVEN_UP_AFTER, LONGEST_MEETING, type Occurrence } from '../core/occurrence.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { signedMembers } from './signed-members.ts';
import { asksPlace } from './tell-place.ts';
import { accountsPresent } from './write-presence.ts';

/** How long before a meeting its lobby opens, in milliseconds. */
export const LOBBY_OPENS_BEFORE = 10 * MINUTE;

/** Meetings of the group that are about to begin, or have begun, at this moment. */
export const meetingsNear = async (
  { occurrences }: Pick<Records, 'occurrences'>,
  cohortId: string,
  now: Date,
): Promise<readonly Occurrence[]> => {
  const from = after(now, -(LONGEST_MEETING + GIVEN_UP_AFTER));
  const near = await occurrences.between(cohortId, from, after(now, LOBBY_OPENS_BEFORE + 1));
  return near.filter(({ individual }) => !individual);
};

/** The lobby that stood last says what became of its meeting, wherever in time that is now. */
const meetingOfLast = async (
  { standingMessages, occurrences }: Records,
  cohortId: string,
): Promise<readonly Occurrence[]> => {
  const last = await standingMessages.last(cohortId, 'lobby');
  const meeting = last?.occurrenceId === undefined ? undefined : await occurrences.byId(last.occurrenceId);
  return meeting ? [meeting] : [];
};

const readyFor = async (world: World, cohort: Cohort, { id }: Occurrence): Promise<readonly string[]> => {
  const { records } = world.store;
  const { signed } = await signedMembers(world, records, cohort);
  const coming = (await records.rsvps.ofOccurrence(id)).filter(({ answer }) => answer === 'coming');
  const ready = new Set([
    ...coming.map(({ person }) => person.account),
    ...((await accountsPresent(world, records, cohort)) ?? []),
  ]);
  return signed.map(({ person }) => person.account).filter((account) => ready.has(account));
};

const cardOf = async (
  { standingMessages }: Records,
  { id, guildId }: Cohort,
  sessionId: string | undefined,
): Promise<{ readonly card?: Spot }> => {
  const standing =
    sessionId === undefined ? undefined : await standingMessages.find(id, 'session-card', sessionId);
  if (standing?.messageId === undefined) return {};
  return { card: { guildId, channelId: standing.channelId, messageId: standing.messageId } };
};

const lobbyOf = async (world: World, cohort: Cohort, occurrence: Occurrence): Promise<Lobby> => {
  const { records } = world.store;
  const openSessionId = (await records.sessions.unfinished(cohort.id))?.id;
  const state = lobbyState(occurrence, cohort.settings, { now: world.clock.now(), openSessionId });
  return {
    ...{ kind: 'lobby', occurrenceId: occurrence.id, startsAt: occurrence.startsAt, state },
    ready: isAwaited(state) ? await readyFor(world, cohort, occurrence) : [],
    ...(isAwaited(state) && asksPlace(cohort)),
    ...(state === 'open' && (await cardOf(records, cohort, openSessionId))),
  };
};

/** Every lobby of an active cohort as it ought to be now; to be gathered when the session's card stands. */
export const gatherLobbies = async (world: World, cohort: Cohort): Promise<readonly Lobby[]> => {
  if (cohort.state !== 'active') return [];
  const { records } = world.store;
  const meetings = [
    ...(await meetingsNear(records, cohort.id, world.clock.now())),
    ...(await meetingOfLast(records, cohort.id)),
  ];
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  return Promise.all([...byId.values()].map((meeting) => lobbyOf(world, cohort, meeting)));
};
