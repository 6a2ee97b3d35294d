import { defineConfig } from 'vitest/config';

/** A browser and a bot that is killed, both at once: each waits much for the other's machine. `npm run test:heavy` says which stories. */
export default defineConfig({
  test: {
    projects: ['browser', 'chaos'].map((name) => ({
      extends: `./vitest.${name}.config.ts`,
      test: { name, fileParallelism: true, maxWorkers: 2 },
    })),
    reporters: ['verbose'],
  },
});
