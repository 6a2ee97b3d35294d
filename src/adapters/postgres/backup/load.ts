/** Puts the rows of a backup into tables that are empty, in a transaction. */
import type { Transaction } from '../transaction.ts';
import type { Reader, TableLine } from './document.ts';
import { BadBackup } from './sealed-file.ts';
import { quoted, SETTINGS, tablesOf } from './tables.ts';

/** Most rows, and about most characters, of one statement. */
const AT_ONCE = { rows: 500, length: 4_000_000 } as const;

const insert = async (tx: Transaction, { table }: TableLine, rows: readonly string[]): Promise<void> => {
  if (rows.length === 0) return;
  const name = quoted(table);
  await tx.$executeRawUnsafe(
    `INSERT INTO ${name} OVERRIDING SYSTEM VALUE
     SELECT (r).* FROM (SELECT line::${name} AS r FROM unnest($1::text[]) AS line OFFSET 0) AS rows`,
    rows,
  );
};

const SEQUENCES = `
  SELECT c.relname AS "table", a.attname AS "column"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL`;

/** The next numbers come after those that are there. */
const setSequences = async (tx: Transaction): Promise<void> => {
  const found = await tx.$queryRawUnsafe<{ readonly table: string; readonly column: string }[]>(SEQUENCES);
  for (const { table, column } of found) {
    await tx.$queryRawUnsafe(
      `SELECT setval(pg_get_serial_sequence($1, $2), greatest(max(${quoted(column)}), 1))::text FROM ${quoted(table)}`,
      quoted(table),
      column,
    );
  }
};

/** What comes to pass by itself when a row is made came to pass already. */
const triggers = async (tx: Transaction, tables: readonly TableLine[], verb: 'ENABLE' | 'DISABLE') => {
  for (const { table } of tables) {
    await tx.$executeRawUnsafe(`ALTER TABLE ${quoted(table)} ${verb} TRIGGER USER`);
  }
};

/** Takes rows, and is ended when there are no more. */
export interface Loading extends Pick<Reader, 'table' | 'row'> {
  /** Gives the names of tables that are none of Hearth's, whose rows were left out. */
  end(): Promise<readonly string[]>;
}

/** The tables must be as they were in the backup. */
export const loading = async (tx: Transaction): Promise<Loading> => {
  for (const setting of SETTINGS) await tx.$executeRawUnsafe(setting);
  const tables = await tablesOf(tx);
  await triggers(tx, tables, 'DISABLE');
  const strangers: string[] = [];
  let table: TableLine | undefined;
  let [rows, length]: [string[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    if (table) await insert(tx, table, rows);
    [rows, length] = [[], 0];
  };
  return {
    table: async (next) => {
      await flush();
      table = tables.find((each) => each.table === next.table);
      if (!table) strangers.push(next.table);
      // Rows are read by the places of their columns.
      else if (table.columns.join() !== next.columns.join()) throw new BadBackup('strange');
    },
    row: async (row) => {
      if (!table) return;
      rows.push(row);
      length += row.length;
      if (rows.length >= AT_ONCE.rows || length >= AT_ONCE.length) await flush();
    },
    end: async () => {
      await flush();
      await setSequences(tx);
      await triggers(tx, tables, 'ENABLE');
      return strangers;
    },
  };
};
