/** Removes audio of the programme for good: of what it held nothing is kept. */
import type { MediaItem } from '../core/media.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { savePlayback } from './change-playback.ts';
import { mediaOf, type WhichMedia } from './play-media.ts';

/** What is not there any more cannot be heard. */
const stopPlaying = async (records: Records, item: MediaItem, now: Date): Promise<void> => {
  const session = await records.sessions.unfinished(item.cohortId);
  const playback = session && (await records.playbacks.unfinished(session.id));
  if (playback?.piece.kind !== 'media' || playback.piece.mediaId !== item.id) return;
  await savePlayback(records, playback, { kind: 'stop', how: 'removed' }, now);
};

/** Removes it; when it is being played, it stops. */
export const removeMedia = (world: World, which: WhichMedia): Promise<Outcome<MediaItem>> =>
  world.store.change<MediaItem>(async (records) => {
    const item = await mediaOf(records, which);
    if (!item.ok) return item;
    const now = world.clock.now();
    await stopPlaying(records, item.value, now);
    await records.media.remove(item.value.id, now, which.by);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId: which.cohortId });
    return allow(item.value);
  });
