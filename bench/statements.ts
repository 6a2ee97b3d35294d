/** What this process asks of Postgres: every statement, whoever of its libraries sends it. */
import pg from 'pg';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

const told = (first: unknown, second: unknown): Statement | undefined => {
  if (typeof first === 'string') return { text: first, values: Array.isArray(second) ? second : [] };
  const text: unknown = Reflect.get(Object(first), 'text');
  const values: unknown = Reflect.get(Object(first), 'values') ?? second;
  return typeof text === 'string' ? { text, values: Array.isArray(values) ? values : [] } : undefined;
};

/** The statements that were sent while the work was done, in order. */
export const statementsOf = async (work: () => Promise<void>): Promise<readonly Statement[]> => {
  const statements: Statement[] = [];
  const { query } = pg.Client.prototype;
  const listening = function (this: pg.Client, ...args: readonly unknown[]): unknown {
    const statement = told(args[0], args[1]);
    if (statement) statements.push(statement);
    return Reflect.apply(query, this, args);
  };
  Reflect.set(pg.Client.prototype, 'query', listening);
  try {
    await work();
  } finally {
    Reflect.set(pg.Client.prototype, 'query', query);
  }
  return statements;
};
