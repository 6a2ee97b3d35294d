/** Keeps how lists are cut into pages by before, after, around and limit. */
import { invalid } from '../errors.ts';
import { byAge, isSnowflake, type Snowflake } from '../snowflake.ts';

/** How many a page has when nothing is said, and at most. */
export type PageSize = { readonly usual: number; readonly most: number };

/** The limit of a query; 400/50035 when it is no number from 1 to the most. */
export const limitOf = (query: URLSearchParams, { usual, most }: PageSize): number => {
  const given = query.get('limit');
  if (given === null) return usual;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw invalid(['limit'], 'NUMBER_TYPE_RANGE', `int value should be between 1 and ${most}.`);
};

/** An id of a query; null when it is not said, 400/50035 when it is none. */
export const idOf = (query: URLSearchParams, key: string): bigint | null => {
  const id = query.get(key);
  if (id === null) return null;
  if (!isSnowflake(id)) throw invalid([key], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`);
  return BigInt(id);
};

/** The page of a list that a query asks for, newest first; `after` gives the oldest that are newer. */
export const pageOf = <T extends { id: Snowflake }>(
  items: readonly T[],
  query: URLSearchParams,
  size: PageSize,
): T[] => {
  const limit = limitOf(query, size);
  const sorted = [...items].sort(byAge);
  const [before, after, around] = [idOf(query, 'before'), idOf(query, 'after'), idOf(query, 'around')];
  if ([before, after, around].filter((id) => id !== null).length > 1)
    throw invalid(['before'], 'QUERY_EXCLUSIVE', 'Only one of before, after and around may be given.');
  if (after !== null)
    return sorted
      .filter(({ id }) => BigInt(id) > after)
      .slice(0, limit)
      .reverse();
  if (around !== null) return aroundOf(sorted, around, limit).reverse();
  const older = before === null ? sorted : sorted.filter(({ id }) => BigInt(id) < before);
  return older.slice(-limit).reverse();
};

const aroundOf = <T extends { id: Snowflake }>(sorted: readonly T[], id: bigint, limit: number): T[] => {
  const found = sorted.findIndex((item) => BigInt(item.id) >= id);
  const middle = found === -1 ? sorted.length : found;
  const first = Math.max(0, middle - Math.floor(limit / 2));
  return sorted.slice(first, first + limit);
};
