import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiServer } from './api.ts';

const PREFIX = 'strake-cluster-';

/** Temporary folder whose name tells the process it belongs to. */
export function createOwnFolder(): string {
  removeFoldersOfTheDead();
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Temporary folder that holds all that one cluster writes. */
export function createClusterFolder(): string {
  const folder = createOwnFolder();
  for (const name of ['etcd', 'certificates']) mkdirSync(join(folder, name));
  return folder;
}

/** Writes the key that signs service account tokens. */
export function writeServiceAccountKey(folder: string): string {
  const path = join(folder, 'service-account.pem');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(path, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  return path;
}

/** Writes the list of known tokens: one, whose holder may do everything. */
export function writeToken(folder: string): { readonly token: string; readonly tokenFile: string } {
  const tokenFile = join(folder, 'tokens.csv');
  const token = randomBytes(16).toString('hex');
  writeFileSync(tokenFile, `${token},tests,tests,"system:masters"\n`, { mode: 0o600 });
  return { token, tokenFile };
}

/** Writes what kubectl needs to reach the server. */
export function writeKubeconfig(folder: string, server: ApiServer): string {
  const path = join(folder, 'kubeconfig.json');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const { token, client } = server;
  const user = {
    ...(token !== undefined && { token }),
    ...(client && {
      'client-certificate-data': base64(client.certificate),
      'client-key-data': base64(client.key),
    }),
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'tests',
    clusters: [
      {
        name: 'tests',
        cluster: { server: server.url, 'certificate-authority-data': base64(server.authority) },
      },
    ],
    users: [{ name: 'tests', user }],
    contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'tests' } }],
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}

/** Certificate the server made for itself, once it has. */
export function readAuthority(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'certificates', 'apiserver.crt'), 'utf8');
  } catch {
    return undefined;
  }
}

/** A killed test run cannot remove its folder: the next one does. */
function removeFoldersOfTheDead(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
