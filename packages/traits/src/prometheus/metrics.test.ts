import { WebService, Worker } from '@strake/components';
import { Application, defineOperations, render, type Trait } from '@strake/core';
import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../../test/custom-resource.ts';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { expose } from '../expose.ts';
import { ports } from '../ports.ts';
import { sidecar } from '../sidecar.ts';
import { alerts, metrics, type MetricsProperties } from './index.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 8080, metrics: 9090 } });
  readonly jobs = new Worker(this, 'jobs', { image: 'jobs:1' });
}

function shopWith(component: 'web' | 'jobs', ...traits: Trait<'pods'>[]) {
  const operations = [defineOperations(Shop, (shop) => void shop[component].attach(...traits))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = applications[0]?.manifests.map(({ object }) => object) ?? [];
  const of = (kind: string) => objects.find((object) => object.kind === kind);
  return { findings, of };
}

const EVERYTHING: MetricsProperties = {
  port: 'metrics',
  namespace: 'observability',
  labels: { release: 'kube-prometheus-stack' },
  sampleLimit: 10_000,
  path: '/stats',
  scheme: 'https',
  interval: '1m30s',
  scrapeTimeout: '1m',
  params: { format: ['prometheus'] },
  honorLabels: true,
  relabelings: [
    { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
    { action: 'hashmod', sourceLabels: ['__address__'], separator: '/', targetLabel: 'shard', modulus: 4 },
  ],
  metricRelabelings: [{ action: 'labeldrop', regex: 'id', replacement: '$1' }],
  basicAuth: { username: { name: 'scraper', key: 'user' }, password: { name: 'scraper', key: 'password' } },
};

test('a port of the Service is scraped through a ServiceMonitor', () => {
  const { findings, of } = shopWith('web', metrics({ interval: '30s' }));
  expect(findings).toEqual([]);
  expect(of('ServiceMonitor')).toMatchObject({
    metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'web' } },
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      endpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
    },
  });
  expect(of('Service')?.metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'web' });
  expect(of('PodMonitor')).toBeUndefined();
});

test('a port that no Service has is scraped through a PodMonitor: that of a sidecar, one of `ports`, or a number', () => {
  const exporter = sidecar({ containers: { exporter: { image: 'exporter:1', ports: { metrics: 9104 } } } });
  expect(shopWith('jobs', exporter, metrics()).of('PodMonitor')).toMatchObject({
    spec: { podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }] },
  });
  expect(shopWith('jobs', ports({ ports: { metrics: 9091 } }), metrics()).of('PodMonitor')).toMatchObject({
    spec: { podMetricsEndpoints: [{ port: 'metrics' }] },
  });
  expect(shopWith('jobs', metrics({ port: 9999 })).of('PodMonitor')).toMatchObject({
    spec: { podMetricsEndpoints: [{ portNumber: 9999 }] },
  });
});

test('writes what the schemas of the Prometheus operator have, with every property that there is', ({
  skip,
}) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { basicAuth: _, ...rest } = EVERYTHING;
  const token = metrics({ ...rest, bearerToken: { name: 'scraper', key: 'token' } });
  const numbered = metrics({ ...EVERYTHING, port: 9999 });
  const rules = alerts({
    interval: '1m',
    labels: { release: 'a' },
    alerts: {
      WebSlow: {
        expr: 'web:latency:p99 > 1',
        for: '5m',
        keepFiringFor: '10m',
        severity: 'critical',
        summary: 'Web is slow',
        description: 'Look at {{ $labels.pod }}',
        runbookUrl: 'https://example.com/slow',
        labels: { team: 'web' },
        annotations: { dashboard: 'web' },
      },
    },
    records: { 'web:latency:p99': { expr: 'histogram_quantile(0.99, rate(a[5m]))', labels: { job: 'web' } } },
    standard: {
      absent: true,
      crashLooping: { for: '1m', severity: 'critical' },
      notReady: true,
      outOfMemory: true,
    },
  });
  for (const trait of [metrics(EVERYTHING), token, numbered]) {
    const { findings, of } = shopWith('web', trait, rules);
    expect(findings).toEqual([]);
    const [monitor, rule] = [of('ServiceMonitor') ?? of('PodMonitor'), of('PrometheusRule')];
    expect(monitor && violations(monitor)).toEqual([]);
    expect(rule && violations(rule)).toEqual([]);
  }
});

test('Prometheus is let in at the port of the container', () => {
  const { admissions } = operatedShop((shop) => shop.web.attach(metrics({ port: 'http' })));
  expect(admissions).toEqual([{ component: 'web', namespace: 'monitoring', port: 8080 }]);
});

test.each<[string, MetricsProperties, string]>([
  ['a port that there is not', { port: 'admin' }, '`metrics` asks at the port `admin`'],
  [
    'a timeout longer than the interval',
    { interval: '30s', scrapeTimeout: '1m' },
    '`scrapeTimeout` of `metrics` is "1m"',
  ],
  ['a duration that Prometheus does not read', { interval: '1.5h' }, '`interval` of `metrics` is "1.5h"'],
  [
    'a replacement of nothing',
    { relabelings: [{ sourceLabels: ['a'] }] },
    '`relabelings.0.targetLabel` of `metrics` is missing',
  ],
])('names %s', (_, properties, written) => {
  expect(shopWith('web', metrics(properties)).findings.map((each) => each.written)).toEqual([written]);
});

test('names a component without a port', () => {
  expect(shopWith('jobs', metrics()).findings).toMatchObject([{ code: 'reference-unknown' }]);
});

test('standard alerts watch exactly the pods of the component', () => {
  const rule = shopWith('web', alerts({ standard: { crashLooping: { severity: 'critical' } } })).of(
    'PrometheusRule',
  );
  expect(rule?.['spec']).toEqual({
    groups: [
      {
        name: 'shop.web',
        rules: [
          {
            alert: 'WebCrashLooping',
            expr: 'max_over_time(kube_pod_container_status_waiting_reason{namespace="shop",pod=~"web-.+",container="web",reason="CrashLoopBackOff"}[5m]) >= 1',
            for: '15m',
            labels: { severity: 'critical' },
            annotations: { summary: 'shop/web: a container starts and ends again and again' },
          },
        ],
      },
    ],
  });
});

test('asks for `metrics` beside the alert on their absence, and for at least one rule', () => {
  expect(shopWith('web', alerts({ standard: { absent: true } })).findings).toMatchObject([
    { code: 'trait-requires' },
  ]);
  expect(shopWith('web', alerts({})).findings).toMatchObject([{ code: 'property-invalid' }]);
});

test('finds each pod once, where `expose` makes a second Service', () => {
  const { findings, of } = shopWith('web', metrics());
  expect([findings, of('ServiceMonitor')?.kind]).toEqual([[], 'ServiceMonitor']);
  class Exposed extends Application {
    readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 8080 } });
  }
  const twice = render({
    project: 'shop',
    applications: { shop: Exposed },
    operations: [
      defineOperations(Exposed, ({ web }) => void web.attach(metrics(), expose({ name: 'web-public' }))),
    ],
  });
  const kinds = twice.applications[0]?.manifests.map(({ object }) => object.kind) ?? [];
  expect(kinds.filter((kind) => kind.endsWith('Monitor'))).toEqual(['PodMonitor']);
});
