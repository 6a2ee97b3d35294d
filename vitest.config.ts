import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They kill and wait, for minutes: `npm run test:chaos`.
    exclude: ['test/chaos/**'],
    globalSetup: ['test/postgres.ts'],
    // Nothing here is about speed: a slow machine is no failure.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
