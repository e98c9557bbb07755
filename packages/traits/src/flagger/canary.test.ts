import { StatefulService, WebService } from '@strake/components';
import { Application, render } from '@strake/core';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { canary, type CanaryProperties } from './canary.ts';

const rate = { name: 'request-success-rate', thresholdRange: { min: 99 } };
const metrics = [rate];
const steps = { stepWeight: 10, maxWeight: 50, metrics } satisfies CanaryProperties;
const tester = 'http://flagger-loadtester.flagger-system/';

const shopWith = (properties: CanaryProperties) =>
  operatedShop((shop) => shop.web.attach(canary(properties)));

test('gives the new revision more and more of the traffic while it is measured', () => {
  const { findings, of } = operatedShop((shop) => shop.cache.attach(canary(steps)));
  expect(findings).toEqual([]);
  expect(of('Canary')).toMatchObject({
    apiVersion: 'flagger.app/v1beta1',
    metadata: { name: 'cache', namespace: 'shop' },
    spec: {
      provider: 'istio',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cache' },
      analysis: {
        interval: '1m',
        threshold: 1,
        stepWeight: 10,
        maxWeight: 50,
        metrics: [{ name: 'request-success-rate', interval: '1m', thresholdRange: { min: 99 } }],
      },
    },
  });
});

test("leaves the component's Service and the number of pods to Flagger", () => {
  const { objects } = shopWith(steps);
  const names = (kind: string) =>
    objects.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name);
  expect(names('Service')).toEqual(['api', 'cache', 'database', 'mails']);
  const deployment = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web');
  expect(deployment?.['spec']).not.toHaveProperty('replicas');
  expect(deployment?.['spec']).toMatchObject({ selector: { matchLabels: { app: 'web' } } });
});

