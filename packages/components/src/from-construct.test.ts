import { Application, Exposed, Pods, Scalable, type Component } from '@strake/core';
import { ApiObject, App, Cron, Helm } from 'cdk8s';
import { CronJob, DaemonSet, Deployment, Job, k8s, StatefulSet } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { expect, expectTypeOf, test, vi } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { fromConstruct } from './from-construct.ts';

const containers = [{ image: 'ghcr.io/acme/reports:1', resources: {}, portNumber: 8080 }];

test.each<[string, string, (parent: Construct) => unknown]>([
  ['Deployment', 'spec.template', (parent) => new Deployment(parent, 'reports', { containers })],
  ['StatefulSet', 'spec.template', (parent) => new StatefulSet(parent, 'reports', { containers })],
  ['DaemonSet', 'spec.template', (parent) => new DaemonSet(parent, 'reports', { containers })],
  ['Job', 'spec.template', (parent) => new Job(parent, 'reports', { containers })],
  [
    'CronJob',
    'spec.jobTemplate.spec.template',
    (parent) => new CronJob(parent, 'reports', { containers, schedule: Cron.daily() }),
  ],
])('finds the pods of a %s of cdk8s-plus', (kind, template, build) => {
  const { findings, of } = rendered((shop) => {
    const reports = fromConstruct(shop, 'reports', { offers: [Pods], build });
    const pods = Pods.of(reports);
    expect(pods).toMatchObject({
      workload: { kind, name: 'reports' },
      template,
      container: 'main',
      labels: { 'app.kubernetes.io/name': 'reports' },
    });
  });
  expect(findings).toEqual([]);
  expect(of(kind)?.metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'shop' });
  expect(of(kind)).toHaveProperty(
    [...template.split('.'), 'metadata', 'labels', 'app.kubernetes.io/name'],
    'reports',
  );
});

test('selects the pods as the workload does, or by their name where it has no selector', () => {
  const shop = new Application(new App(), 'shop');
  const web = fromConstruct(shop, 'web', {
    offers: [Pods],
    build: (parent) => new Deployment(parent, 'web', { containers }),
  });
  const job = fromConstruct(shop, 'job', {
    offers: [Pods],
    build: (parent) => new Job(parent, 'job', { containers }),
  });
  expect(Object.keys(Pods.of(web).selector)).toEqual(['cdk8s.io/metadata.addr']);
  expect(Pods.of(job).selector).toEqual({ 'app.kubernetes.io/name': 'job' });
});

test('reads an object of a generated class, whose pods have no labels yet', () => {
  const { findings, of } = rendered((shop) => {
    const reports = fromConstruct(shop, 'reports', {
      offers: [Pods, Scalable],
      build: (parent) =>
        new k8s.KubeDeployment(parent, 'made', {
          metadata: { name: 'adopted', labels: { 'app.kubernetes.io/part-of': 'mine' } },
          spec: {
            selector: { matchLabels: { run: 'reports' } },
            template: {
              spec: {
                containers: [
                  { name: 'first', image: 'a:1' },
                  { name: 'second', image: 'b:1' },
                ],
              },
            },
          },
        }),
    });
    expect(Pods.of(reports)).toMatchObject({ container: 'first', selector: { run: 'reports' } });
    expect(Scalable.of(reports).workload.name).toBe('adopted');
  });
  expect(findings).toEqual([]);
  expect(of('Deployment')).toMatchObject({
    metadata: { name: 'adopted', labels: { 'app.kubernetes.io/part-of': 'mine' } },
    spec: {
      selector: { matchLabels: { run: 'reports' } },
      template: { metadata: { labels: { 'app.kubernetes.io/name': 'reports' } } },
    },
  });
});

test('tells pods that share a name with others apart by the selector', () => {
  const shop = new Application(new App(), 'shop');
  const reports = fromConstruct(shop, 'reports', {
    offers: [Pods],
    build: (parent) =>
      new ApiObject(parent, 'made', {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        spec: {
          selector: { matchLabels: { run: 'reports' } },
          template: {
            metadata: { labels: { run: 'reports', 'app.kubernetes.io/name': 'suite' } },
            spec: { containers: [{ name: 'main', image: 'a:1' }] },
          },
        },
      }),
  });
  expect(Pods.of(reports)).toMatchObject({ selector: { run: 'reports' }, labels: { run: 'reports' } });
});

