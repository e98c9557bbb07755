/**
 * Mutation testing of what must not be wrong: the writes and the emitter. `docs/laws.md` says what is known to survive.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: ['packages/core/src/writes/*.ts', 'packages/gitops/src/emit*.ts', '!**/*.test.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // The copy that is mutated holds what these tests read, and nothing else; packages come from node_modules.
  ignorePatterns: [
    '/*',
    '!/package.json',
    '!/tsconfig.base.json',
    '!/packages',
    '/packages/*',
    '!/packages/core',
    '!/packages/gitops',
    '**/dist',
    '!/test',
    '/test/*',
    '!/test/mutation',
    '!/test/reference-engine',
    '!/test/emitter-*.ts',
    '!/test/sample-count.ts',
    '!/test/code-point.ts',
    '!/test/writes.*.test.ts',
    '!/test/written-object.ts',
  ],
  tempDirName: 'test/tmp-mutation',
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: 'test/tmp-mutation-report/mutation.json' },
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false, reportScoreTable: true },
  thresholds: { high: 95, low: 85, break: 85 },
  timeoutMS: 15_000,
};
