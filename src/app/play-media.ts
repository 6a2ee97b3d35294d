/** Plays audio of the programme to the group, in the session that is going on. */
import type { MediaItem } from '../core/media.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Playing } from '../core/playback.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { startPiece } from './start-playback.ts';

/** Which of a group's recordings is meant. */
export interface WhichMedia {
  readonly cohortId: string;
  readonly number: number;
  /** Account of whoever asks. */
  readonly by: string;
}

/** The recording of that number; refused with `no-such-media`, also when it is another group's. */
export const mediaOf = async (
  { media }: Pick<Records, 'media'>,
  { cohortId, number }: Pick<WhichMedia, 'cohortId' | 'number'>,
): Promise<Outcome<MediaItem>> => {
  const item = await media.byNumber(cohortId, number);
  return item ? allow(item) : refuse({ code: 'no-such-media' });
};

/** Plays it from its beginning. */
export const playMedia = (world: World, which: WhichMedia): Promise<Outcome<Playing>> =>
  world.store.change<Playing>(async (records) => {
    const item = await mediaOf(records, which);
    if (!item.ok) return item;
    const { id: mediaId, durationMs: lengthMs } = item.value;
    const { cohortId, by } = which;
    return startPiece(world, records, { cohortId, piece: { kind: 'media', mediaId, lengthMs }, by });
  });
