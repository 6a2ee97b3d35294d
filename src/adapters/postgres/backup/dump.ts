/** All rows of all tables as they stood at one moment, as lines; Hearth goes on meanwhile. */
import type { Transaction } from '../transaction.ts';
import { type Label, written } from './document.ts';
import { quoted, SETTINGS, type Table, tablesOf } from './tables.ts';

/** Rows at a time, where they are small, and where they may not be. */
const AT_ONCE = { small: 500, big: 2 } as const;

/**
 * What waits in the queue is kept with what waits for later, which Hearth brings into the queue at its next start: the
 * queue's own tables are its library's, and made anew. Their ids are below all others.
 */
const WAITING = `
  UNION ALL SELECT ROW(
    least((SELECT min("id") FROM "later_job"), 0) - row_number() OVER (ORDER BY created_on, id), data, start_after
  )::text FROM pgboss.job WHERE state < 'completed' AND data ? 'name'`;

const hasQueue = async (tx: Transaction): Promise<boolean> => {
  const [row] = await tx.$queryRawUnsafe<{ readonly is: boolean }[]>(
    `SELECT to_regclass('pgboss.job') IS NOT NULL AS is`,
  );
  return row?.is ?? false;
};

async function* rowsOf(tx: Transaction, { table, isBig }: Table, also: string): AsyncGenerator<string> {
  await tx.$executeRawUnsafe(
    `DECLARE hearth_rows NO SCROLL CURSOR FOR SELECT t::text AS row FROM ${quoted(table)} AS t ${also}`,
  );
  const fetch = `FETCH FORWARD ${isBig ? AT_ONCE.big : AT_ONCE.small} FROM hearth_rows`;
  for (let more = true; more; ) {
    const rows = await tx.$queryRawUnsafe<{ readonly row: string }[]>(fetch);
    for (const { row } of rows) yield row;
    more = rows.length > 0;
  }
  await tx.$executeRawUnsafe('CLOSE hearth_rows');
}

/** The lines of a backup; the transaction must see one moment only. */
export async function* dumped(tx: Transaction, label: Label): AsyncGenerator<string> {
  for (const setting of SETTINGS) await tx.$executeRawUnsafe(setting);
  yield written({ is: 'label', label });
  const tables = await tablesOf(tx);
  const waiting = (await hasQueue(tx)) ? WAITING : '';
  let count = 0;
  for (const table of tables) {
    yield written({ is: 'table', table: { table: table.table, columns: table.columns } });
    for await (const row of rowsOf(tx, table, table.table === 'later_job' ? waiting : '')) {
      count += 1;
      yield written({ is: 'row', row });
    }
  }
  yield written({ is: 'end', end: { tables: tables.length, rows: count } });
}
