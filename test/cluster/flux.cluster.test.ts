import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../files.ts';
import { installCrds } from './crds.ts';
import { eventually } from './eventually.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { type Cluster, startCluster } from './harness.ts';
import { manifestsOf } from './manifests.ts';
import { applyText, deleteObject, editObject, type ObjectName, readObject } from './objects.ts';
import { DELIVERER, repositoryOf, strakeBeside } from './project-beside.ts';
import { sealingKey } from './sealing-key.ts';
import { isWarm } from './suite.ts';
import { CLUSTER_OF_CART, syncedCart } from './synced-cart.ts';

const FOREIGN = ['networking.istio.io', 'security.istio.io'];
const WEB: ObjectName = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'cart' };

const condition = z.looseObject({ type: z.string(), status: z.string(), message: z.string() });
const kustomization = z.looseObject({
  status: z
    .looseObject({
      conditions: z.array(condition).optional(),
      lastAppliedRevision: z.string().optional(),
      inventory: z.looseObject({ entries: z.array(z.looseObject({ id: z.string() })) }).optional(),
    })
    .optional(),
});
const managed = z.looseObject({
  metadata: z.looseObject({
    labels: z.record(z.string(), z.string()),
    managedFields: z.array(z.looseObject({ manager: z.string(), subresource: z.string().optional() })),
  }),
  spec: z.looseObject({ minReadySeconds: z.number().optional(), replicas: z.number().optional() }),
  status: z.looseObject({ readyReplicas: z.number().optional() }).optional(),
});

describe.runIf(isWarm('flux', ['workloads', 'flux', 'sealed-secrets'], FOREIGN))(
  'with Flux and the cart',
  () => {
    let cluster: Cluster;
    let repository: GitServer;

    /** Renders, and delivers to the branch that Flux watches; returns the commit. */
    async function deliver(tools: Parameters<typeof syncedCart>[1]): Promise<string> {
      const make = () => syncedCart(repositoryOf(repository), tools);
      await strakeBeside(repository, make, 'deliver', '--reason', `${tools} of the tools`);
      return repository.pull();
    }

    beforeAll(async () => {
      for (const [name, value] of Object.entries(DELIVERER)) vi.stubEnv(name, value);
      repository = await startGitServer();
      const project = dirname(repository.checkout);
      cpSync(join(ROOT, 'examples', 'cart', 'sealed'), join(project, 'sealed'), { recursive: true });
      await deliver('all');
      cluster = await startCluster();
      await installCrds(cluster, FOREIGN);
      await applyText(cluster, sealingKey());
      await cluster.with(['workloads', 'flux', 'sealed-secrets']);
      await applyText(cluster, CLUSTER_OF_CART);
      const make = () => syncedCart(repositoryOf(repository), 'all');
      const { out } = await strakeBeside(repository, make, 'agent', '--env', 'staging');
      await applyText(cluster, out);
    });

    afterAll(async () => {
      vi.unstubAllEnvs();
      await cluster?.stop();
      await repository?.stop();
    });

    const readKustomization = (name: string): Promise<unknown> =>
      readObject(cluster, {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        name,
        namespace: 'flux-system',
      });

    /** Waits until Flux finds healthy what a commit has, and tells the objects that it has from there. */
    async function untilSynced(name: string, commit: string): Promise<string[]> {
      let last = '';
      return eventually(
        `Flux has synced ${name} at ${commit}`,
        async () => {
          const { data } = kustomization.safeParse(await readKustomization(name));
          const ready = data?.status?.conditions?.find(({ type }) => type === 'Ready');
          last = `${ready?.status} ${ready?.message}`;
          const { lastAppliedRevision, inventory } = data?.status ?? {};
          const isSynced = ready?.status === 'True' && lastAppliedRevision?.endsWith(commit) === true;
          return isSynced ? inventory?.entries.map(({ id }) => id) : undefined;
        },
        { seconds: 120 },
        () => last,
      );
    }

    async function readSpec() {
      const { metadata, spec } = managed.parse(await readObject(cluster, WEB));
      return { replicas: spec.replicas, minReadySeconds: spec.minReadySeconds, by: metadata.labels['by'] };
    }

    test('what `strake agent` prints is enough: every application is synced, healthy, and by its own manager', async () => {
      const commit = repository.head();
      for (const name of ['platform', 'cart', 'tools']) {
        const entries = await untilSynced(`${name}.staging`, commit);
        const folder = join(repository.checkout, 'environments', 'staging', name);
        expect(entries.length, name).toBe(manifestsOf(folder).length);
      }
      const own = await untilSynced('staging', commit);
      expect(own.toSorted()).toEqual([
        'flux-system_cart.staging_kustomize.toolkit.fluxcd.io_Kustomization',
        'flux-system_platform.staging_kustomize.toolkit.fluxcd.io_Kustomization',
        'flux-system_staging_kustomize.toolkit.fluxcd.io_Kustomization',
        'flux-system_staging_source.toolkit.fluxcd.io_GitRepository',
        'flux-system_tools.staging_kustomize.toolkit.fluxcd.io_Kustomization',
      ]);
      const { metadata, status } = managed.parse(await readObject(cluster, WEB));
      expect(status?.readyReplicas).toBe(1);
      const writers = metadata.managedFields.filter(({ subresource }) => subresource === undefined);
      expect(writers.map(({ manager }) => manager)).toContain('kustomize-controller');
    });

    test('what a person changes with kubectl goes back to what the repository says', async () => {
      const edit = { metadata: { labels: { by: 'hand' } }, spec: { replicas: 4, minReadySeconds: 7 } };
      await editObject(cluster, WEB, edit);
      const healed = await eventually('web is as before', async () => {
        const now = await readSpec();
        return now.replicas === 4 || now.minReadySeconds === 7 || now.by === 'hand' ? undefined : now;
      });
      expect(healed).toEqual({ replicas: 1, minReadySeconds: undefined, by: undefined });
    });

    test('an object that a person removes comes back', async () => {
      const service: ObjectName = { ...WEB, apiVersion: 'v1', kind: 'Service' };
      await deleteObject(cluster, service);
      const read = (): Promise<unknown> => readObject(cluster, service);
      expect(await eventually('the Service is back', read, { seconds: 120 })).toBeDefined();
    });

    test('the objects of a component that goes away are removed, and no others', async () => {
      const sweeper = { ...WEB, name: 'sweeper', namespace: 'tools' };
      expect(await readObject(cluster, sweeper)).toBeDefined();
      const commit = await deliver('fewer');
      await untilSynced('tools.staging', commit);
      await eventually('sweeper is gone', async () =>
        (await readObject(cluster, sweeper)) === undefined ? true : undefined,
      );
      expect(await readObject(cluster, { ...sweeper, name: 'mover' })).toBeDefined();
      expect(await readObject(cluster, WEB)).toBeDefined();
    });

    test('an application that goes away takes its objects along, and leaves its Namespace', async () => {
      await untilSynced('staging', await deliver('none'));
      let last: unknown;
      await eventually(
        'the Kustomization is gone',
        async () => ((last = await readKustomization('tools.staging')) === undefined ? true : undefined),
        {},
        () => JSON.stringify(last),
      );
      expect(await readObject(cluster, { ...WEB, name: 'mover', namespace: 'tools' })).toBeUndefined();
      expect(await readObject(cluster, { apiVersion: 'v1', kind: 'Namespace', name: 'tools' })).toBeDefined();
      expect(await readObject(cluster, WEB)).toBeDefined();
    });
  },
);
