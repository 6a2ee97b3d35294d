/** Tables as files that any spreadsheet opens. */
export type Csv = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]) => string;
