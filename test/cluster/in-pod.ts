import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiServer } from './api.ts';

const UNSHARE = ['unshare', '--map-root-user', '--mount'];

/** Puts a folder where pods find the credentials of their service account, seen by what it becomes alone. */
const MOUNT = `
mount -t tmpfs tmpfs /var/run &&
mkdir -p /var/run/secrets/kubernetes.io &&
ln -s "$1" /var/run/secrets/kubernetes.io/serviceaccount &&
shift && exec "$@"
`;

/** Whether this machine lets a program have mounts of its own. */
export function canMount(): boolean {
  const [command = '', ...args] = UNSHARE;
  return spawnSync(command, [...args, 'mount', '-t', 'tmpfs', 'tmpfs', '/var/run']).status === 0;
}

/** How to start a program that reads who it is and where the API server is as in a pod of `kube-system`. */
export function asInPod(folder: string, server: ApiServer) {
  const account = join(folder, 'service-account');
  mkdirSync(account, { recursive: true });
  writeFileSync(join(account, 'token'), server.token ?? '', { mode: 0o600 });
  writeFileSync(join(account, 'ca.crt'), server.authority);
  const { hostname, port } = new URL(server.url);
  return {
    within: [...UNSHARE, 'sh', '-c', MOUNT, 'sh', account],
    environment: {
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
      POD_NAMESPACE: 'kube-system',
    },
  };
}
