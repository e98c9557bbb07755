import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../files.ts';
import { testCache } from '../tools/kubernetes-tools.ts';
import { createOwnFolder } from './cluster-folder.ts';
import { type Cluster, startCluster } from './harness.ts';
import { DISPOSABLE, KUBECONFIG } from './named-cluster.ts';
import { isWarm } from './suite.ts';

const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const SUITES = ['examples', 'pod-security'].map((name) => `test/cluster/${name}.cluster.test.ts`);
const DEFAULT = 'the default kubeconfig of somebody\n';

describe.runIf(isWarm('named-cluster', ['workloads']))('with a cluster as a user may have one', () => {
  let cluster: Cluster;
  const home = createOwnFolder();
  const standard = join(home, '.kube', 'config');

  beforeAll(async () => {
    mkdirSync(join(home, '.kube'));
    writeFileSync(standard, DEFAULT);
    cluster = await startCluster();
    await cluster.with(['workloads']);
  });

  afterAll(async () => {
    await cluster?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** Runs suites as a user would, with a home of its own. */
  function runSuites(disposable: string): Promise<{ readonly code: unknown; readonly said: string }> {
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      STRAKE_TEST_CACHE: testCache(),
      STRAKE_TEST_CRDS: join(home, 'no-definitions'),
      NO_COLOR: '1',
      [KUBECONFIG]: cluster.kubeconfig,
      [DISPOSABLE]: disposable,
    };
    const words = [VITEST, 'run', '--config', 'test/cluster/vitest.config.ts', ...SUITES];
    return new Promise((resolve) =>
      execFile(process.execPath, words, { cwd: ROOT, env, encoding: 'utf8' }, (error, out, err) =>
        resolve({ code: error?.code ?? 0, said: out + err }),
      ),
    );
  }

  test('the suites that need only an API server pass there, and the default kubeconfig stays as it is', async () => {
    const { code, said } = await runSuites('tests');
    expect(code, said).toBe(0);
    expect(said).toMatch(/cluster tests: 12 tests in 2 suites, 12 passed, 0 failed, 0 skipped/);
    expect(readFileSync(standard, 'utf8')).toBe(DEFAULT);
  });

  test('nothing runs when another context is said to be disposable', async () => {
    const { code, said } = await runSuites('production');
    expect(code).toBe(1);
    expect(said).toContain(`${DISPOSABLE} names production, but the current context of`);
    expect(said).not.toMatch(/[1-9]\d* passed/);
  });
});