test("describes the component's Service, so that its ports and monitors stay", () => {
  expect(shopWith(steps).of('Canary')).toMatchObject({
    spec: {
      service: {
        port: 80,
        portName: 'http',
        targetPort: 8080,
        appProtocol: 'http',
        portDiscovery: true,
        primary: { labels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' } },
        canary: { labels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' } },
      },
    },
  });
  expect(shopWith(steps).of('Canary')?.['spec']).not.toHaveProperty('service.apex');
});

test('shifts connections where the port does not speak HTTP', () => {
  const { of } = operatedShop((shop) => shop.cache.attach(canary(steps)));
  expect(of('Canary')).toMatchObject({ spec: { service: { port: 6379, appProtocol: 'tcp' } } });
  const service = { hosts: ['shop.example.com'] };
  const { findings } = operatedShop((shop) => shop.cache.attach(canary({ ...steps, service })));
  expect(findings).toMatchObject([{ code: 'trait-misplaced', path: 'shop/cache' }]);
});

test('makes a template of a query', () => {
  const provider = { type: 'prometheus', address: 'http://prometheus.monitoring:9090' } as const;
  const query = 'sum(rate(errors{namespace="{{ namespace }}"}[{{ interval }}]))';
  const errors = { name: 'errors', thresholdRange: { max: 1 }, query, provider };
  const { findings, of } = shopWith({ ...steps, metrics: [errors] });
  expect(findings).toEqual([]);
  expect(of('MetricTemplate')).toMatchObject({ metadata: { name: 'web-errors' }, spec: { provider, query } });
  expect(of('Canary')).toMatchObject({
    spec: { analysis: { metrics: [{ name: 'errors', templateRef: { name: 'web-errors' } }] } },
  });
});

test('has gates that somebody opens by hand, and tests that the load tester runs', () => {
  const gate = `${tester}gate/check`;
  const { findings, of, admissions } = shopWith({
    ...steps,
    webhooks: [
      { type: 'confirm-rollout', url: gate },
      { type: 'confirm-traffic-increase', url: gate },
      { type: 'confirm-promotion', url: gate, name: 'ask the shop' },
      { type: 'rollback', url: `${tester}rollback/check` },
      { type: 'pre-rollout', url: tester, cmd: 'curl -sf http://web-canary.shop/', timeout: '30s' },
      { type: 'rollout', url: tester, cmd: 'hey -z 1m http://web-canary.shop/', timeout: '5s' },
    ],
  });
  expect(findings).toEqual([]);
  expect(of('Canary')).toMatchObject({
    spec: {
      analysis: {
        webhooks: [
          { name: 'confirm-rollout', type: 'confirm-rollout', url: gate, timeout: '10s' },
          { name: 'confirm-traffic-increase' },
          { name: 'ask the shop', type: 'confirm-promotion' },
          { name: 'rollback' },
          { metadata: { type: 'bash', cmd: 'curl -sf http://web-canary.shop/' } },
          { metadata: { type: 'cmd', cmd: 'hey -z 1m http://web-canary.shop/' } },
        ],
      },
    },
  });
  expect(admissions).toEqual([{ component: 'web', namespace: 'flagger-system', port: 8080 }]);
});

test('lets in nobody for gates, which call no pod, and for testers outside of the cluster', () => {
  const webhooks = [
    { type: 'confirm-rollout', url: `${tester}gate/check` },
    { type: 'rollout', url: 'https://load.example.com/' },
  ] as const;
  expect(shopWith({ ...steps, webhooks }).admissions).toEqual([]);
});

test('leads Gateway API gateways and nginx to the new revision too', () => {
  const gatewayRefs = [{ name: 'public', namespace: 'ingress', sectionName: 'https' }];
  const gateway = shopWith({ ...steps, provider: 'gatewayapi:v1', service: { gatewayRefs } });
  expect(gateway.findings).toEqual([]);
  expect(gateway.of('Canary')).toMatchObject({
    spec: { provider: 'gatewayapi:v1', service: { gatewayRefs } },
  });
  expect(gateway.admissions).toEqual([{ component: 'web', namespace: 'ingress', port: 8080 }]);
  const nginx = shopWith({ ...steps, provider: 'nginx', ingressRef: { name: 'web' } });
  expect(nginx.findings).toEqual([]);
  expect(nginx.of('Canary')).toMatchObject({
    spec: { ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' } },
  });
});

describe('refuses', () => {
  const https = { gateways: ['istio-ingress/public'] };
  test.each<[string, CanaryProperties, string, string]>([
    ['no step', { metrics }, 'stepWeight', 'either `stepWeight` or `stepWeights`'],
    [
      'two ways to step',
      { stepWeight: 5, stepWeights: [10], metrics },
      'stepWeight',
      'either `stepWeight` or `stepWeights`',
    ],
    [
      'steps that go back',
      { stepWeights: [20, 10] },
      'stepWeights',
      'shares each of which is above the one before it',
    ],
    ['a step above the most', { stepWeight: 60, maxWeight: 50 }, 'stepWeight', 'at most `maxWeight`'],
    [
      'a most beside steps',
      { stepWeights: [5], maxWeight: 50 },
      'maxWeight',
      'no `maxWeight` beside `stepWeights`, whose last one it is',
    ],
    [
      'copies with nginx',
      { ...steps, provider: 'nginx', mirror: true },
      'mirror',
      'no `mirror` with nginx: only Istio copies requests before traffic is shifted',
    ],
    [
      'retries with nginx',
      { ...steps, provider: 'nginx', service: { retries: { attempts: 1 } } },
      'service.retries',
      'no `retries` with nginx: it is for istio',
    ],
    [
      'gateways without hosts',
      { ...steps, service: https },
      'service.hosts',
      'the host names by which it is called through the `gateways`',
    ],
    [
      'steps below 10 seconds',
      { ...steps, interval: '5s', metrics: [] },
      'interval',
      'at least `10s`, which Flagger waits anyway',
    ],
    [
      'a metric over more than a step',
      { ...steps, metrics: [{ ...rate, interval: '2m' }] },
      'metrics.0.interval',
      'no more than the `interval` of the steps, 1m',
    ],
    [
      'tests that last longer than a step',
      { ...steps, webhooks: [{ type: 'rollout', url: tester, timeout: '1m' }] },
      'webhooks',
      'tests of type `rollout` whose `timeout`s together are below the `interval`, 1m',
    ],
    [
      'a metric that nothing measures',
      { ...steps, metrics: [{ name: 'errors', thresholdRange: { max: 1 } }] },
      'metrics.0.query',
      "either `query` or `templateRef`, and none of them for Flagger's own metrics",
    ],
    [
      'the wrong end of a range',
      { ...steps, metrics: [{ name: 'request-duration', thresholdRange: { min: 1 } }] },
      'metrics.0.thresholdRange',
      '`min` for `request-success-rate`, `max` for `request-duration`',
    ],
    [
      'one cookie for both',
      { ...steps, sessionAffinity: { cookieName: 'a', primaryCookieName: 'a' } },
      'sessionAffinity.primaryCookieName',
      'a name other than `cookieName`',
    ],
  ])('%s', (_, properties, path, allowed) => {
    const { findings, of } = shopWith(properties);
    expect(findings).toMatchObject([{ code: 'property-invalid', allowed }]);
    expect(findings[0]?.written).toMatch(
      new RegExp(`^\`${path.replaceAll('.', String.raw`\.`)}\` of \`canary\` is`),
    );
    expect(of('Canary')).toBeUndefined();
    expect(of('Service', 'web')).toBeDefined();
  });

  test('plain Kubernetes, which shifts no traffic', () => {
    // @ts-expect-error plain Kubernetes is no provider of a canary
    const { findings } = shopWith({ ...steps, provider: 'kubernetes' });
    expect(findings).toMatchObject([
      {
        code: 'property-invalid',
        allowed:
          '`istio`, `gatewayapi:v1` or `nginx`; plain Kubernetes tells no requests apart: use `blueGreen`',
      },
    ]);
  });

  test('providers without what Flagger makes routes of', () => {
    for (const provider of ['gatewayapi:v1', 'nginx'] as const)
      expect(shopWith({ ...steps, provider }).findings).toMatchObject([{ code: 'trait-requires' }]);
  });

  test('what keeps state, since Flagger runs a second one beside it', () => {
    class Stateful extends Application {
      readonly database = new StatefulService(this, 'database', { image: 'a:1', ports: { http: 80 } }).attach(
        canary(steps),
      );
    }
    const { findings } = render({ project: 'shop', applications: { shop: Stateful } });
    expect(findings).toMatchObject([
      { code: 'trait-misplaced', written: 'the trait `canary` on a StatefulSet', path: 'shop/database' },
    ]);
  });

  test('ports that its Services would not have', () => {
    class Ports extends Application {
      readonly web = new WebService(this, 'web', {
        image: 'a:1',
        ports: { http: 80, metrics: { port: 81, containerPort: 9090 }, dns: { port: 53, protocol: 'UDP' } },
      }).attach(canary(steps));
    }
    const { findings } = render({ project: 'shop', applications: { shop: Ports } });
    expect(findings.map(({ written }) => written)).toEqual([
      'the trait `canary` on a component whose port `dns` is of UDP',
      'the trait `canary` on a component whose port `metrics` is 81 of the Service and 9090 of the container',
    ]);
  });

  test('names to which `-primary` cannot be added', () => {
    class Long extends Application {
      readonly web = new WebService(this, 'a'.repeat(56), { image: 'a:1', ports: { http: 80 } }).attach(
        canary(steps),
      );
    }
    const { findings } = render({ project: 'shop', applications: { shop: Long } });
    expect(findings.map(({ code }) => code)).toEqual(['name-invalid']);
  });
});

test('warns of revisions that nothing checks', () => {
  expect(shopWith({ stepWeight: 10 }).findings).toMatchObject([{ severity: 'warning' }]);
  expect(shopWith({ ...steps, skipAnalysis: true }).findings).toMatchObject([{ severity: 'warning' }]);
});

test('fits components with pods behind a Service, and no others', () => {
  expectTypeOf(canary).toBeCallableWith(steps);
  // @ts-expect-error nobody calls the jobs
  const { findings } = operatedShop((shop) => shop.jobs.attach(canary(steps)));
  expect(findings.map(({ code }) => code)).toEqual(['capability-missing']);
});
