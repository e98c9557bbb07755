import process from 'node:process';
import { defineConfig } from 'vitest/config';

const source = { conditions: ['@strake/source'] };

/** The tests of the writes and of the emitter, for `npm run mutation`: each mutant runs those that reach it. */
export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    // `MUTATED=emitter` or `MUTATED=writes` runs one part.
    include: [`test/mutation/${process.env['MUTATED'] ?? '*'}.mutation.ts`],
    setupFiles: ['test/mutation/coverage.ts', 'test/mutation/end-on-failure.ts'],
    // Hooks run last one first: ours has to be behind that of Stryker, which fails.
    sequence: { setupFiles: 'list' },
    env: { STRAKE_MUTATION: '1' },
    isolate: false,
    testTimeout: 60_000,
  },
});
