/** What the worker of Hearth is compared with: pg-boss with the same settings, and a handler that does nothing. */
import { PgBoss } from 'pg-boss';
import { QUEUES } from '../src/adapters/jobs/queues.ts';

const { BARE_DATABASE_URL, BARE_QUEUE: queue = '' } = process.env;

const SETTINGS = {
  includeMetadata: true,
  batchSize: 1,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
} as const;

const boss = new PgBoss({
  connectionString: BARE_DATABASE_URL ?? '',
  max: 4,
  useListenNotify: true,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
});
await boss.start();
const { deadLetter: _elsewhere, ...like } = QUEUES['occurrence-due'];
await boss.createQueue(queue, like);

/** Like Hearth's: left alone, a hand of pg-boss does two jobs a second, and would fall behind by minutes. */
const lendHand = async (): Promise<void> => {
  const hand: string = await boss.work(queue, SETTINGS, async () => boss.notifyWorker(hand));
};
for (let hands = 0; hands < 4; hands += 1) await lendHand();
process.stderr.write('The bare worker is up\n');
process.once('SIGTERM', () => process.exit(0));
