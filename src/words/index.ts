/** Which language somebody is spoken to in. */
import { en } from './en/index.ts';
import * as helpNow from './es/help-now.ts';

/** What every language must be able to say. */
export type Words = typeof en;

const ENGLISH = 'en';

/** By language, as in the first part of a BCP 47 locale; all that is said in another than English so far. */
const SPOKEN: Readonly<Record<string, Words>> = {
  // Whoever asks for help is answered in Spanish, though the rest is not said in it yet.
  es: { ...en, helpNow },
};

/** The languages in which everything is said. */
const WHOLE: ReadonlySet<string> = new Set([ENGLISH]);

const firstPart = (locale: string): string => locale.toLowerCase().split('-')[0] ?? ENGLISH;

/** The language in which somebody of a locale (BCP 47) is spoken to in all; English where Hearth does not speak theirs. */
export const languageOf = (locale: string): string =>
  WHOLE.has(firstPart(locale)) ? firstPart(locale) : ENGLISH;

/** The words for a locale. */
export const wordsFor = (locale: string): Words => {
  const language = firstPart(locale);
  return (Object.hasOwn(SPOKEN, language) ? SPOKEN[language] : undefined) ?? en;
};
