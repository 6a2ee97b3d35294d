/** Audio that a programme owns: what may be kept of it, and how much. */
import type { Confidential } from './confidential.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import { MINUTE } from './time.ts';

/** Bytes of the largest file that is taken. */
export const MOST_BYTES = 8 * 2 ** 20;
/** Minutes of the longest audio that is taken. */
export const MOST_MINUTES = 20;
/** Why a larger file, and a longer one, are not taken. */
export const TOO_BIG: Refusal = { code: 'file-too-big', mebibytes: MOST_BYTES / 2 ** 20 };
export const TOO_LONG: Refusal = { code: 'audio-too-long', minutes: MOST_MINUTES };
/** How much a cohort may keep at once. */
export const MOST_MEDIA = 25;

/** Characters of its title, and of what is to be heard in it, in words. */
export const MEDIA_TITLE_LENGTH = { fewest: 1, most: 80 } as const;
export const ALTERNATIVE_LENGTH = { fewest: 10, most: 600 } as const;

export const CONTAINERS = ['ogg', 'webm'] as const;

/** Something that can be played to the group; the sound itself is kept beside it. */
export interface MediaItem {
  readonly id: string;
  readonly cohortId: string;
  /** 1 for the first of the cohort; never used again. */
  readonly number: number;
  readonly title: Confidential<string>;
  /** What is to be heard, in words: for everybody who does not hear it. */
  readonly alternative: Confidential<string>;
  readonly container: (typeof CONTAINERS)[number];
  readonly durationMs: number;
  readonly bytes: number;
  /** Account. */
  readonly addedBy: string;
  readonly addedAt: Date;
}

/** Whether a cohort that has so many may have one more. */
export const mayAddMedia = (kept: number): Outcome<null> =>
  kept < MOST_MEDIA ? allow(null) : refuse({ code: 'too-many-media', most: MOST_MEDIA });

/** Whether audio of that length is taken. */
export const mayLast = (durationMs: number): Outcome<null> =>
  durationMs <= MOST_MINUTES * MINUTE ? allow(null) : refuse(TOO_LONG);
