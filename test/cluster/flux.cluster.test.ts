import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../files.ts';
import { installCrds } from './crds.ts';
import { eventually } from './eventually.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { type Cluster, startCluster } from './harness.ts';
import { manifestsOf } from './manifests.ts';
import { applyText, deleteObject, editObject, type ObjectName, readObject } from './objects.ts';
import { isWarm } from './suite.ts';

const FOREIGN = ['bitnami.com', 'networking.istio.io', 'security.istio.io'];
const FOLDER = 'environments/production';
const WEB: ObjectName = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'cart' };
const BUDGET: ObjectName = { ...WEB, apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };

const condition = z.looseObject({ type: z.string(), status: z.string(), message: z.string() });
const kustomization = z.looseObject({
  status: z
    .looseObject({
      conditions: z.array(condition).optional(),
      lastAppliedRevision: z.string().optional(),
      inventory: z.looseObject({ entries: z.array(z.unknown()) }).optional(),
    })
    .optional(),
});
const managed = z.looseObject({
  metadata: z.looseObject({
    labels: z.record(z.string(), z.string()),
    managedFields: z.array(z.looseObject({ manager: z.string() })),
  }),
  spec: z.looseObject({ minReadySeconds: z.number().optional(), replicas: z.number().optional() }),
});

/** What syncs the folders of one environment; the platform folder goes first, for it has the Namespace. */
function flux(url: string): string {
  const sync = (name: string, needs: string): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 5s
  retryInterval: 2s
  prune: true
  dependsOn: [${needs}]
  path: ./${FOLDER}/${name}
  sourceRef: { kind: GitRepository, name: gitops }
`;
  return `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: gitops, namespace: flux-system }
spec:
  interval: 2s
  url: ${url}
  ref: { branch: main }
---${sync('platform', '')}---${sync('cart', '{ name: platform }')}`;
}

describe.runIf(isWarm('flux', ['flux'], FOREIGN))('with Flux and the rendered cart', () => {
  let cluster: Cluster;
  let repository: GitServer;

  beforeAll(async () => {
    repository = await startGitServer(join(ROOT, 'examples', 'cart', 'gitops'));
    cluster = await startCluster();
    await installCrds(cluster, FOREIGN);
    await cluster.with(['flux']);
    await applyText(cluster, flux(repository.url));
  });

  afterAll(async () => {
    await cluster?.stop();
    await repository?.stop();
  });

  /** Waits until Flux has applied a commit, and tells how many objects it has from there. */
  async function untilApplied(commit: string): Promise<number> {
    let last = '';
    const name = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'cart' };
    return eventually(
      `Flux has applied ${commit}`,
      async () => {
        const { status } = kustomization.parse(
          await readObject(cluster, { ...name, namespace: 'flux-system' }),
        );
        const ready = status?.conditions?.find(({ type }) => type === 'Ready');
        last = `${ready?.status} ${ready?.message}`;
        const isApplied = ready?.status === 'True' && status?.lastAppliedRevision?.endsWith(commit) === true;
        return isApplied ? status?.inventory?.entries.length : undefined;
      },
      { seconds: 90 },
      () => last,
    );
  }

  async function readSpec() {
    const { metadata, spec } = managed.parse(await readObject(cluster, WEB));
    return { replicas: spec.replicas, minReadySeconds: spec.minReadySeconds, by: metadata.labels['by'] };
  }

  test('every object of the folder is applied, by its own manager', async () => {
    const folder = join(repository.checkout, FOLDER, 'cart');
    expect(await untilApplied(repository.head())).toBe(manifestsOf(folder).length);
    const { metadata } = managed.parse(await readObject(cluster, WEB));
    expect(metadata.managedFields.map(({ manager }) => manager)).toEqual(['kustomize-controller']);
  });

  test('what a person changes with kubectl goes back to what the repository says', async () => {
    const edit = { metadata: { labels: { by: 'hand' } }, spec: { replicas: 9, minReadySeconds: 7 } };
    await editObject(cluster, WEB, edit);
    expect(await readSpec()).toMatchObject({ replicas: 9, minReadySeconds: 7, by: 'hand' });
    const healed = await eventually('web is as before', async () => {
      const now = await readSpec();
      return now.replicas === 9 || now.minReadySeconds === 7 || now.by === 'hand' ? undefined : now;
    });
    expect(healed).toEqual({ replicas: 3, minReadySeconds: undefined, by: undefined });
  });

  test('an object that a person removes comes back', async () => {
    const service: ObjectName = { ...WEB, apiVersion: 'v1', kind: 'Service' };
    await deleteObject(cluster, service);
    expect(await readObject(cluster, service)).toBeUndefined();
    expect(await eventually('the Service is back', () => readObject(cluster, service))).toBeDefined();
  });

  test('the object of a file that goes away is removed', async () => {
    expect(await readObject(cluster, BUDGET)).toBeDefined();
    const folder = join(repository.checkout, FOLDER, 'cart');
    rmSync(join(folder, 'poddisruptionbudget-web.yaml'));
    const list = join(folder, 'kustomization.yaml');
    writeFileSync(list, readFileSync(list, 'utf8').replace(/^.*poddisruptionbudget-web.yaml\n/m, ''));
    const count = await untilApplied(repository.push('no budget'));
    expect(count).toBe(manifestsOf(folder).length);
    expect(await readObject(cluster, BUDGET)).toBeUndefined();
    expect(await readObject(cluster, WEB)).toBeDefined();
  });
});
