/** The step that ends what sounds when its time is over. */
import { allow, type Outcome } from '../core/outcome.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import { savePlayback } from './change-playback.ts';

type EndJob = Extract<Job, { name: 'end-playback' }>;

/** Ends it, if its end is still the one that was meant. */
export const endPlayback = async (
  records: Records,
  { playbackId, endsAt }: EndJob,
  now: Date,
): Promise<Outcome<null>> => {
  const playback = await records.playbacks.byId(playbackId);
  if (playback) await savePlayback(records, playback, { kind: 'over', endsAt: new Date(endsAt) }, now);
  return allow(null);
};
