/** Names statements, so that Postgres reads and plans each once a connection, and not each time that it is asked. */

interface Statement {
  readonly sql: string;
  readonly args: readonly unknown[];
}

/** A list makes another statement for each length that it has: with more values than these, none is kept. */
const MOST_VALUES = 24;

/** One name for each statement; the empty one for what is not kept. */
export const statementNames = (): ((statement: Statement) => string) => {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    if (args.length > MOST_VALUES) return '';
    const name = names.get(sql) ?? `hearth-${names.size}`;
    names.set(sql, name);
    return name;
  };
};
