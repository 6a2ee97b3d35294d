/** Gathers the cards of what a group does, hears and watches together in a session. */
import type { ExerciseCard, LinkCard, Shown, StaffView } from '../core/board.ts';
import type { Cohort } from '../core/cohort.ts';
import { endsAtOf, isHeard, lengthOfPiece, type Piece, type Playback, positionAt } from '../core/playback.ts';
import type { Session } from '../core/session.ts';
import type { World } from '../ports/world.ts';

type Gathering = Pick<World, 'store' | 'catalogue' | 'clock'>;

const shownOf = async ({ store, catalogue }: Gathering, piece: Piece): Promise<Shown | undefined> => {
  if (piece.kind === 'exercise') {
    const exercise = catalogue.exercise(piece.exerciseId);
    return exercise && { kind: 'exercise', exercise, course: piece.course };
  }
  const item = await store.records.media.byId(piece.mediaId);
  return (
    item && { kind: 'media', title: item.title, alternative: item.alternative, lengthMs: piece.lengthMs }
  );
};

const nowOf = (playback: Playback, now: Date): ExerciseCard['now'] => {
  switch (playback.state) {
    case 'playing':
      return { state: 'playing', endsAt: endsAtOf(playback) };
    case 'paused':
      return { state: 'paused', leftMs: lengthOfPiece(playback.piece) - positionAt(playback, now) };
    case 'ended':
      return { state: 'over', endedAt: playback.endedAt };
  }
};

const exerciseCard = async (
  world: Gathering,
  { settings }: Cohort,
  playback: Playback,
): Promise<ExerciseCard> => {
  const { id: playbackId, sessionId, startedAt, piece } = playback;
  const shows = await shownOf(world, piece);
  return {
    kind: 'exercise-card',
    sessionId,
    playbackId,
    ...(shows && { shows }),
    isHeard: isHeard(settings, piece),
    startedAt,
    now: nowOf(playback, world.clock.now()),
  };
};

const linkCard = async ({ store }: Gathering, session: Session): Promise<readonly LinkCard[]> => {
  const link = await store.records.sharedLinks.lastOf(session.id);
  if (!link || session.state === 'ended') return [];
  const { id: linkId, sessionId, address, title, alternative, invitation } = link;
  return [
    {
      ...{ kind: 'link-card', linkId, sessionId, address, title },
      ...(alternative && { alternative }),
      ...(invitation && { invitation }),
    },
  ];
};

/** Of a session: what was started last, and the link that was shown last while it goes on. */
export const togetherCards = async (
  world: Gathering,
  cohort: Cohort,
  session: Session,
): Promise<readonly (ExerciseCard | LinkCard)[]> => {
  const last = await world.store.records.playbacks.lastOf(session.id);
  return [...(last ? [await exerciseCard(world, cohort, last)] : []), ...(await linkCard(world, session))];
};

/** What staff may pause, resume and stop now. */
export const playbackNow = async (
  { store }: Gathering,
  sessionId: string,
): Promise<Pick<StaffView, 'plays'>> => {
  const playback = await store.records.playbacks.unfinished(sessionId);
  return playback
    ? { plays: { playbackId: playback.id, kind: playback.piece.kind, state: playback.state } }
    : {};
};
