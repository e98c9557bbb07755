import { defineConfig } from 'vitest/config';
import { ROOT } from '../files.ts';

const source = { conditions: ['@strake/source'] };

export default defineConfig({
  root: ROOT,
  resolve: source,
  ssr: { resolve: source },
  test: {
    include: ['test/cluster/**/*.cluster.test.ts'],
    globalSetup: 'test/cluster/global-setup.ts',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
