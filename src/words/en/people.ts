/** Lists of people, and of what they told, on a card. */
import type { CardField } from '../card.ts';
import { fieldsUnder, MOST_IN_FIELD } from '../fields-under.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, mention, visible } from '../markup.ts';

/** Somebody each, in one line; `none` when there is nobody. */
export const people = (accounts: readonly string[], none: string): string =>
  accounts.length > 0 ? accounts.map(mention).join(', ') : none;

/** Lines as one field, or as several where they do not fit in one, which say so; no field when there are no lines. */
export const linesUnder = (name: string, lines: readonly string[]): readonly CardField[] =>
  fieldsUnder(name, lines, `${name} (more)`);

/** Marks make it three times as long at most: so each piece fits in a field whatever is in it. */
const PIECE = /.{1,330}(?:\s|$)|.{1,330}/gu;

const quotedLines = (line: string): readonly string[] => {
  const whole = `> ${literal(line)}`;
  if (whole.length <= MOST_IN_FIELD) return [whole];
  return (line.match(PIECE) ?? []).map((piece) => `> ${literal(piece)}`);
};

/** What a person wrote, whole, in as many fields as it needs; `most` characters with its marks at most. */
export const quoteUnder = (name: string, written: string, most: number): readonly CardField[] => {
  const lines = visible(written).trim().split('\n').flatMap(quotedLines);
  return linesUnder(name, fitLines(lines, most, () => '> …').split('\n'));
};
