/** The job that makes what stands in a cohort's rooms show what is true: the same however often it runs. */
import type { Board } from '../core/board.ts';
import { allow } from '../core/outcome.ts';
import { type RoomId, type RoomKind, sameRoom } from '../core/rooms.ts';
import type { Job } from '../ports/jobs.ts';
import type { StandingMessage } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { gatherBoards } from './gather-boards.ts';

const ROOM: Readonly<Record<Board['kind'], RoomKind>> = {
  'session-card': 'group',
  'staff-panel': 'staff',
  agreement: 'welcome',
  'individual-card': 'one-to-one',
};

const roomOf = (board: Board): RoomId => ({
  kind: ROOM[board.kind],
  ...(board.kind === 'individual-card' && { number: board.room }),
});

/** What a board belongs to, where its room has more than one of the kind. */
const belongsTo = (board: Board): Pick<StandingMessage, 'sessionId' | 'occurrenceId'> => {
  if (board.kind === 'session-card') return { sessionId: board.sessionId };
  return board.kind === 'individual-card' ? { occurrenceId: board.occurrenceId } : {};
};

const keep = async ({ store }: World, standing: StandingMessage, job?: Job): Promise<void> => {
  await store.change(async ({ standingMessages, jobs }) => {
    await standingMessages.put(standing);
    if (job) await jobs.enqueue(job);
    return allow(null);
  });
};

const isOver = (board: Board): boolean =>
  (board.kind === 'session-card' && board.state === 'ended') ||
  (board.kind === 'individual-card' && (board.state === 'over' || board.state === 'cancelled'));

/** Where the board stands, or is to stand; nowhere, when what it shows was over before it was ever shown. */
const standingOf = async (
  world: World,
  cohortId: string,
  channelId: string,
  board: Board,
): Promise<StandingMessage | undefined> => {
  const owner = belongsTo(board);
  const { standingMessages } = world.store.records;
  const found = await standingMessages.find(cohortId, board.kind, owner.sessionId ?? owner.occurrenceId);
  if (found?.channelId === channelId) return found;
  if (isOver(board)) return undefined;
  const id = found?.id ?? world.ids.next();
  return { id, cohortId, kind: board.kind, ...owner, channelId };
};

/** A room that is gone is made anew, and what stood in it is posted again then. */
const lost = (world: World, standing: StandingMessage): Promise<void> => {
  const { messageId: _messageId, shows: _shows, ...rest } = standing;
  return keep(world, rest, { name: 'bring-rooms', cohortId: standing.cohortId });
};

const bring = async (world: World, standing: StandingMessage, board: Board): Promise<void> => {
  const shows = world.rooms.face(board);
  if (standing.shows === shows) return;
  // Known before it is posted: after a crash it is the same message that is looked for, not a second one.
  if (standing.messageId === undefined) await keep(world, standing);
  const shown = await world.rooms.show(board, standing);
  if (shown.did === 'done') return keep(world, { ...standing, messageId: shown.value.messageId, shows });
  world.log.warn('board-not-shown', { cohort: standing.cohortId, board: board.kind, did: shown.did });
  if (shown.did === 'gone') await lost(world, standing);
};

/** Brings every board of a cohort whose room stands. What a board shows already costs no call. */
export const bringBoards = async (
  world: World,
  { cohortId }: { readonly cohortId: string },
): Promise<void> => {
  const { cohorts, roomRefs } = world.store.records;
  const cohort = await cohorts.byId(cohortId);
  if (!cohort) return;
  const refs = await roomRefs.ofCohort(cohortId);
  for (const board of await gatherBoards(world, cohort)) {
    const room = refs.find((ref) => sameRoom(ref, roomOf(board)));
    const standing = room && (await standingOf(world, cohortId, room.channelId, board));
    if (standing) await bring(world, standing, board);
  }
};
