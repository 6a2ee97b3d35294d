/** Figures and tables for a reader at a terminal. */

/** What so great a part of the numbers, in their order, does not exceed. */
export const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;

type Row = readonly (string | number)[];

/** A table with its first column of words and the others of numbers, under a title. */
export const tableOf = (title: string, head: readonly string[], rows: readonly Row[]): string => {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ');
  const [first = [], ...rest] = all;
  const rule = '-'.repeat(line(first).length);
  return ['', title, rule, line(first), rule, ...rest.map(line), ''].join('\n');
};
