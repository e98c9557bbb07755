import { CronTask, Daemon, StatefulService, Task, WebService, Worker } from '@strake/components';
import { Application, type KubernetesObject, Platform, render } from '@strake/core';
import { security, type SecurityProperties } from '@strake/scopes';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { type Answer, ask } from './api.ts';
import { type Applied, applyManifests } from './apply.ts';
import { manifestsIn } from './manifests.ts';

const cluster = inject('cluster');
const NAMESPACE = 'hardened';
const RESTRICTED = ['runAsNonRoot', 'seccompProfile', 'capabilities', 'allowPrivilegeEscalation'] as const;

const template = z.looseObject({
  spec: z.looseObject({ containers: z.array(z.unknown()), volumes: z.array(z.unknown()).optional() }),
});
const claims = z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })).optional();
const jobTemplate = z.looseObject({ spec: z.looseObject({ template }) });
const workload = z.looseObject({
  spec: z.union([
    z.object({ template, volumeClaimTemplates: claims }),
    z.object({ jobTemplate, template: z.undefined().optional() }),
  ]),
});
const refusal = z.looseObject({ reason: z.string(), message: z.string() });

/** A component of each sort that runs pods. */
class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 8080 } });
  readonly jobs = new Worker(this, 'jobs', { image: 'jobs:1' });
  readonly store = new StatefulService(this, 'store', {
    image: 'store:1',
    ports: { redis: 6379 },
    storage: { path: '/data', size: '1Gi' },
  });
  readonly agent = new Daemon(this, 'agent', { image: 'agent:1' });
  readonly report = new CronTask(this, 'report', { image: 'report:1', schedule: '0 3 * * *' });
  readonly migrate = new Task(this, 'migrate', { image: 'migrate:1' });
}

/** What the shop renders to, with the namespace of the platform where it is supplied. */
function rendered(properties?: SecurityProperties): KubernetesObject[] {
  const bare = new Platform('acme', { environments: { live: { kubernetes: '1.34' } } });
  const { applications, findings } = render({
    project: 'shop',
    applications: { [NAMESPACE]: Shop },
    platform: properties === undefined ? bare : bare.supply(security(properties)),
    ownsPlatform: true,
  });
  expect(findings).toEqual([]);
  return applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
}

/** The pods that controllers would make of these objects, by kind and name. */
function podsOf(objects: readonly KubernetesObject[]): Record<string, unknown> {
  const pods = objects.flatMap((object) => {
    const { data } = workload.safeParse(JSON.parse(JSON.stringify(object)));
    if (data === undefined) return [];
    const { name } = object.metadata;
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: NAMESPACE } };
    return [[`${object.kind} ${name}`, { ...pod, spec: podSpec(data.spec) }] as const];
  });
  return Object.fromEntries(pods);
}

/** As the controllers write it: what a StatefulSet claims becomes volumes of its pods. */
function podSpec(spec: z.infer<typeof workload>['spec']) {
  if (spec.template === undefined) return spec.jobTemplate.spec.template.spec;
  const { template: pod, volumeClaimTemplates = [] } = spec;
  const claimed = volumeClaimTemplates.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-0` },
  }));
  return { ...pod.spec, volumes: [...(pod.spec.volumes ?? []), ...claimed] };
}

/** Asks the server to take a pod, which it judges and does not keep. */
function offer(pod: unknown): Promise<Answer> {
  const content = { type: 'application/json', body: JSON.stringify(pod) };
  return ask(cluster, 'POST', `/api/v1/namespaces/${NAMESPACE}/pods?dryRun=All`, content);
}

function sent(objects: readonly KubernetesObject[]): ReturnType<typeof manifestsIn> {
  return manifestsIn(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
}

let applied: Applied;
beforeAll(async () => {
  applied = await applyManifests(cluster, sent(rendered({})));
});
afterAll(() => applied.remove());

test('a namespace at the level restricted takes every workload that the security scope hardened, without a warning', () => {
  expect(applied.namespacesMade).toEqual([]);
  expect(applied.complaints).toEqual([]);
});

test('it takes the pods of every component', async () => {
  const pods = Object.entries(podsOf(rendered({})));
  expect(pods.map(([name]) => name).toSorted()).toEqual([
    'CronJob report',
    'DaemonSet agent',
    'Deployment jobs',
    'Deployment web',
    'Job migrate',
    'StatefulSet store',
  ]);
  for (const [name, pod] of pods) {
    const { status, body, warnings } = await offer(pod);
    expect.soft([name, status, warnings], JSON.stringify(body)).toEqual([name, 201, []]);
  }
});

test('it refuses the same pods without the scope, and names what each of them lacks', async () => {
  for (const [name, pod] of Object.entries(podsOf(rendered()))) {
    const { status, body } = await offer(pod);
    expect.soft([name, status]).toEqual([name, 403]);
    const { reason, message } = refusal.parse(body);
    expect.soft(reason).toBe('Forbidden');
    expect.soft(message).toContain('violates PodSecurity "restricted:v1.34"');
    for (const lacking of RESTRICTED) expect.soft(message).toContain(lacking);
  }
});

test.each(RESTRICTED)('it refuses pods where only %s is not filled in', async (left) => {
  const harden = RESTRICTED.filter((each) => each !== left);
  const { status, body } = await offer(podsOf(rendered({ harden }))['Deployment web']);
  expect(status).toBe(403);
  const { message } = refusal.parse(body);
  expect(RESTRICTED.filter((each) => message.includes(each))).toEqual([left]);
});

test('it warns whoever applies a workload without the scope', async () => {
  const deployment = rendered().find(({ kind }) => kind === 'Deployment');
  const path = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments?dryRun=All`;
  const body = JSON.stringify({ ...deployment, metadata: { ...deployment?.metadata, name: 'bare' } });
  const { status, warnings } = await ask(cluster, 'POST', path, { type: 'application/json', body });
  expect(status).toBe(201);
  expect(warnings.join()).toContain('would violate PodSecurity "restricted:v1.34"');
});