test('reads the ports of the Service, and names one that has no name', () => {
  const { findings, of } = rendered((shop) => {
    const reports = fromConstruct(shop, 'reports', {
      offers: [Pods, Exposed],
      build: (parent) =>
        new Deployment(parent, 'reports', { containers }).exposeViaService({
          name: 'reports',
          ports: [{ port: 80, targetPort: 8080 }],
        }),
    });
    expect(Exposed.of(reports)).toMatchObject({
      service: { kind: 'Service', name: 'reports' },
      ports: [{ name: 'port-80', port: 80, containerPort: 8080, protocol: 'TCP' }],
    });
  });
  expect(findings).toEqual([]);
  expect(of('Service')).toMatchObject({ spec: { ports: [{ name: 'port-80', port: 80, targetPort: 8080 }] } });
});

test('finds the container port behind a name, and the Service that has an address', () => {
  const shop = new Application(new App(), 'shop');
  const reports = fromConstruct(shop, 'reports', {
    offers: [Exposed],
    build: (parent) => {
      const service = (name: string, clusterIp?: string) =>
        new k8s.KubeService(parent, name, {
          metadata: { name },
          spec: {
            clusterIp,
            ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('web') }],
          },
        });
      service('headless', 'None');
      service('reports');
      const ports = [{ name: 'web', containerPort: 8080 }];
      return new k8s.KubeDeployment(parent, 'workload', {
        spec: { selector: {}, template: { spec: { containers: [{ name: 'main', image: 'a:1', ports }] } } },
      });
    },
  });
  expect(Exposed.of(reports)).toMatchObject({
    service: { name: 'reports' },
    ports: [{ containerPort: 8080 }],
  });
});

test('knows what it offers when it is compiled', () => {
  const shop = new Application(new App(), 'shop');
  const build = (parent: Construct) => new DaemonSet(parent, 'shipper', { containers });
  const shipper = fromConstruct(shop, 'shipper', { offers: [Pods], build });
  expectTypeOf(shipper).toEqualTypeOf<Component<'pods'>>();
  expectTypeOf(shipper).not.toExtend<Component<'scalable'>>();
});

test('refuses to offer what was not constructed, and says what was', () => {
  const { findings } = rendered((shop) =>
    fromConstruct(shop, 'shipper', {
      offers: [Pods, Scalable, Exposed],
      build: (parent) => new DaemonSet(parent, 'shipper', { containers }),
    }),
  );
  expect(findings).toMatchObject([
    {
      code: 'property-invalid',
      path: 'shop/shipper',
      written: '`offers` of `fromConstruct` has `scalable`, `exposed`; constructed is DaemonSet `shipper`',
      fix: 'Take `scalable`, `exposed` out of `offers`, or construct what is missing below `parent`.',
    },
  ]);
});

test('refuses to choose between two workloads', () => {
  const { findings } = rendered((shop) =>
    fromConstruct(shop, 'two', {
      offers: [Pods],
      build: (parent) => [
        new Deployment(parent, 'one', { containers }),
        new Job(parent, 'other', { containers }),
      ],
    }),
  );
  expect(findings).toMatchObject([
    { path: 'shop/two', allowed: 'for `pods`: one workload with a container' },
  ]);
});

test.each([
  [{}, 'no folder of the PATH has `helm`', 'on the PATH.'],
  [{ helmExecutable: '/opt/nothing/helm' }, 'there is no `/opt/nothing/helm`', 'correct `helmExecutable`.'],
])('a helm that is not there is no fault of the code: %j', (given, written, fix) => {
  vi.stubEnv('PATH', '/opt/nothing');
  const { findings } = rendered((shop) =>
    fromConstruct(shop, 'redis', {
      offers: [],
      build: (parent) => new Helm(parent, 'chart', { chart: './redis', ...given }),
    }),
  );
  vi.unstubAllEnvs();
  expect(findings).toMatchObject([
    {
      code: 'helm-missing',
      path: 'shop/redis',
      sources: [{ line: expect.any(Number) }],
      written: `a chart is rendered, and ${written}`,
      fix: expect.stringContaining(fix),
    },
  ]);
});
