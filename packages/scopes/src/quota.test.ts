import { expect, test } from 'vitest';
import { makes, suppliedShop, writes, type Shop } from '../../../test/supplied-shop.ts';
import { quota, type QuotaProperties } from './quota.ts';

function asking(cpu: string, replicas?: number) {
  return ({ web, jobs }: Shop) => {
    for (const [component, name] of [
      [web, 'web'],
      [jobs, 'jobs'],
    ] as const) {
      const containers = [{ name, resources: { requests: { cpu } } }];
      component.attach(writes({ value: { spec: { replicas, template: { spec: { containers } } } } }));
    }
  };
}

function findingsOf(properties: QuotaProperties, attach: (shop: Shop) => unknown) {
  return suppliedShop([quota(properties)], attach).findings.map(
    ({ code, severity, path, written }) => `${severity} ${code} ${path}: ${written}`,
  );
}

test('limits namespaces and containers', () => {
  const { of, findings } = suppliedShop([
    quota({
      hard: { 'requests.cpu': 10, pods: 50 },
      container: { default: { memory: '256Mi' }, defaultRequest: { cpu: '50m' } },
    }),
  ]);
  expect(findings).toEqual([]);
  expect(of('ResourceQuota')).toMatchObject({
    metadata: { name: 'default', namespace: 'shop' },
    spec: { hard: { 'requests.cpu': '10', pods: '50' } },
  });
  expect(of('LimitRange')?.['spec']).toEqual({
    limits: [{ type: 'Container', default: { memory: '256Mi' }, defaultRequest: { cpu: '50m' } }],
  });
});

test('refuses an application that asks for more than there is', () => {
  expect(findingsOf({ hard: { 'requests.cpu': '5' } }, asking('1', 3))).toEqual([
    'error quota-exceeded shop: its pods ask for `requests.cpu: 6` at most',
  ]);
  expect(findingsOf({ hard: { cpu: '8' } }, asking('1', 3))).toEqual([]);
});

test('warns when only a roll-out asks for more, with a quarter of the pods beside the old ones', () => {
  expect(findingsOf({ hard: { cpu: '600m' } }, asking('100m', 3))).toEqual([
    'warning quota-exceeded shop: its pods ask for `cpu: 800m` while it is rolled out',
  ]);
});

test.each([
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { maxReplicas: 9 }],
  ['keda.sh/v1alpha1', 'ScaledObject', { maxReplicaCount: 9 }],
])('counts as many pods as an object of %s scales to', (apiVersion, kind, scaling) => {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const scaler = { apiVersion, kind, metadata: { name: 'web' }, spec: { scaleTargetRef, ...scaling } };
  const attach = (shop: Shop) => {
    asking('1')(shop);
    shop.web.attach(makes({ objects: [scaler] }));
  };
  expect(findingsOf({ hard: { pods: 9 } }, attach)).toEqual([
    'error quota-exceeded shop: its pods ask for `pods: 10` at most',
  ]);
});

test('counts both revisions of a canary', () => {
  const targetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const canary = {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'web' },
    spec: { targetRef },
  };
  const attach = (shop: Shop) => {
    asking('1', 4)(shop);
    shop.web.attach(makes({ objects: [canary] }));
  };
  expect(findingsOf({ hard: { pods: 12 } }, attach)).toEqual([
    'warning quota-exceeded shop: its pods ask for `pods: 13` while it is rolled out',
  ]);
});

test('refuses containers that ask for nothing where a quota counts it, unless there is a default', () => {
  const silent = (component: string) =>
    `error resources-missing shop/${component}: \`${component}\` without \`resources.limits.memory\``;
  const hard = { 'limits.memory': '1Gi' };
  expect(findingsOf({ hard }, () => {})).toEqual([silent('jobs'), silent('web')]);
  expect(findingsOf({ hard, container: { max: { memory: '64Mi' } } }, () => {})).toEqual([]);
});

test('counts an init container where it asks for more than what runs later', () => {
  const requests = (cpu: string) => ({ resources: { requests: { cpu } } });
  const spec = {
    containers: [{ name: 'web', ...requests('1') }],
    initContainers: [
      { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always', ...requests('2') },
      { name: 'load', image: 'load:1', ...requests('5') },
    ],
  };
  const attach = ({ web }: Shop) => web.attach(writes({ value: { spec: { template: { spec } } } }));
  expect(findingsOf({ hard: { cpu: '6' }, container: { defaultRequest: { cpu: '0' } } }, attach)).toEqual([
    'error quota-exceeded shop: its pods ask for `cpu: 7` at most',
  ]);
});
