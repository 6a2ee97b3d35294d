/** Lists as English says them. */

const FORMATS = {
  and: new Intl.ListFormat('en', { type: 'conjunction' }),
  or: new Intl.ListFormat('en', { type: 'disjunction' }),
};

/** `a`, `a and b`, `a, b, and c`. */
export const listed = (words: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  FORMATS[joint].format(words);

/** `1 person`, `2 people`. */
export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
