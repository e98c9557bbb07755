import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '@strake/core';
import { argocd as agentOf } from '@strake/gitops/argocd';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../files.ts';
import { type Argocd, isArgocdWarm, NAMESPACE, startArgocd } from './argocd.ts';
import { argocdShop, LOCKED, type Project, type Release, startProject } from './argocd-shop.ts';
import { type Applications, applicationsOf, type ApplicationState, isSynced } from './argocd-status.ts';
import { installCrds } from './crds.ts';
import { eventually } from './eventually.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { type Cluster, startCluster } from './harness.ts';
import { manifestsOf } from './manifests.ts';
import { applyText, deleteObject, editObject, type ObjectName, readObject } from './objects.ts';
import { isWarm } from './suite.ts';

const UPDATER = ['argocd-image-updater.argoproj.io'];
const FOREIGN = ['bitnami.com', 'networking.istio.io', 'security.istio.io'];
const EVERY_DAY = { schedule: '0 0 * * *', duration: '24h' };
const LEAP_DAY = { schedule: '0 0 29 2 *', duration: '1h' };
const ENVIRONMENTS = {
  live: {},
  manual: { namespace: 'manual', approval: 'manual-sync' },
  closed: { namespace: 'closed', approval: { windows: [{ kind: 'deny', ...EVERY_DAY, manualSync: true }] } },
  shut: { namespace: 'shut', approval: { windows: [{ kind: 'allow', ...LEAP_DAY }] } },
} as const;

/** How Argo CD is told to judge Applications, as its own documentation has it; by default it does not. */
const HEALTH = `
hs = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  hs.status = obj.status.health.status
end
return hs
`;

const deployment = z.looseObject({
  metadata: z.looseObject({
    labels: z.record(z.string(), z.string()),
    managedFields: z.array(
      z.looseObject({
        manager: z.string(),
        fieldsV1: z.looseObject({ 'f:spec': z.record(z.string(), z.unknown()).optional() }),
      }),
    ),
  }),
  spec: z.looseObject({
    replicas: z.number(),
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.tuple([
          z.looseObject({
            image: z.string(),
            env: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
          }),
        ]),
      }),
    }),
  }),
  status: z
    .looseObject({
      conditions: z.array(z.looseObject({ type: z.string(), lastTransitionTime: z.string() })).optional(),
    })
    .optional(),
});
const job = z.looseObject({
  metadata: z.looseObject({ uid: z.string() }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.tuple([z.looseObject({ image: z.string() })]) }),
    }),
  }),
});

