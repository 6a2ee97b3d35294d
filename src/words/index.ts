/** Which language somebody is spoken to in. */
import { en } from './en/index.ts';
import * as helpNow from './es/help-now.ts';

/** What every language must be able to say. */
export type Words = typeof en;

/** By language, as in the first part of a BCP 47 locale. */
const SPOKEN: Readonly<Record<string, Words>> = {
  en,
  // Whoever asks for help is answered in Spanish, though the rest is not said in it yet.
  es: { ...en, helpNow },
};

/** The language in which somebody of a locale (BCP 47) is spoken to; English where Hearth does not speak theirs. */
export const languageOf = (locale: string): string => {
  const [language = ''] = locale.toLowerCase().split('-');
  return Object.hasOwn(SPOKEN, language) ? language : 'en';
};

/** The words for a locale. */
export const wordsFor = (locale: string): Words => SPOKEN[languageOf(locale)] ?? en;
