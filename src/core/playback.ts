/**
 * What sounds in a session: one thing at a time, and the one function that may change it.
 *
 *   start ──> playing ──pause──> paused
 *                │   <──resume───  │
 *                └──────stop, over─┴──> ended
 *
 * - A facilitator starts, pauses, resumes and stops it; when its time is over it ends by itself.
 * - It belongs to the part of the session in which it began: when facilitators leave that part, it stops.
 * - A pause of the session pauses it, and the session that goes on lets it go on, unless it was paused before.
 * - The end of the session stops it. Nothing that has ended begins again.
 */
import type { CohortSettings } from './cohort.ts';
import type { Course } from './exercise.ts';
import { lengthOf } from './exercise.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import { after, between } from './time.ts';

/** What is played, with everything that it needs to go on as it began. */
export type Piece =
  | { readonly kind: 'exercise'; readonly exerciseId: string; readonly course: Course }
  | { readonly kind: 'media'; readonly mediaId: string; readonly lengthMs: number };

/** A group without sounds has its exercises on the card alone; what was brought to be heard is heard, wherever Hearth is. */
export const isHeard = (
  { joinsCalls, exerciseSounds }: Pick<CohortSettings, 'joinsCalls' | 'exerciseSounds'>,
  { kind }: Piece,
): boolean => joinsCalls && (kind === 'media' || exerciseSounds);

interface Kept {
  readonly id: string;
  readonly cohortId: string;
  readonly sessionId: string;
  readonly piece: Piece;
  /** Account of whoever started it. */
  readonly startedBy: string;
  readonly startedAt: Date;
  /** The version that was read; a write is refused when somebody wrote in between. */
  readonly version: number;
}

export interface Playing extends Kept {
  readonly state: 'playing';
  /** When it was last started or resumed, and milliseconds of it that were over then. */
  readonly since: Date;
  readonly positionMs: number;
}

export interface PausedPlayback extends Kept {
  readonly state: 'paused';
  readonly positionMs: number;
  /** By a facilitator, or because the whole session is paused. */
  readonly because: PauseReason;
}

export interface EndedPlayback extends Kept {
  readonly state: 'ended';
  readonly endedAt: Date;
  readonly how: PlaybackEnd;
}

export const PAUSE_REASONS = ['asked', 'session'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const PLAYBACK_ENDS = ['over', 'stopped', 'part-left', 'session-ended', 'removed'] as const;
export type PlaybackEnd = (typeof PLAYBACK_ENDS)[number];

/** Something that sounds, or is paused. */
export type UnfinishedPlayback = Playing | PausedPlayback;
export type Playback = UnfinishedPlayback | EndedPlayback;

export type PlaybackRequest =
  | { readonly kind: 'pause' | 'resume'; readonly because: PauseReason }
  | { readonly kind: 'stop'; readonly how: Exclude<PlaybackEnd, 'over'> }
  /** By a job whose time has come: `endsAt` is the end for which it was meant. */
  | { readonly kind: 'over'; readonly endsAt: Date };

/** Milliseconds that all of a piece takes. */
export const lengthOfPiece = (piece: Piece): number =>
  piece.kind === 'exercise' ? lengthOf(piece.course) : piece.lengthMs;

/** Milliseconds of it that are over at a moment, never more than there are. */
export const positionAt = (playback: UnfinishedPlayback, now: Date): number => {
  const { positionMs, piece } = playback;
  if (playback.state === 'paused') return positionMs;
  return Math.min(lengthOfPiece(piece), positionMs + Math.max(0, between(playback.since, now)));
};

/** When it is over, if nobody pauses it. */
export const endsAtOf = ({ since, positionMs, piece }: Playing): Date =>
  after(since, lengthOfPiece(piece) - positionMs);

/** Something that begins now. */
export const startPlayback = (
  opening: Pick<Kept, 'id' | 'cohortId' | 'sessionId' | 'piece' | 'startedBy'>,
  now: Date,
): Playing => ({ ...opening, startedAt: now, version: 0, state: 'playing', since: now, positionMs: 0 });

const keptOf = ({ id, cohortId, sessionId, piece, startedBy, startedAt, version }: Playback): Kept => ({
  id,
  cohortId,
  sessionId,
  piece,
  startedBy,
  startedAt,
  version,
});

const end = (playback: UnfinishedPlayback, how: PlaybackEnd, now: Date): EndedPlayback => ({
  ...keptOf(playback),
  state: 'ended',
  endedAt: now,
  how,
});

const whilePlaying = (playback: Playing, request: PlaybackRequest, now: Date): Outcome<Playback> => {
  switch (request.kind) {
    case 'pause': {
      const positionMs = positionAt(playback, now);
      return allow({ ...keptOf(playback), state: 'paused', positionMs, because: request.because });
    }
    case 'resume':
      return request.because === 'session' ? allow(playback) : refuse({ code: 'playback-goes-on' });
    case 'stop':
      return allow(end(playback, request.how, now));
    case 'over': {
      // The clocks of two machines differ by a little: a job that is meant for this very end is believed.
      const meant = endsAtOf(playback);
      return allow(+request.endsAt === +meant ? end(playback, 'over', meant) : playback);
    }
  }
};

const whilePaused = (playback: PausedPlayback, request: PlaybackRequest, now: Date): Outcome<Playback> => {
  switch (request.kind) {
    case 'pause':
      return request.because === 'session' ? allow(playback) : refuse({ code: 'playback-paused' });
    case 'resume': {
      if (request.because === 'session' && playback.because === 'asked') return allow(playback);
      const { positionMs } = playback;
      return allow({ ...keptOf(playback), state: 'playing', since: now, positionMs });
    }
    case 'stop':
      return allow(end(playback, request.how, now));
    case 'over':
      return allow(playback);
  }
};

/** What sounds after a request, or why not; the very same when nothing changes. The only way in which it changes. */
export const transition = (playback: Playback, request: PlaybackRequest, now: Date): Outcome<Playback> => {
  if (playback.state === 'ended')
    return request.kind === 'over' ? allow(playback) : refuse({ code: 'nothing-plays' });
  if (playback.state === 'paused') return whilePaused(playback, request, now);
  // Whatever is asked of what is over already, it is over: since its own end, and not since it was noticed.
  const over = endsAtOf(playback);
  return over <= now ? allow(end(playback, 'over', over)) : whilePlaying(playback, request, now);
};
