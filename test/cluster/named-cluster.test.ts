import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOwnFolder } from './cluster-folder.ts';
import { DISPOSABLE, KUBECONFIG, namedCluster } from './named-cluster.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = createOwnFolder();
  path = join(folder, 'kubeconfig');
  vi.stubEnv('HOME', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const CLUSTER = `server: https://127.0.0.1:6443, certificate-authority-data: ${base64('authority')}`;

/** A kubeconfig of two contexts. */
function kubeconfig(user: string, cluster = CLUSTER): string {
  return `
apiVersion: v1
kind: Config
current-context: kind-spoilt
clusters: [{ name: spoilt, cluster: { ${cluster} } }, { name: live, cluster: { server: 'https://live.example' } }]
users: [{ name: someone, user: { ${user} } }]
contexts:
- { name: kind-spoilt, context: { cluster: spoilt, user: someone } }
- { name: live, context: { cluster: live, user: someone } }
`;
}

const named = (disposable: string) => namedCluster({ [KUBECONFIG]: path, [DISPOSABLE]: disposable });

test('without a name the tests have a cluster of their own, whatever kubectl would use', () => {
  mkdirSync(join(folder, '.kube'));
  writeFileSync(join(folder, '.kube', 'config'), kubeconfig('token: secret'));
  expect(namedCluster({ KUBECONFIG: join(folder, '.kube', 'config') })).toBeUndefined();
  expect(namedCluster({ [KUBECONFIG]: '', [DISPOSABLE]: '' })).toBeUndefined();
});

test.each([
  ['token: secret', { token: 'secret' }],
  ['tokenFile: token', { token: 'from the file' }],
  [
    `client-certificate-data: ${base64('certificate')}, client-key: key.pem`,
    { client: { certificate: 'certificate', key: 'the key' } },
  ],
])('a cluster that is said to be disposable is reached as its kubeconfig says: %s', (user, credentials) => {
  writeFileSync(path, kubeconfig(user));
  writeFileSync(join(folder, 'token'), 'from the file\n');
  writeFileSync(join(folder, 'key.pem'), 'the key');
  expect(named('kind-spoilt')).toEqual({
    url: 'https://127.0.0.1:6443',
    authority: 'authority',
    ...credentials,
  });
});

test.each([
  ['', `set ${DISPOSABLE}=kind-spoilt`],
  ['live', 'but the current context of'],
  ['1', 'but the current context of'],
  ['true', 'but the current context of'],
])('a cluster is refused that is not named by its context: %j', (disposable, said) => {
  writeFileSync(path, kubeconfig('token: secret'));
  expect(() => named(disposable)).toThrow(said);
});

test('a context is refused when nobody says in which file it is', () => {
  expect(() => namedCluster({ [DISPOSABLE]: 'kind-spoilt' })).toThrow(`without ${KUBECONFIG}`);
});

test('the default kubeconfig is refused, by another name too, and is not read', () => {
  mkdirSync(join(folder, '.kube'));
  const standard = join(folder, '.kube', 'config');
  expect(() => namedCluster({ [KUBECONFIG]: standard, [DISPOSABLE]: 'x' })).toThrow(
    'is the default kubeconfig',
  );
  writeFileSync(standard, 'not even YAML: [');
  symlinkSync(standard, path);
  expect(() => named('x')).toThrow('is the default kubeconfig');
});

test.each([
  ['exec: { command: login }', CLUSTER, 'neither a token nor a client certificate'],
  [
    'token: secret',
    'server: https://127.0.0.1:6443, insecure-skip-tls-verify: true',
    'no certificate authority',
  ],
  ['token: secret', 'server: http://127.0.0.1:6443', 'is no kubeconfig that the tests can use'],
])('what cannot be reached safely is refused: %s, %s', (user, cluster, said) => {
  writeFileSync(path, kubeconfig(user, cluster));
  expect(() => named('kind-spoilt')).toThrow(said);
});

test('a file that is not there, or is something else, is refused', () => {
  expect(() => named('kind-spoilt')).toThrow('there is no kubeconfig at');
  writeFileSync(path, 'hello: world\n');
  expect(() => named('kind-spoilt')).toThrow('is no kubeconfig that the tests can use');
});
