/**
 * What stands in a backup, a line of JSON each: what it is, then each table with its rows as Postgres itself writes them,
 * and at the end how many there were. Nothing that is sealed is opened for it.
 */
import { BadBackup } from './sealed-file.ts';

/** What a backup is, which stands first. */
export interface Label {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly madeAt: string;
  /** Migrations of the database, in order. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
}

/** A table, before its rows. */
export interface TableLine {
  readonly table: string;
  readonly columns: readonly string[];
}

/** The last line: without it a backup is not complete. */
export interface EndLine {
  readonly tables: number;
  readonly rows: number;
}

export type Line =
  | { readonly is: 'label'; readonly label: Label }
  | { readonly is: 'table'; readonly table: TableLine }
  | { readonly is: 'row'; readonly row: string }
  | { readonly is: 'end'; readonly end: EndLine };

export const written = (line: Line): string =>
  line.is === 'row' ? JSON.stringify(line.row) : JSON.stringify({ [line.is]: Reflect.get(line, line.is) });

/** Only Hearth writes what opens with its key. */
const lineOf = (text: string): Line => {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'string') return { is: 'row', row: value };
  const [is = ''] = Object.keys(Object(value));
  if (is !== 'label' && is !== 'table' && is !== 'end') throw new BadBackup('strange');
  return { is, [is]: Reflect.get(Object(value), is) } as unknown as Line;
};

/** What is done with a backup, line by line. */
export interface Reader {
  label(label: Label): Promise<void>;
  table(table: TableLine): Promise<void>;
  row(row: string): Promise<void>;
}

/** Reads all of it; a bad backup when it has no end, or another than it should. */
export const readDocument = async (lines: AsyncIterable<string>, reader: Reader): Promise<EndLine> => {
  let [tables, rows] = [0, 0];
  let end: EndLine | undefined;
  for await (const text of lines) {
    const line = lineOf(text);
    if (line.is === 'end') end = line.end;
    if (line.is === 'label') await reader.label(line.label);
    if (line.is === 'table') {
      tables += 1;
      await reader.table(line.table);
    }
    if (line.is === 'row') {
      rows += 1;
      await reader.row(line.row);
    }
  }
  if (end?.tables !== tables || end.rows !== rows) throw new BadBackup('damaged');
  return end;
};
