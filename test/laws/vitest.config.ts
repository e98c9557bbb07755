import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SoakSummary } from './soak-summary.ts';

const source = { conditions: ['@strake/source'] };

/** Files that take minutes; who begins with them does not wait for one at the end. */
const LONGEST = ['deliver-kill', 'writer-kill', 'hostile-config', 'emit-fuzz', 'writes.differential'];

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.indexOf(basename(moduleId, '.test.ts'));
      return index < 0 ? LONGEST.length : index;
    };
    return Promise.resolve(files.toSorted((left, right) => place(left) - place(right)));
  }
}

/** The long run of the laws: `npm run test:soak`. */
export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    include: [
      'test/laws/*.test.ts',
      'test/writes.*.test.ts',
      'test/emitter-go.test.ts',
      'packages/gitops/src/emit-fuzz.test.ts',
    ],
    env: { STRAKE_SOAK: '1' },
    sequence: { sequencer: LongestFirst },
    // Who starts, kills and waits for processes leaves a core to who computes.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 3_600_000,
    reporters: ['default', new SoakSummary()],
  },
});
