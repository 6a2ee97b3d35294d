import { defineConfig } from 'vitest/config';

/** Sound takes its own time: these are run when all others are done, which would leave too little of the machine to them. */
const IN_REAL_TIME = [
  'test/adapters/voice/**/*.test.ts',
  'test/sandbox/page-sound.test.ts',
  'test/sandbox/voice.test.ts',
  'test/journey/traces-of-a-check.test.ts',
  'test/journey/call.test.ts',
  'test/journey/canary.test.ts',
];

export default defineConfig({
  test: {
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
          maxWorkers: 2,
          // No module here keeps anything of a test: what is loaded once serves them all, which saves a third of the time.
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
