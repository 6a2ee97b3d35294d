/** Writes tables as CSV (RFC 4180). */
import { stringify } from 'csv-stringify/sync';
import type { Csv } from '../../ports/csv.ts';

/** The port, by csv-stringify; what a spreadsheet would take for a formula is written so that it stays text. */
export const csv: Csv = (columns, rows) =>
  stringify([[...columns], ...rows.map((row) => [...row])], {
    record_delimiter: 'windows',
    escape_formulas: true,
  });
