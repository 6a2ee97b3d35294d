/** What is to be heard in the call of a session at this moment. */
import type { Cohort } from '../core/cohort.ts';
import { isHeard, type Piece, positionAt, type UnfinishedPlayback } from '../core/playback.ts';
import { scoreOf } from '../core/score-of.ts';
import type { Play, Sound } from '../ports/voice.ts';
import type { World } from '../ports/world.ts';

type Hearing = Pick<World, 'store'>;

const soundOf = ({ store }: Hearing, piece: Piece): Sound =>
  piece.kind === 'exercise'
    ? { kind: 'score', score: scoreOf(piece.course) }
    : { kind: 'recording', load: () => store.records.media.audio(piece.mediaId) };

const playOf = (world: Hearing, playback: UnfinishedPlayback, now: Date): Play => ({
  id: playback.id,
  sound: soundOf(world, playback.piece),
  state: playback.state,
  positionMs: positionAt(playback, now),
});

/** Silence when undefined: also while something is on the card alone. */
export const playNow = async (
  world: Hearing,
  sessionId: string,
  cohort: Cohort,
  now: Date,
): Promise<Play | undefined> => {
  const playback = await world.store.records.playbacks.unfinished(sessionId);
  return playback && isHeard(cohort.settings, playback.piece) ? playOf(world, playback, now) : undefined;
};
