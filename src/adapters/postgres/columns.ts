/** Reads columns that checks in the database narrow further than their types tell. */

/** The value as one of a list; a fault when the database holds another. */
export const oneOf = <const Value extends string | number>(
  list: readonly Value[],
  value: string | number,
): Value => {
  const found = list.find((item) => item === value);
  if (found === undefined) throw new TypeError('the database holds a value that is none of those known');
  return found;
};

/** The value of a column that is never null in this state of its row. */
export const given = <Value>(value: Value | null): Value => {
  if (value === null) throw new TypeError('the database holds nothing where this state needs a value');
  return value;
};

/** A value as JSON holds it. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Plain data for a JSON column; what is undefined is left out. */
export const toJson = (value: object): Json & object => JSON.parse(JSON.stringify(value));
