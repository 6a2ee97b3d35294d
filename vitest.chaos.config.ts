import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/chaos/**/*.test.ts'],
    globalSetup: ['test/postgres.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Each is a story that tells when it has come how far, and that needs the machine for itself.
    reporters: ['verbose'],
    fileParallelism: false,
    // What follows a failure means nothing.
    bail: 1,
  },
});