describe.runIf(isArgocdWarm('argocd'))('with Argo CD and a delivered shop', () => {
  let cluster: Cluster;
  let argocd: Argocd;
  let applications: Applications;
  let project: Project;
  const repositories: GitServer[] = [];

  beforeAll(async () => {
    project = startProject();
    cluster = await startCluster();
    await cluster.with(['workloads']);
    // Before Argo CD, which reads schemas once: those that come later it may not find (docs/decisions/0011).
    await installCrds(cluster, [...FOREIGN, ...UPDATER]);
    argocd = await startArgocd(cluster);
    applications = applicationsOf(cluster, argocd);
  });

  afterAll(async () => {
    await argocd?.stop();
    await cluster?.stop();
    for (const repository of repositories) await repository.stop();
    project?.remove();
  });

  /** Makes a repository, and returns what delivers a release to it. */
  async function shopIn(
    environments: Parameters<typeof argocdShop>[0],
    properties: Omit<Parameters<typeof argocdShop>[1], 'url'>,
  ) {
    const repository = await startGitServer();
    repositories.push(repository);
    const config = (release: Release) =>
      argocdShop(environments, { url: repository.url, ...properties }, release);
    return {
      folder: (name: string) => join(repository.checkout, 'environments', name),
      /** Delivers a release, and returns the commit. */
      deliver: async (release: Release): Promise<string> => {
        await project.strake(config(release), 'deliver', '--mode', 'push');
        return repository.pull();
      },
      /** Commits a tag of the image of `payments`, as the bot does, and returns the commit. */
      lock: (environment: string, tag: string): string => {
        const images = join(repository.checkout, 'images', environment, 'payments');
        mkdirSync(images, { recursive: true });
        writeFileSync(join(images, 'kustomization.yaml'), lockOf(tag));
        return repository.push(`payments ${tag}`);
      },
      /** Applies once what the command says is applied once. */
      start: async (environment: string): Promise<void> =>
        applyText(cluster, await project.strake(config({ tag: '1.0.0' }), 'agent', '--env', environment)),
    };
  }

  async function readDeployment(namespace: string, name: string) {
    const found = await readObject(cluster, deploymentName(namespace, name));
    if (found === undefined) return undefined;
    const { metadata, spec, status } = deployment.parse(found);
    const [{ image, env = [] }] = spec.template.spec.containers;
    const available = status?.conditions?.find(({ type }) => type === 'Available')?.lastTransitionTime;
    return {
      image,
      available,
      replicas: spec.replicas,
      counters: metadata.managedFields
        .filter(({ fieldsV1 }) => fieldsV1['f:spec']?.['f:replicas'] !== undefined)
        .map(({ manager }) => manager),
      by: metadata.labels['by'],
      env: env.map(({ name: variable, value }) => `${variable}=${value}`),
    };
  }

  async function readJob(namespace: string) {
    const name: ObjectName = { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace };
    const { metadata, spec } = job.parse(await readObject(cluster, name));
    return { uid: metadata.uid, image: spec.template.spec.containers[0].image };
  }

  describe('and one Application for each application', () => {
    let shop: Awaited<ReturnType<typeof shopIn>>;
    let first: string;

    beforeAll(async () => {
      shop = await shopIn(ENVIRONMENTS, { appProjects: true });
      first = await shop.deliver({ tag: '1.0.0', setting: '1' });
      for (const environment of Object.keys(ENVIRONMENTS)) await shop.start(environment);
    });

    test('what is rendered is applied, each Application synced in a project of its own', async () => {
      await applications.untilSynced(first, 'live', 'platform.live', 'payments.live', 'shop.live');
      await applications.until('search.live', 'synced', (state) => isSynced(state, first));
      expect(await applications.read('shop.live')).toMatchObject({ project: 'shop.live' });
      const manifests = ['platform', 'payments', 'shop', 'search'].flatMap((name) =>
        manifestsOf(join(shop.folder('live'), name)),
      );
      expect(manifests.length).toBeGreaterThan(10);
      for (const each of manifests) expect(await readObject(cluster, each), each.name).toBeDefined();
    });

    test('what a person changes or removes goes back, and what a person adds stays', async () => {
      const service: ObjectName = { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'shop' };
      await deleteObject(cluster, service);
      const containers = [{ name: 'api', image: 'by-hand:1' }];
      await editObject(cluster, deploymentName('payments', 'api'), {
        metadata: { labels: { by: 'hand' } },
        spec: { template: { spec: { containers } } },
      });
      await eventually('payments is as before', async () => {
        const now = await readDeployment('payments', 'api');
        return now?.image === 'payments:1.0.0' ? now : undefined;
      });
      await eventually('the Service is back', () => readObject(cluster, service));
      await applications.untilSynced(first, 'payments.live', 'shop.live');
      expect(await readDeployment('payments', 'api')).toMatchObject({ by: 'hand' });
    });

    test('the count of pods that an autoscaler owns stays, also when its Deployment is synced', async () => {
      await editObject(cluster, deploymentName('search', 'index'), { spec: { replicas: 4 } });
      const commit = await shop.deliver({ tag: '1.0.0', setting: '2' });
      await applications.until('search.live', 'synced', (state) => isSynced(state, commit));
      const { counters, ...index } = (await readDeployment('search', 'index')) ?? {};
      expect(index).toMatchObject({ replicas: 4, env: ['SETTING=2'] });
      expect(counters).not.toContain('argocd-controller');
    });

    test('what is no longer rendered of an object is removed', async () => {
      const commit = await shop.deliver({ tag: '1.0.0' });
      await applications.until('search.live', 'synced', (state) => isSynced(state, commit));
      expect(await readDeployment('search', 'index')).toMatchObject({ replicas: 4, env: [] });
    });

    test('a changed Job runs anew, and does not hold up what is released with it', async () => {
      const before = await readJob('shop');
      const commit = await shop.deliver({ tag: '2.0.0' });
      await applications.untilSynced(commit, 'payments.live', 'shop.live');
      expect(await readDeployment('shop', 'web')).toMatchObject({ image: 'web:2.0.0' });
      const after = await readJob('shop');
      expect(after.image).toBe('migrate:2.0.0');
      expect(after.uid).not.toBe(before.uid);
    });

    test('a component that goes away is pruned, an application with all of it but its Namespace', async () => {
      const commit = await shop.deliver({ tag: '2.0.0', hasAudit: false, hasSearch: false });
      await applications.untilSynced(commit, 'live', 'platform.live', 'payments.live');
      expect(await readDeployment('payments', 'audit')).toBeUndefined();
      expect(await readDeployment('payments', 'api')).toBeDefined();
      expect(await applications.read('search.live')).toBeUndefined();
      expect(await readObject(cluster, projectName('search.live'))).toBeUndefined();
      expect(await readDeployment('search', 'index')).toBeUndefined();
      const kept: ObjectName = { apiVersion: 'v1', kind: 'Namespace', name: 'search' };
      expect(await readObject(cluster, kept)).toBeDefined();
    });

    test('an environment with manual sync waits for a person, each time', async () => {
      const { revision = '' } = await applications.until(
        'payments.manual',
        'out of sync',
        ({ sync }) => sync === 'OutOfSync',
      );
      expect(await readDeployment('manual', 'api')).toBeUndefined();
      await applications.syncByHand('platform.manual');
      await applications.untilSynced(revision, 'platform.manual');
      await applications.syncByHand('payments.manual');
      await applications.untilSynced(revision, 'payments.manual');
      expect(await readDeployment('manual', 'api')).toMatchObject({ image: 'payments:2.0.0' });
      const commit = await shop.deliver({ tag: '3.0.0', hasAudit: false, hasSearch: false });
      await applications.untilSynced(commit, 'payments.live');
      await applications.until(
        'payments.manual',
        'out of sync',
        (state) => state.sync === 'OutOfSync' && state.revision === commit,
      );
      expect(await readDeployment('manual', 'api')).toMatchObject({ image: 'payments:2.0.0' });
    });

    test('a window holds a sync back, and a person may pass only where it says so', async () => {
      for (const environment of ['closed', 'shut']) {
        const state = await applications.read(`platform.${environment}`);
        expect(state).toMatchObject({ sync: 'OutOfSync', synced: [] });
        await applications.syncByHand(`platform.${environment}`);
      }
      const { synced } = await applications.until(
        'platform.closed',
        'synced',
        ({ phase }) => phase === 'Succeeded',
      );
      expect(synced).toHaveLength(1);
      const { message } = await applications.until(
        'platform.shut',
        'held back',
        (state) => state.message !== undefined,
      );
      expect(message).toContain('blocked by sync window');
      expect(await readDeployment('closed', 'api')).toBeUndefined();
    });
  });

  test('what the API server refuses is told, and tried until it succeeds, at the newest commit', async () => {
    await applyText(cluster, IN_THE_WAY);
    const shop = await shopIn({ late: { namespace: 'late' } }, {});
    await shop.deliver({ tag: '1.0.0', hasSearch: false });
    await shop.start('late');
    const failed = await applications.until('payments.late', 'tried again', ({ retries }) => retries > 0);
    expect(failed).toMatchObject({ sync: 'OutOfSync', message: expect.stringContaining('immutable') });
    const second = await shop.deliver({ tag: '2.0.0', hasSearch: false });
    await deleteObject(cluster, deploymentName('late', 'api'));
    await applications.untilSynced(second, 'payments.late', 'shop.late');
    expect(await applications.read('payments.late')).toMatchObject({ synced: [second] });
  });

  test.runIf(isWarm('argocd, a lock', [], UPDATER))(
    'a tag that a bot commits to the lock is synced',
    async () => {
      const shop = await shopIn({ locked: { namespace: 'locked' } }, { appProjects: true, imageUpdates: {} });
      shop.lock('locked', '1.0.0');
      const first = await shop.deliver({ tag: '1.0.0', hasSearch: false, isLocked: true });
      await shop.start('locked');
      await applications.untilSynced(first, 'locked', 'payments.locked', 'shop.locked');
      expect(await readDeployment('locked', 'api')).toMatchObject({ image: `${LOCKED}:1.0.0` });
      const second = shop.lock('locked', '1.1.0');
      await applications.untilSynced(second, 'payments.locked');
      expect(await readDeployment('locked', 'api')).toMatchObject({ image: `${LOCKED}:1.1.0` });
    },
  );

  test('one ApplicationSet does the same for the folders of an environment', async () => {
    const shop = await shopIn({ sets: { namespace: 'sets' } }, { applicationSet: true });
    const first = await shop.deliver({ tag: '1.0.0', setting: '1' });
    await shop.start('sets');
    await applications.untilSynced(first, 'sets', 'platform.sets', 'payments.sets', 'shop.sets');
    const before = await readJob('sets');
    await eventually('search is there', () => readDeployment('sets', 'index'));
    await editObject(cluster, deploymentName('sets', 'index'), { spec: { replicas: 4 } });
    const second = await shop.deliver({ tag: '2.0.0', setting: '2', hasAudit: false });
    await applications.untilSynced(second, 'payments.sets', 'shop.sets');
    await applications.until('search.sets', 'synced', (state) => isSynced(state, second));
    expect(await readDeployment('sets', 'index')).toMatchObject({ replicas: 4, env: ['SETTING=2'] });
    expect(await readDeployment('sets', 'audit')).toBeUndefined();
    expect((await readJob('sets')).uid).not.toBe(before.uid);
    await shop.deliver({ tag: '2.0.0', hasAudit: false, hasSearch: false });
    await eventually('search is gone', async () =>
      (await applications.read('search.sets')) === undefined ? true : undefined,
    );
    expect(await readDeployment('sets', 'index')).toBeUndefined();
  });

  test('Applications wait for those that they call, where Argo CD judges the health of Applications', async () => {
    const setting = 'resource.customizations.health.argoproj.io_Application';
    await configure({ [setting]: HEALTH });
    const shop = await shopIn({ ordered: { namespace: 'ordered' } }, { appProjects: true });
    const commit = await shop.deliver({ tag: '1.0.0', hasSearch: false });
    await shop.start('ordered');
    await applications.untilSynced(commit, 'payments.ordered', 'shop.ordered', 'ordered');
    const payments = await readDeployment('ordered', 'api');
    const { created } = (await applications.read('shop.ordered')) ?? {};
    expect(Date.parse(created ?? '')).toBeGreaterThanOrEqual(Date.parse(payments?.available ?? ''));
    await configure({ [setting]: null });
  });

  test.for([
    ['cart', 'production'],
    ['online-boutique', 'staging'],
  ] as const)('nothing of the example %s is applied twice', async ([name, environment]) => {
    const repository = await startGitServer();
    repositories.push(repository);
    const { default: example }: { default: Config } = await import(
      join(ROOT, 'examples', name, 'strake.config.ts')
    );
    const config: Config = {
      ...example,
      repository: { url: repository.url },
      agent: agentOf({ url: repository.url, appProjects: true }),
    };
    project.copy(join(ROOT, 'examples', name, 'sealed'));
    await project.strake(config, 'deliver', '--mode', 'push', '--env', environment);
    const commit = repository.pull();
    await applyText(cluster, await project.strake(config, 'agent', '--env', environment));
    const names = [environment, `platform.${environment}`, `${name}.${environment}`];
    const states = new Map<string, ApplicationState>();
    for (const each of names)
      states.set(each, await applications.until(each, 'synced', (state) => isSynced(state, commit)));
    await sleep(6000);
    for (const each of names) {
      const state = await applications.until(each, 'still synced', (now) => isSynced(now, commit));
      expect(state.finished, each).toBe(states.get(each)?.finished);
    }
  });

  test('a ServiceAccount of each namespace applies, with no rights but its own', async () => {
    await applyText(cluster, RIGHTS);
    await configure({ 'application.sync.impersonation.enabled': 'true' });
    const shop = await shopIn(
      { own: { namespace: 'own' } },
      { appProjects: true, serviceAccountName: 'deployer' },
    );
    const first = await shop.deliver({ tag: '1.0.0', hasSearch: false });
    await shop.start('own');
    await applications.untilSynced(first, 'own', 'platform.own');
    const { message } = await applications.until('payments.own', 'tried again', ({ retries }) => retries > 0);
    expect(message).toContain('failed to apply');
    expect(await readDeployment('own', 'api')).toBeUndefined();
    await applyText(cluster, RIGHTS_OF_DEPLOYER);
    await applications.untilSynced(first, 'payments.own', 'shop.own');
  });

  async function configure(data: Readonly<Record<string, string | null>>): Promise<void> {
    const name: ObjectName = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'argocd-cm',
      namespace: NAMESPACE,
    };
    await editObject(cluster, name, { data });
  }
});

