import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Sound takes its own time: these are run when all others are done, which would leave too little of the machine to them. */
const IN_REAL_TIME = [
  'test/adapters/voice/**/*.test.ts',
  'test/sandbox/page-sound.test.ts',
  'test/sandbox/voice.test.ts',
  'test/journey/traces-of-a-check.test.ts',
  'test/journey/call.test.ts',
  'test/journey/canary.test.ts',
];

/** What takes half a minute and more, in that order. */
const LONG = [
  'test/commands/access.test.ts',
  'test/adapters/jobs/killed-worker.test.ts',
  'test/journey/process.test.ts',
  'test/access/everybody.test.ts',
  'test/journey/moderating.test.ts',
  'test/backup.test.ts',
  'test/keys.test.ts',
  'test/journey/processes.test.ts',
  'test/journey/troubles.test.ts',
  'test/adapters/jobs/later.test.ts',
  'test/journey/watched-rooms.test.ts',
  'test/adapters/voice/in-call.test.ts',
  'test/journey/canary.test.ts',
  'test/journey/call.test.ts',
  'test/adapters/voice/process.test.ts',
  'test/journey/traces-of-a-check.test.ts',
];

/** A file that has another name now would be run at another time, and nobody would be told. */
const missing = [...LONG, ...IN_REAL_TIME].filter(
  (path) => !existsSync(new URL(path.replace('**/*.test.ts', ''), import.meta.url)),
);
if (missing.length > 0) throw new Error(`not among the tests: ${missing.join(', ')}`);

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONG.findIndex((file) => moduleId.endsWith(file));
  return rank < 0 ? LONG.length : rank;
};

/** What takes longest begins first: begun last, it would be waited for alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/postgres.ts'],
    // Nothing here is about speed: a slow machine is no failure.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'hearth',
          include: ['test/**/*.test.ts'],
          // What kills and waits, for minutes, is `npm run test:chaos`; what needs a Chromium is `npm run test:browser`.
          exclude: ['test/chaos/**', 'test/browser/**', ...IN_REAL_TIME],
          // One more than the smallest machine has cores: some only wait, for what comes in its own time.
          maxWorkers: 3,
          // What is loaded once serves them all, which saves a third of the time. Two modules keep something from one file
          // to the next: test/world/ground.ts grounds, emptied when they are taken, and test/postgres.ts connections.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // A machine that had no time for a sender sends late, which says nothing of who hears: it is played again.
        test: { name: 'calls', include: IN_REAL_TIME, maxWorkers: 3, retry: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
