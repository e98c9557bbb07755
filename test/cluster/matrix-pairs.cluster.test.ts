import { afterAll, expect, inject, test } from 'vitest';
import { type ApiServer, ask } from './api.ts';
import { matrixPairs } from './matrix-pairs.ts';
import type { SentManifest } from './manifests.ts';
import { addressesOf } from './resources.ts';

/** As both agents apply, but nothing is kept; unknown fields are refused. */
const DRY_RUN = '?fieldManager=kustomize-controller&force=true&fieldValidation=Strict&dryRun=All';

/** Seconds that the sample may take; 0 leaves it out. */
const SECONDS = Number(process.env['STRAKE_TEST_PAIRS_SECONDS'] ?? '45');

const cluster = inject('cluster');
const addresses = addressesOf(cluster);
const namespaces = new Set<string>();

if (SECONDS === 0) console.error('matrix-pairs: not run (STRAKE_TEST_PAIRS_SECONDS is 0)');

afterAll(async () => {
  const body = { apiVersion: 'v1', kind: 'Namespace', spec: { finalizers: [] } };
  for (const name of namespaces) {
    await ask(cluster, 'DELETE', `/api/v1/namespaces/${name}`);
    const content = JSON.stringify({ ...body, metadata: { name } });
    await ask(cluster, 'PUT', `/api/v1/namespaces/${name}/finalize`, json(content));
  }
});

test.skipIf(SECONDS === 0)(
  'every object of a sample of the pairs of the matrix is accepted without a warning',
  { timeout: (SECONDS + 60) * 1000 },
  async () => {
    const count = { tried: 0, refused: 0, objects: 0, again: 0, unknown: 0 };
    const told = new Map<string, string>();
    const known = new Map<string, Promise<readonly string[]>>();
    const pairs = matrixPairs();
    const deadline = Date.now() + SECONDS * 1000;
    for (const { name, render } of pairs) {
      if (Date.now() > deadline) break;
      const manifests = render();
      count.tried += 1;
      if (manifests.length === 0) count.refused += 1;
      for (const manifest of manifests) {
        count.objects += 1;
        if (known.has(manifest.yaml)) count.again += 1;
        const complaints = known.get(manifest.yaml) ?? complaintsOf(cluster, manifest);
        known.set(manifest.yaml, complaints);
        for (const complaint of await complaints) {
          const line = `${manifest.kind} ${manifest.name}: ${complaint}`;
          if (complaint.startsWith('the server knows no') && cluster.crds === 0) count.unknown += 1;
          else if (!told.has(line)) told.set(line, name);
        }
      }
    }
    const { tried, refused, objects, again, unknown } = count;
    console.log(
      `pairs of the matrix: ${tried} of ${pairs.length} tried, ${refused} refused by Strake, ${objects} objects, ` +
        `${objects - again} of them different, ${unknown} of kinds without a definition, ${told.size} complaints`,
    );
    expect(tried).toBeGreaterThan(refused);
    expect([...told].map(([line, pair]) => `${line} (${pair})`)).toEqual([]);
  },
);

test.skipIf(SECONDS === 0)('an object of a pair with a misspelt field is not accepted', async () => {
  for (const { render } of matrixPairs()) {
    const workload = render().find(({ yaml }) => yaml.includes('"containerPort":'));
    if (workload === undefined) continue;
    const yaml = workload.yaml.replace('"containerPort":', '"containerPrt":');
    expect(await complaintsOf(cluster, { ...workload, yaml })).toEqual([
      expect.stringContaining('containerPrt'),
    ]);
    return;
  }
  expect.unreachable('no pair has a container with a port');
});

/** What the server has against an object: the reason why it rejects it, and its warnings. */
async function complaintsOf(server: ApiServer, manifest: SentManifest): Promise<readonly string[]> {
  if (manifest.namespace !== undefined) await ensureNamespace(server, manifest.namespace);
  const address = await addresses(manifest);
  if ('missing' in address) return [address.missing];
  const content = { type: 'application/apply-patch+yaml', body: manifest.yaml };
  const { status, body, warnings } = await ask(server, 'PATCH', `${address.path}${DRY_RUN}`, content);
  return status === 200 || status === 201 ? warnings : [`status ${status}: ${JSON.stringify(body)}`];
}

async function ensureNamespace(server: ApiServer, name: string): Promise<void> {
  if (namespaces.has(name) || name === 'default' || name.startsWith('kube-')) return;
  namespaces.add(name);
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const { status } = await ask(server, 'POST', '/api/v1/namespaces', json(body));
  if (status !== 201) throw new Error(`the namespace ${name} could not be made: status ${status}`);
}

function json(body: string) {
  return { type: 'application/json', body };
}
