import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, inject, test } from 'vitest';
import { tool } from '../tools/kubernetes-tools.ts';
import { ask } from './api.ts';
import { type Applied, applyManifests } from './apply.ts';
import { startCluster } from './harness.ts';
import { manifestsIn } from './manifests.ts';

const cluster = inject('cluster');

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
      - name: web
        image: web:1
        ports:
        - containerPort: 8080
`;

const CLAIM = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
`;

const applied: Applied[] = [];

afterEach(async () => {
  for (const one of applied.splice(0)) await one.remove();
});

/** What the server complains of, for a text that holds one or more objects. */
async function complaints(text: string): Promise<readonly string[]> {
  const one = await applyManifests(cluster, manifestsIn(text));
  applied.push(one);
  return one.complaints;
}

test('an object as it should be is accepted, without a warning, and stays as it is when applied again', async () => {
  expect(await complaints(DEPLOYMENT)).toEqual([]);
});

test('a misspelt field is rejected', async () => {
  expect(await complaints(DEPLOYMENT.replace('containerPort', 'containerPrt'))).toEqual([
    expect.stringMatching(/^Deployment shop\/web rejected: .*containerPrt: field not declared in schema/),
  ]);
});

test.runIf(cluster.crds > 0)(
  'a misspelt field of a kind that another project defines is rejected',
  async () => {
    const spec = 'spec:\n  mtls: { mood: STRICT }\n';
    const metadata = 'metadata: { name: default, namespace: shop }\n';
    const peers = `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n${metadata}${spec}`;
    expect(await complaints(peers.replace('mood', 'mode'))).toEqual([]);
    expect(await complaints(peers)).toEqual([
      expect.stringMatching(
        /^PeerAuthentication shop\/default rejected: .*mtls.mood: field not declared in schema/,
      ),
    ]);
  },
);

test('a field written twice is rejected', async () => {
  expect(await complaints(DEPLOYMENT.replace('replicas: 2', 'replicas: 2\n  replicas: 3'))).toEqual([
    expect.stringMatching(/^Deployment shop\/web rejected: [^]*"replicas" already set/),
  ]);
});

test('a value that breaks a rule of the server is rejected', async () => {
  expect(await complaints(DEPLOYMENT.replace('labels: { app: web }', 'labels: { app: other }'))).toEqual([
    expect.stringMatching(/^Deployment shop\/web rejected: .*`selector` does not match template `labels`/),
  ]);
});

test('a kind that nobody defined is rejected', async () => {
  expect(await complaints(DEPLOYMENT.replace('Deployment', 'Deploymint'))).toEqual([
    'Deployment shop/web rejected: '.replace('ment', 'mint') + 'the server knows no Deploymint of apps/v1',
  ]);
});

test('an object that the server accepts with a warning is told', async () => {
  const old = DEPLOYMENT.replace(
    'containers:',
    'nodeSelector: { beta.kubernetes.io/os: linux }\n      containers:',
  );
  expect(await complaints(old)).toEqual([
    expect.stringMatching(/^Deployment shop\/web warned about: .*nodeSelector.*deprecated/),
  ]);
});

test('a claim that the server stores anew with the same content counts as unchanged', async () => {
  expect(await complaints(CLAIM)).toEqual([]);
});

test('two objects that write each other are told to change again', async () => {
  const one = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one, namespace: shop }\ndata: { key: a }\n';
  expect(await complaints(`${one}---\n${one.replace('key: a', 'key: b')}`)).toEqual([
    'ConfigMap shop/one changed by the second apply',
    'ConfigMap shop/one changed by the second apply',
  ]);
});

test('nothing stays behind', async () => {
  await complaints(DEPLOYMENT);
  await applied.pop()?.remove();
  const kubectl = kubectlPath();
  const names = execFileSync(kubectl, ['--kubeconfig', cluster.kubeconfig, 'get', 'ns', '-o', 'name'], {
    encoding: 'utf8',
  });
  expect(names.trim().split('\n')).not.toContain('namespace/shop');
});

test('kubectl comes to the same verdicts', () => {
  const apply = (input: string) => {
    const flags = ['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'];
    return spawnSync(kubectlPath(), ['--kubeconfig', cluster.kubeconfig, ...flags], {
      input,
      encoding: 'utf8',
    });
  };
  const inDefault = DEPLOYMENT.replace('shop', 'default');
  expect(apply(inDefault)).toMatchObject({ status: 0, stderr: '' });
  expect(apply(inDefault.replace('containerPort', 'containerPrt'))).toMatchObject({ status: 1 });
});

test('a field of a feature that an older Kubernetes has not switched on is told as lost', async () => {
  const gated = manifestsIn(DEPLOYMENT.replace('containers:', 'hostnameOverride: web\n      containers:'));
  const older = await startCluster({ emulatedVersion: '1.34' });
  try {
    const { complaints } = await applyManifests(older, gated);
    expect(complaints).toEqual(['Deployment shop/web lost: /spec/template/spec/hostnameOverride']);
  } finally {
    await older.stop();
  }
});

test('a stopped cluster leaves nothing behind', async () => {
  const other = await startCluster();
  await other.stop();
  expect(existsSync(dirname(other.kubeconfig))).toBe(false);
  await expect(ask(other, 'GET', '/version')).rejects.toThrow('ECONNREFUSED');
});

function kubectlPath(): string {
  const kubectl = tool('kubectl');
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  return kubectl.path;
}
