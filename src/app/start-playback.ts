/** Starts something that sounds in the session that is going on. */
import { type BreathingExercise, courseOf } from '../core/exercise.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { type Piece, type Playing, startPlayback as start } from '../core/playback.ts';
import type { Running } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { tellPlayback } from './tell-playback.ts';

/** The session that is going on; refused with `no-session`, and with `session-paused`. */
export const runningSession = async (
  { sessions }: Pick<Records, 'sessions'>,
  cohortId: string,
): Promise<Outcome<Running>> => {
  const session = await sessions.unfinished(cohortId);
  if (!session) return refuse({ code: 'no-session' });
  return session.state === 'running' ? allow(session) : refuse({ code: 'session-paused' });
};

export interface PieceDemand {
  readonly cohortId: string;
  readonly piece: Piece;
  /** Account of the member of staff who starts it. */
  readonly by: string;
}

/** Starts a piece, within a change; refused with `already-playing` while something else sounds or is paused. */
export const startPiece = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  records: Records,
  { cohortId, piece, by }: PieceDemand,
): Promise<Outcome<Playing>> => {
  const session = await runningSession(records, cohortId);
  if (!session.ok) return session;
  const opening = { id: ids.next(), cohortId, sessionId: session.value.id, piece, startedBy: by };
  const playing = start(opening, clock.now());
  const added = await records.playbacks.add(playing);
  if (!added.ok) return added;
  await tellPlayback(records, playing);
  return allow(playing);
};

export interface ExerciseDemand {
  readonly cohortId: string;
  readonly exerciseId: string;
  /** As many as the exercise itself takes, when missing. */
  readonly minutes: number | undefined;
  readonly by: string;
}

/** Starts an exercise of the programme. */
export const startExercise = (
  world: World,
  { cohortId, exerciseId, minutes, by }: ExerciseDemand,
): Promise<Outcome<Playing>> =>
  world.store.change<Playing>(async (records) => {
    const exercise = world.catalogue.exercise(exerciseId);
    if (!exercise) return refuse({ code: 'no-such-exercise' });
    const course = courseOf(exercise, minutes ?? exercise.minutes);
    return startPiece(world, records, { cohortId, piece: { kind: 'exercise', exerciseId, course }, by });
  });

/** The breathing exercise that is named, or the first of the programme; refused with `no-such-exercise`. */
export const breathingExercise = (
  catalogue: World['catalogue'],
  named: string | undefined,
): Outcome<BreathingExercise> => {
  const found = catalogue
    .exercises()
    .filter((each) => each.kind === 'breathing')
    .find(({ id }) => named === undefined || id === named);
  return found ? allow(found) : refuse({ code: 'no-such-exercise' });
};
