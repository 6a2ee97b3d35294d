import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest begins first, so that all else goes on beside it. */
class ChaosFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ project }: TestSpecification): number => Number(project.name === 'chaos');
    return files.toSorted((a, b) => isLong(b) - isLong(a));
  }
}

/** A browser and a bot that is killed, both at once: each waits much. `npm run test:heavy` says which stories. */
export default defineConfig({
  test: {
    projects: ['chaos', 'browser'].map((name) => ({
      extends: `./vitest.${name}.config.ts`,
      test: { name, fileParallelism: true, maxWorkers: 3 },
    })),
    sequence: { sequencer: ChaosFirst },
    reporters: ['verbose'],
  },
});
