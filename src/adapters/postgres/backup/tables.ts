/** The tables of Hearth as the database itself describes them. */
import type { Transaction } from '../transaction.ts';
import type { TableLine } from './document.ts';

/** A name as SQL takes it, whatever stands in it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Written and read in the same way, whatever the database is set to. */
export const SETTINGS: readonly string[] = [
  `SET LOCAL TimeZone = 'UTC'`,
  `SET LOCAL DateStyle = 'ISO, YMD'`,
  `SET LOCAL IntervalStyle = 'postgres'`,
  `SET LOCAL extra_float_digits = 3`,
  `SET LOCAL bytea_output = 'hex'`,
];

/** All but the list of migrations, which a backup tells by itself. */
const TABLES = `
  SELECT c.relname AS "table",
    array(SELECT attname::text FROM pg_attribute a
          WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum) AS columns,
    array(SELECT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
          WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs,
    EXISTS (SELECT FROM pg_attribute a
            WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND atttypid = 'bytea'::regtype) AS "isBig"
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
  ORDER BY c.relname`;

export interface Table extends TableLine {
  /** Tables whose rows must be there before. */
  readonly needs: readonly string[];
  /** Whether its rows may be large. */
  readonly isBig: boolean;
}

const inOrder = (left: readonly Table[]): readonly Table[] => {
  if (left.length === 0) return [];
  const names = new Set(left.map(({ table }) => table));
  const next = left.filter(({ needs }) => !needs.some((need) => names.has(need)));
  if (next.length === 0) throw new Error('tables refer to each other in a circle');
  return [...next, ...inOrder(left.filter((each) => !next.includes(each)))];
};

/** In an order in which no row comes before one that it refers to. */
export const tablesOf = async (tx: Transaction): Promise<readonly Table[]> =>
  inOrder(await tx.$queryRawUnsafe<Table[]>(TABLES));
