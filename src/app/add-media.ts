/** Keeps audio of the programme for a group, once it is known what is in it. */
import type { Confidential } from '../core/confidential.ts';
import { type MediaItem, MOST_BYTES, mayAddMedia, mayLast, TOO_BIG, TOO_LONG } from '../core/media.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Inspection } from '../ports/recordings.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';

/** A file as somebody sent it; its size is only what is said of it. */
export interface SentFile {
  readonly size: number;
  readonly url: string;
}

export interface NewMedia {
  readonly cohortId: string;
  readonly file: SentFile;
  readonly title: Confidential<string>;
  readonly alternative: Confidential<string>;
  /** Account. */
  readonly by: string;
}

/** Whether the group may keep one more; nobody waits for a file that would then be refused. */
const roomFor = async (records: Records, cohortId: string): Promise<Outcome<null>> => {
  const cohort = await activeCohort(records, cohortId);
  return cohort.ok ? mayAddMedia((await records.media.ofCohort(cohortId)).length) : cohort;
};

const fetched = async ({ attachments }: World, { size, url }: SentFile): Promise<Outcome<Uint8Array>> => {
  if (size > MOST_BYTES) return refuse(TOO_BIG);
  const file = await attachments.load(url, MOST_BYTES);
  if (file.did === 'fetched') return allow(file.bytes);
  return refuse(file.why === 'too-big' ? TOO_BIG : { code: 'file-not-fetched' });
};

const WRONG: Readonly<Record<Extract<Inspection, { ok: false }>['why'], Refusal>> = {
  'not-audio': { code: 'not-audio' },
  'not-opus': { code: 'not-opus' },
  damaged: { code: 'audio-damaged' },
  'too-long': TOO_LONG,
};

type Heard = Pick<MediaItem, 'container' | 'durationMs'>;

/** What a file holds, whatever it is called. */
const inspected = ({ recordings }: World, bytes: Uint8Array): Outcome<Heard> => {
  const found = recordings.inspect(bytes);
  if (!found.ok) return refuse(WRONG[found.why]);
  const lasts = mayLast(found.durationMs);
  return lasts.ok ? allow(found) : lasts;
};

/** Fetches, looks into it, and keeps it sealed; refused when it is not what can be played to a group. */
export const addMedia = async (
  world: World,
  { cohortId, file, title, alternative, by }: NewMedia,
): Promise<Outcome<MediaItem>> => {
  const room = await roomFor(world.store.records, cohortId);
  if (!room.ok) return room;
  const audio = await fetched(world, file);
  if (!audio.ok) return audio;
  const heard = inspected(world, audio.value);
  if (!heard.ok) return heard;
  const { container, durationMs } = heard.value;
  return world.store.change<MediaItem>(async (records) => {
    const still = await roomFor(records, cohortId);
    if (!still.ok) return still;
    const item: MediaItem = {
      id: world.ids.next(),
      ...{ cohortId, title, alternative, container, durationMs },
      number: (await records.media.lastNumber(cohortId)) + 1,
      bytes: audio.value.length,
      addedBy: by,
      addedAt: world.clock.now(),
    };
    await records.media.add(item, audio.value);
    return allow(item);
  });
};
