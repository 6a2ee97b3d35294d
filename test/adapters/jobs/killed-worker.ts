/**
 * A process that takes one job in hand, says so, and never finishes it: started by a test that kills it. A step has
 * written its effect, and in the mode `ended` has ended its job, too, when it says so: all but the commit is done.
 */
import type { Handlers } from '../../../src/adapters/jobs/handlers.ts';
import { openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import { allow } from '../../../src/core/outcome.ts';
import type { Jobs } from '../../../src/ports/jobs.ts';
import { KEYS } from '../postgres/kept.ts';
import { takeEffect } from './effect.ts';
import { IDLE } from './idle.ts';
import { workshopOf } from './workshop.ts';

const [url = '', mode = 'written'] = process.argv.slice(2);
const sayAndWait = async (): Promise<void> => {
  process.stdout.write('in hand\n');
  await new Promise(() => {});
};
const deed = { deed: sayAndWait };
const handlers: Handlers = {
  ...IDLE,
  'bring-rooms': deed,
  'bring-boards': deed,
  announce: deed,
  'warn-phase-end': {
    step: async (records, job) => {
      await takeEffect(records, job);
      if (mode === 'written') await sayAndWait();
      return allow(null);
    },
  },
};
const queue = await openJobs({ url, log: { info: () => {}, warn: () => {}, fault: () => 'reference' } });
const endingThenWaiting = (jobs: Jobs): Jobs => ({
  ...jobs,
  finish: async (inHand) => {
    await jobs.finish(inHand);
    await sayAndWait();
  },
});
const store = openStore({ url, keys: KEYS, jobs: (tx) => endingThenWaiting(queue.enqueueIn(tx)) });
await queue.work(handlers, workshopOf(store));
