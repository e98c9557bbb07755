import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import type { ApiServer } from './api.ts';
import { installCrds } from './crds.ts';
import { buildDefinitions, buildPrograms, NEEDED } from './build-programs.ts';
import { GO_PROGRAMS } from './go-program.ts';
import { startCluster, versionOf } from './harness.ts';
import { createOwnFolder, writeKubeconfig } from './cluster-folder.ts';
import { KUBECONFIG, namedCluster } from './named-cluster.ts';
import { tool } from '../tools/kubernetes-tools.ts';

type Running = ApiServer & {
  readonly kubeconfig: string;
  readonly version: string;
  stop(): Promise<void>;
};

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one cluster of all test files, and how many CustomResourceDefinitions it has. */
    cluster: ApiServer & { readonly kubeconfig: string; readonly version: string; readonly crds: number };
  }
}

/** Starts one cluster for all test files, or takes the one that is named. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = namedCluster(process.env);
  await buildDefinitions();
  if (named === undefined) await buildMissing();
  const started = Date.now();
  const running = named === undefined ? await ownCluster() : await borrowed(named);
  const ready = Date.now();
  const { stop, ...cluster } = running;
  try {
    const crds = await installCrds(cluster);
    const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)} s`;
    const times = `ready in ${seconds(started, ready)}, ${crds} CRDs in ${seconds(ready, Date.now())}`;
    console.error(`Kubernetes ${cluster.version} ${times}`);
    project.provide('cluster', { ...cluster, crds });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where only some suites are asked for, no more than a cluster needs. */
function buildMissing(): Promise<void> {
  const isPartial = process.argv.some((word) => word.endsWith('.cluster.test.ts'));
  return buildPrograms(isPartial ? NEEDED : GO_PROGRAMS);
}

async function ownCluster(): Promise<Running> {
  const emulatedVersion = process.env['STRAKE_TEST_KUBERNETES'];
  const { url, token, authority, kubeconfig, version, stop } = await startCluster({ emulatedVersion });
  return { url, ...(token !== undefined && { token }), authority, kubeconfig, version, stop };
}

async function reached(server: ApiServer): Promise<string> {
  try {
    return await versionOf(server);
  } catch (error) {
    throw new Error(
      `the cluster at ${server.url}, which ${KUBECONFIG} names, cannot be used: ${String(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** The cluster that is named, by a kubeconfig of the tests' own. */
async function borrowed(server: ApiServer): Promise<Running> {
  const kubectl = tool('kubectl');
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  const version = await reached(server);
  const folder = createOwnFolder();
  const stop = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  return { ...server, kubeconfig: writeKubeconfig(folder, server), version, stop };
}
