/** The job that makes what stands in a cohort's rooms show what is true: the same however often it runs. */
import type { Board, CheckCard } from '../core/board.ts';
import { isAwaited } from '../core/lobby.ts';
import { allow } from '../core/outcome.ts';
import { type RoomId, type RoomKind, sameRoom } from '../core/rooms.ts';
import type { Job } from '../ports/jobs.ts';
import type { StandingMessage } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { gatherBoards } from './gather-boards.ts';
import { gatherLobbies } from './gather-lobbies.ts';
import { recordHindered } from './record-hindered.ts';

const ROOM: Readonly<Record<Board['kind'], RoomKind>> = {
  'session-card': 'group',
  'staff-panel': 'staff',
  agreement: 'welcome',
  lobby: 'group',
  'individual-card': 'one-to-one',
  'check-card': 'check-voice',
  'exercise-card': 'group',
  'link-card': 'group',
};

const roomOf = (board: Board): RoomId => ({
  kind: ROOM[board.kind],
  ...((board.kind === 'individual-card' || board.kind === 'check-card') && { number: board.room }),
});

const keep = async ({ store }: World, standing: StandingMessage, job?: Job): Promise<void> => {
  await store.change(async ({ standingMessages, jobs }) => {
    await standingMessages.put(standing);
    if (job) await jobs.enqueue(job);
    return allow(null);
  });
};

/** What it is of is past: nobody who has not seen it before needs to see it now. */
const isPast = (board: Board): boolean =>
  (board.kind === 'session-card' && board.state === 'ended') ||
  (board.kind === 'lobby' && !isAwaited(board.state)) ||
  (board.kind === 'individual-card' && board.state !== 'planned' && board.state !== 'running') ||
  (board.kind === 'check-card' && board.state === 'closed') ||
  (board.kind === 'exercise-card' && board.now.state === 'over');

const OF_A_SESSION: ReadonlySet<Board['kind']> = new Set(['session-card', 'exercise-card', 'link-card']);

/** What a board belongs to. */
const belongsTo = (board: Board): Pick<StandingMessage, 'sessionId' | 'occurrenceId' | 'number'> => {
  if (OF_A_SESSION.has(board.kind) && 'sessionId' in board) return { sessionId: board.sessionId };
  if (board.kind === 'check-card') return { number: board.room };
  return board.kind === 'lobby' || board.kind === 'individual-card'
    ? { occurrenceId: board.occurrenceId }
    : {};
};

const checkFor = (card: CheckCard): string | undefined => {
  if (card.state === 'ready') return `${card.checkId} ${card.askedAt.toISOString()}`;
  return card.state === 'waiting' ? card.checkId : undefined;
};

/**
 * For what a board is posted anew, though it stands: Discord takes few edits of an old message, and nobody looks for one
 * far above. A panel is new with each session, a lobby with another time, what the group does together with each thing, and
 * a card for a microphone with another person, and when it is their turn: only what is posted rings.
 */
const newFor = (board: Board): string | undefined => {
  if (board.kind === 'staff-panel') return board.session?.sessionId;
  if (board.kind === 'check-card') return checkFor(board);
  if (board.kind === 'link-card') return board.linkId;
  if (board.kind === 'exercise-card') return board.now.state === 'over' ? undefined : board.playbackId;
  return board.kind === 'lobby' && isAwaited(board.state) ? board.startsAt.toISOString() : undefined;
};

/** Where the board stands, or is to stand; nowhere, when what it is of was past before it was ever shown. */
const standingOf = async (
  world: World,
  cohortId: string,
  channelId: string,
  board: Board,
): Promise<StandingMessage | undefined> => {
  const of = belongsTo(board);
  const found = await world.store.records.standingMessages.find(
    cohortId,
    board.kind,
    of.sessionId ?? of.occurrenceId ?? of.number?.toString(),
  );
  if (found?.channelId === channelId) return found;
  if (isPast(board)) return undefined;
  const id = found?.id ?? world.ids.next();
  return { id, cohortId, kind: board.kind, ...of, channelId };
};

/** A room that is gone is made anew, and what stood in it is posted again then. */
const lost = (world: World, standing: StandingMessage): Promise<void> => {
  const { messageId: _messageId, shows: _shows, formerMessageId: _formerId, ...rest } = standing;
  return keep(world, rest, { name: 'bring-rooms', cohortId: standing.cohortId });
};

/** Takes the message before it away, once the new one stands: there is one of them as soon as this is done. */
const tidied = async (world: World, standing: StandingMessage): Promise<StandingMessage> => {
  const { formerMessageId, ...rest } = standing;
  if (formerMessageId === undefined || standing.messageId === undefined) return standing;
  const taken = await world.rooms.takeAway(standing.channelId, formerMessageId);
  if (taken.did === 'forbidden') return standing;
  await keep(world, rest);
  return rest;
};

/** The one that is to stand: another, under a name of its own, when the board is to be posted anew. */
const renewed = async (world: World, standing: StandingMessage, board: Board): Promise<StandingMessage> => {
  const postedFor = newFor(board);
  if (postedFor === undefined || standing.postedFor === postedFor) return standing;
  // One at a time: what could not be taken away yet would be forgotten.
  if (standing.formerMessageId !== undefined) return standing;
  const { messageId: formerMessageId, shows: _shows, ...rest } = standing;
  if (formerMessageId === undefined) return { ...rest, postedFor };
  const another = { ...rest, id: world.ids.next(), postedFor, formerMessageId };
  await world.store.change(async ({ standingMessages }) => {
    await standingMessages.replace(standing.id, another);
    return allow(null);
  });
  return another;
};

const show = async (world: World, standing: StandingMessage, board: Board): Promise<void> => {
  const shows = world.rooms.face(board);
  if (standing.shows === shows) return;
  // Known before it is posted: after a crash it is the same message that is looked for, not a second one.
  if (standing.messageId === undefined) await keep(world, standing);
  const shown = await world.rooms.show(board, standing);
  if (shown.did === 'done') {
    const standingNow = { ...standing, messageId: shown.value.messageId, shows };
    await keep(world, standingNow);
    await tidied(world, standingNow);
    return;
  }
  if (shown.did === 'forbidden') {
    const job = { name: 'bring-boards', cohortId: standing.cohortId } as const;
    return recordHindered(world, { job, missing: shown.missing });
  }
  world.log.warn('board-not-shown', { cohort: standing.cohortId, board: board.kind, did: shown.did });
  await lost(world, standing);
};

const bring = async (world: World, standing: StandingMessage, board: Board): Promise<void> =>
  show(world, await renewed(world, await tidied(world, standing), board), board);

/** Brings every board of a cohort whose room stands. What a board shows already costs no call. */
export const bringBoards = async (
  world: World,
  { cohortId }: { readonly cohortId: string },
): Promise<void> => {
  const { cohorts, roomRefs } = world.store.records;
  const cohort = await cohorts.byId(cohortId);
  if (!cohort) return;
  const refs = await roomRefs.ofCohort(cohortId);
  const bringEach = async (boards: readonly Board[]): Promise<void> => {
    for (const board of boards) {
      const room = refs.find((ref) => sameRoom(ref, roomOf(board)));
      const standing = room && (await standingOf(world, cohortId, room.channelId, board));
      if (standing) await bring(world, standing, board);
    }
  };
  await bringEach(await gatherBoards(world, cohort));
  // They lead to the card of the session, which stands by now.
  await bringEach(await gatherLobbies(world, cohort));
};
