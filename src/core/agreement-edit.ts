/** How the text of an agreement is written: item by item, until it is published as the next version. */
import type { Agreement, AgreementText, SignedText } from './agreement.ts';
import { allow, type Outcome, refuse } from './outcome.ts';

/** As many as have a button each on one card. */
export const MOST_ITEMS = 20;
/** Characters of one item. */
export const MOST_ITEM = 1_000;
/** Characters of all items, as they are shown on one card. */
export const MOST_TEXT = 3_800;

/** Languages in which a text can be written. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

type Words = Omit<AgreementText, 'version'>;

/** What is done with one item: without a number it is new, without words it is taken out; `place` counts from 1. */
export interface ItemEdit {
  readonly number?: number | undefined;
  readonly words?: string | undefined;
  readonly place?: number | undefined;
}

/** Signs of markup are shown with up to two more before and after them. */
const shownLength = (item: string): number =>
  item.length + 2 * (item.match(/[\\`*_~|<>@#[\]():]/g) ?? []).length;

/** Characters of the number of an item, with what stands around it. */
const NUMBER = 4;

const fits = (items: readonly string[]): Outcome<null> => {
  if (items.length === 0) return refuse({ code: 'last-item' });
  if (items.length > MOST_ITEMS) return refuse({ code: 'too-many-items', most: MOST_ITEMS });
  const length = items.reduce((sum, item) => sum + shownLength(item) + NUMBER, 0);
  return length > MOST_TEXT ? refuse({ code: 'agreement-too-long', most: MOST_TEXT }) : allow(null);
};

const placed = (others: readonly string[], words: string | undefined, place: number): readonly string[] =>
  words === undefined ? others : [...others.slice(0, place - 1), words, ...others.slice(place - 1)];

/** The text with one item added, changed, moved or taken out. */
export const editItem = (text: Words, { number, words, place }: ItemEdit): Outcome<Words> => {
  if (number !== undefined && number > text.items.length) return refuse({ code: 'no-such-item' });
  const others = text.items.filter((_item, index) => index + 1 !== number);
  const items = placed(others, words, place ?? number ?? others.length + 1);
  const answer = fits(items);
  return answer.ok ? allow({ ...text, items }) : answer;
};

/** What readers of the earlier text find new, and what they find no longer. */
export interface Difference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export const differenceOf = (before: readonly string[], after: readonly string[]): Difference => ({
  added: after.filter((item) => !before.includes(item)),
  removed: before.filter((item) => !after.includes(item)),
});

/** Versions of a cohort count on from whatever has held in it. */
export const nextVersion = (held: readonly Pick<Agreement, 'version'>[]): string =>
  String(Math.max(0, ...held.map(({ version }) => Number.parseInt(version, 10) || 0)) + 1);

/** Texts that say the same in different languages have as many items; refused when they cannot be one version. */
export const oneVersion = (
  version: string,
  texts: readonly SignedText[],
  before: Agreement,
): Outcome<Agreement> => {
  const [first, ...others] = texts;
  if (!first) return refuse({ code: 'no-such-language' });
  if (others.some(({ text }) => text.items.length !== first.text.items.length)) {
    return refuse({ code: 'languages-differ' });
  }
  const known = before.texts.map(({ sha256 }) => sha256);
  const unchanged = texts.length === known.length && texts.every(({ sha256 }) => known.includes(sha256));
  return unchanged ? refuse({ code: 'agreement-unchanged' }) : allow({ version, texts: [first, ...others] });
};
