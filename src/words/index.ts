/** Which language somebody is spoken to in. */
import { en } from './en/index.ts';

/** What every language must be able to say. */
export type Words = typeof en;

/** The words for a locale (BCP 47); English where Hearth does not speak the language. */
export const wordsFor = (_locale: string): Words => en;
