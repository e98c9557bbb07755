import { defineConfig } from 'vitest/config';
import { ROOT } from '../files.ts';
export default defineConfig({
  root: ROOT,
  test: { testTimeout: 100000, include: ['test/cluster/probe.cluster.test.ts'] },
});
