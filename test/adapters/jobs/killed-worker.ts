/** A process that takes one job in hand, says so, and never finishes it: started by a test that kills it. */
import { type Handlers, openJobs } from '../../../src/adapters/jobs/jobs.ts';

const [url = ''] = process.argv.slice(2);
const takeInHand = async (): Promise<void> => {
  process.stdout.write('in hand\n');
  await new Promise(() => {});
};
const handlers: Handlers = {
  'bring-rooms': takeInHand,
  'bring-boards': takeInHand,
  'plan-occurrences': async () => undefined,
  'occurrence-due': async () => undefined,
  announce: takeInHand,
  'warn-phase-end': takeInHand,
};
const queue = await openJobs({ url, log: { info: () => {}, warn: () => {}, fault: () => 'reference' } });
await queue.work(handlers);
