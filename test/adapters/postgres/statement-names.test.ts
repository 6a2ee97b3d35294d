/** What is asked again and again is planned once a connection; what would fill its memory is not kept. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type PostgresStore, type RawTransaction } from '../../../src/adapters/postgres/store.ts';
import { allow } from '../../../src/core/outcome.ts';
import { freshDatabase } from '../../postgres.ts';
import { id, KEYS } from './kept.ts';

let store: PostgresStore;
/** How often each statement was asked that the only connection keeps. */
let asked: readonly { readonly statement: string; readonly times: number }[] = [];

const look = async (tx: RawTransaction): Promise<void> => {
  asked = await tx.$queryRawUnsafe(
    'SELECT statement, (generic_plans + custom_plans)::int AS times FROM pg_prepared_statements',
  );
};
const kept = async (beginning: string, table: string) => {
  await store.change(async ({ jobs }) => {
    await jobs.enqueue({ name: 'bring-rooms', cohortId: id() });
    return allow(null);
  });
  return asked.filter(({ statement }) => statement.startsWith(beginning) && statement.includes(`"${table}"`));
};

beforeAll(async () => {
  const jobs = (tx: RawTransaction) => ({
    enqueue: () => look(tx),
    enqueueAll: async () => {},
    finish: async () => {},
  });
  store = openStore({ url: await freshDatabase(), keys: KEYS, jobs, connections: 1 });
});
afterAll(() => store.close());

it('a statement is kept once, however often it is asked and with whatever values', async () => {
  for (let index = 0; index < 20; index += 1) await store.records.cohorts.byId(id());
  expect(await kept('SELECT', 'cohort')).toEqual([{ statement: expect.any(String), times: 20 }]);
});

it('a statement of many values is not kept', async () => {
  const admit = (many: number) => store.records.memberships.admit(Array.from({ length: many }, id));
  for (const many of [25, 26, 27, 100, 1_000]) await admit(many);
  expect(await kept('UPDATE', 'membership')).toEqual([]);
  await admit(3);
  expect(await kept('UPDATE', 'membership')).toHaveLength(1);
});
