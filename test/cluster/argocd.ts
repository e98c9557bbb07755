import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { type Child, startChild, throwEnded } from './child.ts';
import { createOwnFolder } from './cluster-folder.ts';
import { installCrds } from './crds.ts';
import { debianProgram } from './debian-program.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';
import { goProgram } from './go-program.ts';
import type { Cluster } from './harness.ts';
import { applyText } from './objects.ts';
import { isWarm } from './suite.ts';

/** Namespace where Argo CD lives. */
export const NAMESPACE = 'argocd';

/** What an installation of Argo CD has before anybody configures it; the server that is not started here makes the project. */
const INSTALLED = `
apiVersion: v1
kind: Namespace
metadata: { name: ${NAMESPACE} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: argocd-cm, namespace: ${NAMESPACE}, labels: { app.kubernetes.io/part-of: argocd } }
---
apiVersion: v1
kind: Secret
metadata: { name: argocd-secret, namespace: ${NAMESPACE}, labels: { app.kubernetes.io/part-of: argocd } }
stringData: { server.secretkey: tests }
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: default, namespace: ${NAMESPACE} }
spec:
  sourceRepos: ['*']
  destinations: [{ namespace: '*', server: '*' }]
  clusterResourceWhitelist: [{ group: '*', kind: '*' }]
`;

/** How often the repository is asked what is new. */
const LOOK = '2s';

/** Whether a suite can start Argo CD now; says on standard error why not when it cannot. */
export function isArgocdWarm(suite: string): boolean {
  if (!isWarm(suite, ['workloads'], ['argoproj.io'])) return false;
  const unbuilt = (['argocd', 'kustomize'] as const).find((name) => !existsSync(goProgram(name)));
  const redis = debianProgram('redis-server');
  const missing =
    unbuilt === undefined
      ? 'missing' in redis && redis.missing
      : `${unbuilt} is not built yet: npx jiti test/cluster/build.ts builds it`;
  if (missing !== false) console.error(`${suite}: not run (${missing})`);
  return missing === false;
}

/** A running Argo CD: application controller, ApplicationSet controller, repo server and Redis. */
export interface Argocd {
  /** Throws what one of its programs ended with, if one did. */
  check(): void;
  /** Ends the processes and removes all they wrote. */
  stop(): Promise<void>;
}

/** Starts Argo CD, which syncs the cluster that it is in, and returns once all of it serves. */
export async function startArgocd(cluster: Cluster): Promise<Argocd> {
  const redis = debianProgram('redis-server');
  if ('missing' in redis) throw new Error(redis.missing);
  await installCrds(cluster, ['argoproj.io']);
  await applyText(cluster, INSTALLED);
  const folder = createOwnFolder();
  const children: Child[] = [];
  const check = (): void => throwEnded(children);
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const ports = await freePorts(7);
    const [port = 0] = ports;
    children.push(startRedis(redis, port, folder), ...startComponents(ports, folder, cluster));
    const [, , repoServer, controller, sets] = ports;
    for (const [served, path] of [
      [repoServer, 'healthz'],
      [controller, 'healthz'],
      [sets, 'metrics'],
    ])
      await eventually(`Argo CD serves /${path}`, () => answers(`http://127.0.0.1:${served}/${path}`), {
        check,
      });
    return { check, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startRedis(
  { path, libraries }: { readonly path: string; readonly libraries: string },
  port: number,
  folder: string,
): Child {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const environment = { LD_LIBRARY_PATH: libraries };
  return startChild({ name: 'redis-server', program: path, flags, folder, environment });
}

function startComponents(ports: readonly number[], folder: string, { kubeconfig }: Cluster): Child[] {
  const [redis, repoServer, repoMetrics, metrics, setMetrics, setProbe, setHook] = ports.map(
    (port) => `127.0.0.1:${port}`,
  );
  const environment = {
    PATH: withPrograms(folder),
    KUBECONFIG: kubeconfig,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_ASK_PASS_SOCK: join(folder, 'ask-pass.sock'),
    ARGOCD_RECONCILIATION_TIMEOUT: LOOK,
    ARGOCD_APPLICATIONSET_CONTROLLER_REQUEUE_AFTER: LOOK,
    REDIS_SERVER: redis ?? '',
  };
  const start = (component: string, flags: readonly string[]): Child =>
    startChild({
      name: `argocd-${component}`,
      program: goProgram('argocd'),
      endsWithStarter: true,
      flags: [component, ...flags],
      folder,
      environment,
    });
  return [
    start('repo-server', [
      '--address=127.0.0.1',
      `--port=${portOf(repoServer)}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${portOf(repoMetrics)}`,
      '--disable-tls',
      '--client-ca-path=',
    ]),
    start('application-controller', [
      `--namespace=${NAMESPACE}`,
      `--repo-server=${repoServer}`,
      `--metrics-address=${metrics}`,
      `--app-resync=${LOOK}`,
    ]),
    start('applicationset-controller', [
      `--namespace=${NAMESPACE}`,
      `--argocd-repo-server=${repoServer}`,
      '--repo-server-plaintext',
      `--metrics-addr=${setMetrics}`,
      `--probe-addr=${setProbe}`,
      `--webhook-addr=${setHook}`,
    ]),
  ];
}

function portOf(address = ''): string {
  return address.slice(address.indexOf(':') + 1);
}

/**
 * The path on which the repo server looks for the programs of its image: kustomize, and what reads signatures, of which
 * the commits here have none.
 */
function withPrograms(folder: string): string {
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  symlinkSync(goProgram('kustomize'), join(programs, 'kustomize'));
  writeFileSync(join(programs, 'git-verify-wrapper.sh'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return [programs, process.env['PATH']].join(delimiter);
}

async function answers(url: string): Promise<true | undefined> {
  try {
    return (await fetch(url)).ok ? true : undefined;
  } catch {
    return undefined;
  }
}
