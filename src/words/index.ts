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

/** The words for a locale (BCP 47); English where Hearth does not speak the language. */
export const wordsFor = (locale: string): Words => {
  const [language = ''] = locale.toLowerCase().split('-');
  return Object.hasOwn(SPOKEN, language) ? (SPOKEN[language] ?? en) : en;
};
