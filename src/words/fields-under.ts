/** How lines stand in the fields of a card, each of which has little room. */
import type { CardField } from './card.ts';

/** Characters that Discord takes as the value of a field. */
export const MOST_IN_FIELD = 1_024;

/** Lines as one field, or as several where they do not fit in one, under `more`; no field when there are no lines. */
export const fieldsUnder = (name: string, lines: readonly string[], more = name): readonly CardField[] => {
  const values: string[] = [];
  for (const line of lines) {
    const longer = values.length > 0 ? `${values.at(-1)}\n${line}` : line;
    values.splice(longer.length > MOST_IN_FIELD ? values.length : Math.max(0, values.length - 1));
    values.push(longer.length > MOST_IN_FIELD ? line : longer);
  }
  return values.map((value, index) => ({ name: index === 0 ? name : more, value }));
};