/** Who may write Argo CD's own objects and Namespaces. */
const RIGHTS = `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: default, namespace: ${NAMESPACE} }
spec:
  sourceRepos: ['*']
  destinations: [{ namespace: '*', server: '*' }]
  clusterResourceWhitelist: [{ group: '*', kind: '*' }]
  destinationServiceAccounts: [{ server: '*', namespace: '*', defaultServiceAccount: root }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: tests }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
- { kind: ServiceAccount, name: root, namespace: ${NAMESPACE} }
- { kind: ServiceAccount, name: deployer, namespace: default }
- { kind: ServiceAccount, name: deployer, namespace: platform }
`;

const RIGHTS_OF_DEPLOYER = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: deployer, namespace: own }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
- { kind: ServiceAccount, name: deployer, namespace: own }
`;

/** A Deployment of somebody else's, whose selector nobody can change. */
const IN_THE_WAY = `
apiVersion: v1
kind: Namespace
metadata: { name: late }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: late }
spec:
  selector: { matchLabels: { of: somebody } }
  template:
    metadata: { labels: { of: somebody } }
    spec: { containers: [{ name: api, image: 'other:1' }] }
`;

function lockOf(tag: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images:
  - name: ${LOCKED}
    newTag: "${tag}"
`;
}

function deploymentName(namespace: string, name: string): ObjectName {
  return { apiVersion: 'apps/v1', kind: 'Deployment', name, namespace };
}

function projectName(name: string): ObjectName {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', name, namespace: NAMESPACE };
}
