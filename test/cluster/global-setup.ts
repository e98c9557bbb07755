import type { TestProject } from 'vitest/node';
import type { ApiServer } from './api.ts';
import { installCrds } from './crds.ts';
import { buildGoProgram } from './go-program.ts';
import { startCluster } from './harness.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one cluster of all test files, and how many CustomResourceDefinitions it has. */
    cluster: ApiServer & { readonly kubeconfig: string; readonly version: string; readonly crds: number };
  }
}

/** Builds the programs when the cache has none and starts one cluster for all test files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildGoProgram('etcd');
  await buildGoProgram('kube-apiserver');
  const started = Date.now();
  const running = await startCluster({ emulatedVersion: process.env['STRAKE_TEST_KUBERNETES'] });
  const ready = Date.now();
  const { url, token, authority, kubeconfig, version } = running;
  const cluster = { url, token, authority, kubeconfig, version };
  try {
    const crds = await installCrds(cluster);
    const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)} s`;
    const times = `ready in ${seconds(started, ready)}, ${crds} CRDs in ${seconds(ready, Date.now())}`;
    console.error(`Kubernetes ${cluster.version} ${times}`);
    project.provide('cluster', { ...cluster, crds });
    return () => running.stop();
  } catch (error) {
    await running.stop();
    throw error;
  }
}
