import { rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiServer, ask } from './api.ts';
import { clusterAvailability } from './availability.ts';
import { type Child, startChild } from './child.ts';
import {
  createClusterFolder,
  readAuthority,
  writeKubeconfig,
  writeServiceAccountKey,
  writeToken,
} from './cluster-folder.ts';
import { goProgram } from './go-program.ts';

const ATTEMPTS = 3;
const READY_WITHIN_MS = 120_000;

/** A running API server with its own store: no node, no controller. */
export interface Cluster extends ApiServer {
  /** Path of a kubeconfig whose user may do everything. */
  readonly kubeconfig: string;
  /** Kubernetes version the server speaks, as in `v1.36.3`. */
  readonly version: string;
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
    const [client, peer, secure] = await freePorts();
    children.push(startEtcd(folder, client, peer));
    const { token, tokenFile } = writeToken(folder);
    const flags = apiServerFlags({ folder, tokenFile, etcd: client, port: secure });
    if (options.emulatedVersion !== undefined) flags.push(`--emulated-version=${options.emulatedVersion}`);
    children.push(
      startChild('kube-apiserver', goProgram('kube-apiserver'), flags, join(folder, 'kube-apiserver.log')),
    );
    const server = { url: `https://127.0.0.1:${secure}`, token };
    const authority = await untilReady(folder, server, children);
    const ready = { ...server, authority };
    return { ...ready, kubeconfig: writeKubeconfig(folder, ready), version: await versionOf(ready), stop };
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
  return startChild('etcd', goProgram('etcd'), flags, join(folder, 'etcd.log'));
}

/** Admission stays as it is by default, but for the token that a controller would have to make for each pod. */
function apiServerFlags(of: { folder: string; tokenFile: string; etcd: number; port: number }): string[] {
  const key = writeServiceAccountKey(of.folder);
  return [
    `--etcd-servers=http://127.0.0.1:${of.etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${of.port}`,
    `--cert-dir=${join(of.folder, 'certificates')}`,
    `--token-auth-file=${of.tokenFile}`,
    '--authorization-mode=RBAC',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
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
  const deadline = Date.now() + READY_WITHIN_MS;
  let last = 'no certificate yet';
  while (Date.now() < deadline) {
    for (const child of children) {
      const ended = child.ended();
      if (ended !== undefined) throw new Error(ended);
    }
    const authority = readAuthority(folder);
    if (authority !== undefined) {
      try {
        const { status, body } = await ask({ ...server, authority }, 'GET', '/readyz?verbose');
        if (status === 200) return authority;
        last = String(body);
      } catch (error) {
        last = String(error);
      }
    }
    await sleep(100);
  }
  throw new Error(`kube-apiserver was not ready within ${READY_WITHIN_MS / 1000} s: ${last}`);
}

async function versionOf(server: ApiServer): Promise<string> {
  const { body } = await ask(server, 'GET', '/version');
  const named =
    typeof body === 'object' && body !== null && 'gitVersion' in body ? body.gitVersion : undefined;
  return String(named);
}

/** Three ports that nobody listens on; asked for together, so that they differ. */
async function freePorts(): Promise<[number, number, number]> {
  const port = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  const servers: ReturnType<typeof createServer>[] = [];
  const ports: [number, number, number] = [await port(), await port(), await port()];
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
