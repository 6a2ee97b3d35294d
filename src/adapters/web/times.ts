/** Moments as a page tells them: on the wall clock of the group, in the reader's language. */

type Options = Intl.DateTimeFormatOptions;

const DAY: Options = { day: 'numeric', month: 'long', year: 'numeric' };
const TIME: Options = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' };

/** By the letter with which Discord's markup asks for it; what would be told as so long from now is told as a moment. */
const STYLES: Readonly<Record<string, Options>> = {
  t: TIME,
  D: DAY,
  F: { ...DAY, ...TIME, weekday: 'long' },
};
const USUAL: Options = { ...DAY, ...TIME };

const formatOf = (locale: string, options: Options): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    // A locale that nobody knows is read as English.
    return new Intl.DateTimeFormat('en', options);
  }
};

/** Tells a moment, given in seconds since 1970. */
export const timeTeller =
  (locale: string, zone: string) =>
  (seconds: number, style: string | undefined): string =>
    formatOf(locale, { ...(STYLES[style ?? ''] ?? USUAL), timeZone: zone }).format(new Date(seconds * 1_000));
