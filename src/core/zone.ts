/** Time zones: which names Hearth takes, which name was probably meant, and what day it is there. */
import { allow, type Outcome, refuse } from './outcome.ts';

/** Most names that are suggested at once. */
const MOST_SUGGESTIONS = 3;

/** From which likeness on a name is worth suggesting. */
const ALIKE = 0.55;

/** Letters and digits only, so that `new york`, `New_York` and `newyork` are one. */
const bare = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

const pairsOf = (name: string): readonly string[] =>
  Array.from({ length: Math.max(0, name.length - 1) }, (_, index) => name.slice(index, index + 2));

/** Share of their pairs of letters that two names have in common, from 0 to 1 (Dice 1945). */
const likeness = (one: string, other: string): number => {
  const pairs = pairsOf(one);
  const left = [...pairsOf(other)];
  const all = pairs.length + left.length;
  const common = pairs.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return all === 0 ? 0 : (2 * common.length) / all;
};

const likenessToZone = (written: string, zone: string): number => {
  const city = zone.slice(zone.lastIndexOf('/') + 1);
  return Math.max(likeness(bare(written), bare(zone)), likeness(bare(written), bare(city)));
};

/** Abbreviations of a zone's own people, each with where it is said; some are said in several places. */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  est: ['America/New_York', 'America/Toronto'],
  cst: ['America/Chicago', 'America/Mexico_City', 'Asia/Shanghai'],
  mst: ['America/Denver', 'America/Phoenix'],
  pst: ['America/Los_Angeles'],
  akst: ['America/Anchorage'],
  hst: ['Pacific/Honolulu'],
  ast: ['America/Halifax', 'America/Puerto_Rico'],
  nst: ['America/St_Johns'],
  brt: ['America/Sao_Paulo'],
  art: ['America/Argentina/Buenos_Aires'],
  gmt: ['Europe/London', 'Africa/Accra'],
  bst: ['Europe/London'],
  ist: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
  wet: ['Europe/Lisbon'],
  cet: ['Europe/Madrid', 'Europe/Berlin', 'Europe/Paris'],
  eet: ['Europe/Athens', 'Europe/Kyiv', 'Europe/Helsinki'],
  msk: ['Europe/Moscow'],
  pkt: ['Asia/Karachi'],
  jst: ['Asia/Tokyo'],
  kst: ['Asia/Seoul'],
  aest: ['Australia/Sydney', 'Australia/Brisbane'],
  acst: ['Australia/Adelaide', 'Australia/Darwin'],
  awst: ['Australia/Perth'],
  nzst: ['Pacific/Auckland'],
};

/** In summer the same people say EDT, or CEST: both are looked up as in winter. Without a season, ET is EST. */
const abbreviated = (written: string): readonly string[] => {
  const said = bare(written);
  const inWinter = [said, said.replace(/dt$/, 'st'), said.replace(/est$/, 'et'), said.replace(/t$/, 'st')];
  const known = inWinter.find((each) => Object.hasOwn(ABBREVIATIONS, each));
  return known === undefined ? [] : (ABBREVIATIONS[known] ?? []);
};

const alikeIn = (written: string, zones: readonly string[]): readonly string[] =>
  zones
    .map((zone) => ({ zone, alike: likenessToZone(written, zone) }))
    .filter(({ alike }) => alike >= ALIKE)
    .toSorted((a, b) => b.alike - a.alike)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ zone }) => zone);

/** The zones that somebody may have meant, the likeliest first. */
const suggestZones = (written: string, zones: readonly string[]): readonly string[] => {
  const said = abbreviated(written);
  return said.length > 0 ? said : alikeIn(written, zones);
};

const isKnown = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // Intl tells that a zone is unknown by a RangeError, and in no other way.
    return false;
  }
};

/**
 * The zone that was written, spelt as in `zones` (all IANA zones). Only `Area/City` and UTC will do: an offset such as
 * +02:00 or an abbreviation such as EST would never change to summer time. Refused with `no-such-zone`.
 */
export const checkZone = (written: string, zones: readonly string[]): Outcome<string> => {
  const name = written.trim();
  const listed = ['UTC', 'Etc/UTC', ...zones].find((zone) => zone.toLowerCase() === name.toLowerCase());
  if (listed !== undefined) return allow(listed);
  // The list leaves out other names of the same zone, such as Asia/Kolkata.
  if (name.includes('/') && isKnown(name)) return allow(name);
  return refuse({ code: 'no-such-zone', written: name, suggestions: suggestZones(name, zones) });
};

/** The calendar day of a moment in a zone, as YYYY-MM-DD. */
export const localDate = (moment: Date, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment);
  const read = (type: 'year' | 'month' | 'day'): string =>
    parts.find((part) => part.type === type)?.value ?? '';
  return `${read('year')}-${read('month')}-${read('day')}`;
};
