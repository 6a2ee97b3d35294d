/** A process that sets one goal after the other, each a change of its own, and says so: started by a test that kills it. */
import { randomUUID } from 'node:crypto';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import { confidential } from '../../../src/core/confidential.ts';
import { allow } from '../../../src/core/outcome.ts';
import { KEYS, noJobs } from './kept.ts';

const [url = '', cohortId = '', account = ''] = process.argv.slice(2);
const store = openStore({ url, keys: KEYS, jobs: noJobs });
const person = await store.records.people.known(account);
for (let number = 1; ; number += 1) {
  const goal = {
    ...{
      id: randomUUID(),
      number,
      cohortId,
      person,
      text: confidential('a goal'),
      readers: 'staff' as const,
    },
    ...{ reviewOn: '2026-06-01', setAt: new Date(), updates: [] },
  };
  await store.change(async ({ goals }) => allow(await goals.add(goal)));
  process.stdout.write('kept\n');
}
