/** Keeps what sounds in a session, and what sounded in it before. */
import type { Course } from '../../core/exercise.ts';
import { allow, refuse } from '../../core/outcome.ts';
import {
  lengthOfPiece,
  PAUSE_REASONS,
  type Piece,
  PLAYBACK_ENDS,
  type Playback,
  type Playing,
  type UnfinishedPlayback,
} from '../../core/playback.ts';
import type { Playbacks } from '../../ports/store.ts';
import { given, oneOf, toJson } from './columns.ts';
import { expectWritten } from './conflict.ts';
import { type Playback as PlaybackRow, Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const pieceOf = (row: PlaybackRow): Piece =>
  row.kind === 'media'
    ? { kind: 'media', mediaId: given(row.mediaId), lengthMs: row.lengthMs }
    : // Only `rowOf` writes this column, and it writes a Course.
      { kind: 'exercise', exerciseId: given(row.exerciseId), course: row.course as unknown as Course };

const keptOf = (row: PlaybackRow) => ({
  id: row.id,
  cohortId: row.cohortId,
  sessionId: row.sessionId,
  piece: pieceOf(row),
  startedBy: row.startedBy,
  startedAt: row.startedAt,
  version: row.version,
});

const unfinishedOf = (row: PlaybackRow): UnfinishedPlayback => {
  const positionMs = given(row.positionMs);
  return row.state === 'playing'
    ? { ...keptOf(row), state: 'playing', since: given(row.since), positionMs }
    : { ...keptOf(row), state: 'paused', positionMs, because: oneOf(PAUSE_REASONS, given(row.because)) };
};

const playbackOf = (row: PlaybackRow): Playback =>
  row.state === 'ended'
    ? {
        ...keptOf(row),
        state: 'ended',
        endedAt: given(row.endedAt),
        how: oneOf(PLAYBACK_ENDS, given(row.how)),
      }
    : unfinishedOf(row);

const NOTHING = { since: null, positionMs: null, because: null, endedAt: null, how: null };

const pieceColumns = (piece: Piece) => ({
  kind: piece.kind,
  lengthMs: lengthOfPiece(piece),
  ...(piece.kind === 'media'
    ? { mediaId: piece.mediaId, exerciseId: null, course: Prisma.DbNull }
    : { mediaId: null, exerciseId: piece.exerciseId, course: toJson(piece.course) }),
});

const rowOf = (playback: Playback) => {
  const { piece, version: _version, ...columns } = playback;
  return { ...NOTHING, ...columns, ...pieceColumns(piece) };
};

const add = async (tx: Transaction, playback: Playing) => {
  const data = { ...rowOf(playback), version: playback.version };
  const { count } = await tx.playback.createMany({ data, skipDuplicates: true });
  return count === 0 ? refuse({ code: 'already-playing' }) : allow(null);
};

/** Playbacks, in a transaction. */
export const playbacksIn = (tx: Transaction): Playbacks => ({
  byId: async (id) => {
    const row = await tx.playback.findUnique({ where: { id } });
    return row ? playbackOf(row) : undefined;
  },
  unfinished: async (sessionId) => {
    const row = await tx.playback.findFirst({ where: { sessionId, state: { not: 'ended' } } });
    return row ? unfinishedOf(row) : undefined;
  },
  lastOf: async (sessionId) => {
    const row = await tx.playback.findFirst({
      where: { sessionId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    });
    return row ? playbackOf(row) : undefined;
  },
  add: (playback) => add(tx, playback),
  save: async (playback) => {
    const { id, version } = playback;
    const data = { ...rowOf(playback), version: version + 1 };
    expectWritten(await tx.playback.updateMany({ where: { id, version }, data }));
  },
});
