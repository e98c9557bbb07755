import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { SoakSummary } from './test/laws/soak-summary.ts';

const source = { conditions: ['@strake/source'] };
const shared = { resolve: source, ssr: { resolve: source } };

export default defineConfig({
  ...shared,
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/tmp-*/**', 'test/cluster/**'],
    testTimeout: 60_000,
    ...(process.env['STRAKE_SOAK'] === '1' ? { reporters: ['default', new SoakSummary()] } : {}),
  },
});
