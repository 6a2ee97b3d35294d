/** What follows from a change of what sounds: its card, the call in which it is heard, and its end in time. */
import { endsAtOf, type Playback } from '../core/playback.ts';
import type { Records } from '../ports/store.ts';

/** Asks for all of it, within the transaction of the change. */
export const tellPlayback = async ({ jobs, signals }: Records, playback: Playback): Promise<void> => {
  const { cohortId, id: playbackId } = playback;
  await jobs.enqueue({ name: 'bring-boards', cohortId });
  await signals.voiceOf(cohortId);
  if (playback.state !== 'playing') return;
  const end = endsAtOf(playback);
  await jobs.enqueue({ name: 'end-playback', cohortId, playbackId, endsAt: end.toISOString() }, end);
};
