import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiServer, ask } from './api.ts';
import { clusterAvailability } from './availability.ts';
import { type Child, startChild, throwEnded } from './child.ts';
import {
  createClusterFolder,
  readAuthority,
  writeKubeconfig,
  writeServiceAccountKey,
  writeToken,
} from './cluster-folder.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';
import { type PartPorts, startParts } from './part-start.ts';
import type { PartName } from './parts.ts';

const ATTEMPTS = 3;
const READY_WITHIN_SECONDS = 120;

/** A running API server with its own store: no node and no controller but those asked for. */
export interface Cluster extends ApiServer {
  /** Path of a kubeconfig whose user may do everything. */
  readonly kubeconfig: string;
  /** Kubernetes version the server speaks, as in `v1.36.3`. */
  readonly version: string;
  /**
   * Starts parts beyond the API server, with the kinds they need, and tells the ports that each program was given; they
   * end with the cluster.
   */
  with(parts: readonly PartName[]): Promise<PartPorts>;
  /** Ends the processes and removes all they wrote. */
  stop(): Promise<void>;
}

/** How the API server differs from the usual one. */
export interface ClusterOptions {
  /**
   * Kubernetes version to behave like, as in `1.34`.
   * @default - the version of the server
   */
  readonly emulatedVersion?: string | undefined;
}

/** Starts etcd and kube-apiserver on loopback and waits until the server is ready. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const availability = clusterAvailability();
  if (availability !== 'warm') throw new Error(availability);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(options);
    } catch (error) {
      if (attempt === ATTEMPTS || !String(error).includes('address already in use')) throw error;
    }
  }
}

async function start(options: ClusterOptions): Promise<Cluster> {
  const folder = createClusterFolder();
  const children: Child[] = [];
  const stop = async (): Promise<void> => {
    process.off('exit', abandon);
    await Promise.all(children.map((child) => child.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const abandon = (): void => {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.on('exit', abandon);
  try {
    const [client = 0, peer = 0, secure = 0] = await freePorts(3);
    children.push(startEtcd(folder, client, peer));
    const key = writeServiceAccountKey(folder);
    const { token, tokenFile } = writeToken(folder);
    const flags = apiServerFlags({ folder, tokenFile, key, etcd: client, port: secure });
    if (options.emulatedVersion !== undefined) flags.push(`--emulated-version=${options.emulatedVersion}`);
    children.push(startChild({ name: 'kube-apiserver', flags, folder }));
    const server = { url: `https://127.0.0.1:${secure}`, token };
    const ready = { ...server, authority: await untilReady(folder, server, children) };
    const kubeconfig = writeKubeconfig(folder, ready);
    return {
      ...ready,
      kubeconfig,
      version: await versionOf(ready),
      with: (parts) => startParts(parts, { server: ready, folder, kubeconfig, key, children }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startEtcd(folder: string, client: number, peer: number): Child {
  const flags = [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://127.0.0.1:${client}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=default=http://127.0.0.1:${peer}`,
    '--unsafe-no-fsync',
  ];
  return startChild({ name: 'etcd', flags, folder });
}

/** Admission stays as it is by default, but for the token that a controller would have to make for each pod. */
function apiServerFlags(of: {
  folder: string;
  tokenFile: string;
  key: string;
  etcd: number;
  port: number;
}): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${of.etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${of.port}`,
    `--cert-dir=${join(of.folder, 'certificates')}`,
    `--token-auth-file=${of.tokenFile}`,
    '--authorization-mode=RBAC',
    `--service-account-key-file=${of.key}`,
    `--service-account-signing-key-file=${of.key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--endpoint-reconciler-type=none',
    '--disable-admission-plugins=ServiceAccount',
  ];
}

async function untilReady(
  folder: string,
  server: Omit<ApiServer, 'authority'>,
  children: readonly Child[],
): Promise<string> {
  let last = 'no certificate yet';
  const probe = async (): Promise<string | undefined> => {
    const authority = readAuthority(folder);
    if (authority === undefined) return undefined;
    try {
      const { status, body } = await ask({ ...server, authority }, 'GET', '/readyz?verbose');
      last = String(body);
      return status === 200 ? authority : undefined;
    } catch (error) {
      last = String(error);
      return undefined;
    }
  };
  const check = (): void => throwEnded(children);
  return eventually('kube-apiserver is ready', probe, { seconds: READY_WITHIN_SECONDS, check }, () => last);
}

/** The version that an API server says it has. */
export async function versionOf(server: ApiServer): Promise<string> {
  const { status, body } = await ask(server, 'GET', '/version');
  if (status !== 200) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
  const named =
    typeof body === 'object' && body !== null && 'gitVersion' in body ? body.gitVersion : undefined;
  return String(named);
}
