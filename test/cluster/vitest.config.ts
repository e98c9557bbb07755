import { defineConfig } from 'vitest/config';
import { ClosingLine } from './closing-line.ts';
import { DISPOSABLE, KUBECONFIG } from './named-cluster.ts';
import { ROOT } from '../files.ts';

/** Suites that need only an API server, and so can borrow the one of a cluster that is named. */
const BORROWING = ['examples', 'matrix-pairs', 'pod-security', 'diff'];

const source = { conditions: ['@strake/source'] };

const isNamed = (process.env[KUBECONFIG] ?? process.env[DISPOSABLE] ?? '') !== '';

export default defineConfig({
  root: ROOT,
  resolve: source,
  ssr: { resolve: source },
  test: {
    include: isNamed
      ? BORROWING.map((name) => `test/cluster/${name}.cluster.test.ts`)
      : ['test/cluster/**/*.cluster.test.ts', 'test/cluster/named-cluster.test.ts'],
    reporters: ['default', new ClosingLine()],
    globalSetup: 'test/cluster/global-setup.ts',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
