import { Config, WebService } from '@strake/components';
import { Application, defineOperations, defineScope, Platform, propertiesOf, render } from '@strake/core';
import { expect, test } from 'vitest';
import { traffic, type TrafficProperties } from './traffic.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: { port: 80, containerPort: 8080 }, redis: 6379 },
  });
  readonly api = new WebService(this, 'api', {
    image: 'ghcr.io/acme/api:1.0.0',
    ports: { http: 8080, grpc: 9090 },
  });
  readonly cache = new WebService(this, 'cache', { image: 'redis:7.4.1', ports: { redis: 6379 } });
  readonly settings = new Config(this, 'settings', { data: { level: 'info' } });
}

function shopWith(properties: TrafficProperties, component: 'web' | 'api' | 'cache' = 'web') {
  const admissions: object[] = [];
  const watch = defineScope({
    name: 'watch',
    package: '@acme/scopes',
    summary: 'Sees who is admitted.',
    properties: propertiesOf<{}>()({}),
    application: (context) => void admissions.push(...context.admissions),
  });
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: Shop },
    platform: new Platform('acme', { environments: { production: {} } }).supply(watch()),
    operations: [defineOperations(Shop, (shop) => void shop[component].attach(traffic(properties)))],
  });
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const kind = (wanted: string) => objects.find((object) => object.kind === wanted);
  return {
    admissions,
    findings,
    virtualService: kind('VirtualService'),
    destinationRule: kind('DestinationRule'),
  };
}

test('times out and retries the requests of the mesh', () => {
  const { findings, virtualService, destinationRule } = shopWith({
    timeout: '15s',
    retries: { attempts: 3 },
  });
  expect(findings).toEqual([]);
  expect(destinationRule).toBeUndefined();
  expect(virtualService).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: {
      name: 'web',
      namespace: 'shop',
      labels: {
        'app.kubernetes.io/name': 'web',
        'app.kubernetes.io/part-of': 'shop',
        'app.kubernetes.io/managed-by': 'strake',
      },
    },
    spec: {
      hosts: ['web.shop.svc.cluster.local'],
      http: [
        {
          name: 'http',
          timeout: '15s',
          retries: { attempts: 3 },
          route: [{ destination: { host: 'web.shop.svc.cluster.local', port: { number: 80 } } }],
        },
      ],
    },
  });
});

test('says how callers connect, and leaves out half of the pods at most', () => {
  const { findings, virtualService, destinationRule } = shopWith({
    connectionPool: { tcp: { maxConnections: 100 }, http: { maxRequestsPerConnection: 0 } },
    outlierDetection: { consecutive5xxErrors: 5, interval: '10s' },
  });
  expect(findings).toEqual([]);
  expect(virtualService).toBeUndefined();
  expect(destinationRule?.['spec']).toEqual({
    host: 'web.shop.svc.cluster.local',
    trafficPolicy: {
      connectionPool: { tcp: { maxConnections: 100 }, http: { maxRequestsPerConnection: 0 } },
      outlierDetection: { consecutive5xxErrors: 5, interval: '10s', maxEjectionPercent: 50 },
    },
  });
});

test('lets in the namespaces of the gateways through which it is called', () => {
  const { admissions, findings, virtualService } = shopWith({
    hosts: ['shop.example.com'],
    gateways: ['istio-ingress/public', 'istio-ingress/partners'],
  });
  expect(findings).toEqual([]);
  expect(admissions).toEqual([{ component: 'web', namespace: 'istio-ingress', port: 8080 }]);
  expect(virtualService?.['spec']).toMatchObject({
    hosts: ['web.shop.svc.cluster.local', 'shop.example.com'],
    gateways: ['istio-ingress/public', 'istio-ingress/partners', 'mesh'],
    http: [{ name: 'http' }],
  });
});

test('routes each HTTP port to itself', () => {
  expect(shopWith({ timeout: '5s' }, 'api').virtualService?.['spec']).toMatchObject({
    http: [
      {
        name: 'http',
        match: [{ port: 8080 }],
        timeout: '5s',
        route: [{ destination: { port: { number: 8080 } } }],
      },
      {
        name: 'grpc',
        match: [{ port: 9090 }],
        timeout: '5s',
        route: [{ destination: { port: { number: 9090 } } }],
      },
    ],
  });
});

test('leads gateways, whose ports differ, to the one port that is named', () => {
  const outside = { hosts: ['shop.example.com'], gateways: ['istio-ingress/public'] };
  const { findings, virtualService } = shopWith({ ...outside, port: 'grpc' }, 'api');
  expect(findings).toEqual([]);
  expect(virtualService?.['spec']).toMatchObject({
    http: [
      { name: 'grpc', match: [{ gateways: ['istio-ingress/public'] }, { gateways: ['mesh'], port: 9090 }] },
    ],
  });
  expect(shopWith(outside, 'api').findings).toMatchObject([
    { code: 'property-invalid', path: 'shop/api', fix: 'Name the port with `port`.' },
  ]);
});

test('injects faults and copies requests', () => {
  const { findings, virtualService } = shopWith({
    fault: {
      delay: { fixedDelay: '2s', percentage: 0.1 },
      abort: { httpStatus: 503, percentage: 5 },
    },
    mirror: { host: 'web-next', percentage: 10 },
    headers: { request: { set: { 'x-shop': 'web' } } },
  });
  expect(findings).toEqual([]);
  expect(virtualService?.['spec']).toMatchObject({
    http: [
      {
        fault: {
          delay: { fixedDelay: '2s', percentage: { value: 0.1 } },
          abort: { httpStatus: 503, percentage: { value: 5 } },
        },
        mirror: { host: 'web-next.shop.svc.cluster.local' },
        mirrorPercentage: { value: 10 },
        headers: { request: { set: { 'x-shop': 'web' } } },
      },
    ],
  });
});

test('names the HTTP ports when another one is given', () => {
  expect(shopWith({ timeout: '5s', port: 'redis' }).findings).toMatchObject([
    { code: 'reference-unknown', written: '`port` of `traffic` is `redis`', allowed: '`http`' },
  ]);
  const { findings, virtualService } = shopWith({ timeout: '5s' }, 'cache');
  expect(findings).toMatchObject([
    { code: 'property-invalid', written: '`traffic` routes HTTP requests, but the ports are `redis`' },
  ]);
  expect(virtualService).toBeUndefined();
});

test('warns of retries that the timeout does not leave time for', () => {
  const retries = { attempts: 3, perTryTimeout: '4s' };
  expect(shopWith({ timeout: '16s', retries }).findings).toEqual([]);
  expect(shopWith({ timeout: '15s', retries }).findings).toMatchObject([
    { code: 'property-invalid', severity: 'warning', path: 'shop/web' },
  ]);
});

test('warns of timeouts that Istio leaves out beside faults', () => {
  const fault = { abort: { httpStatus: 503, percentage: 1 } };
  expect(shopWith({ fault, timeout: '5s' }).findings).toMatchObject([{ severity: 'warning' }]);
});

test.each<[string, TrafficProperties, string]>([
  ['gateways without hosts', { gateways: ['istio-ingress/public'] }, '`hosts` of `traffic` is missing'],
  [
    'a gateway without a namespace',
    { hosts: ['a.example'], gateways: ['public'] },
    '`gateways.0` of `traffic` is "public"',
  ],
  ['a short host name', { hosts: ['shop'] }, '`hosts.0` of `traffic` is "shop"'],
  ['a duration without a unit', { timeout: '15' }, '`timeout` of `traffic` is "15"'],
  ['a duration of nothing', { timeout: '0s' }, '`timeout` of `traffic` is "0s"'],
  [
    'more beside switched off retries',
    { retries: { attempts: 0, retryOn: '503' } },
    '`retries` of `traffic` is {"attempts":0,"retryOn":"503"}',
  ],
  [
    'two ways to balance',
    { loadBalancer: { simple: 'RANDOM', consistentHash: { useSourceIp: true } } },
    '`loadBalancer` of `traffic` is {"simple":"RANDOM","consistentHash":{"useSourceIp":true}}',
  ],
  [
    'two things to hash',
    { loadBalancer: { consistentHash: { useSourceIp: true, httpHeaderName: 'a' } } },
    '`loadBalancer.consistentHash` of `traffic` is {"useSourceIp":true,"httpHeaderName":"a"}',
  ],
  ['nothing', {}, '`properties` of `traffic` is {}'],
])('rejects %s', (_, properties, written) => {
  expect(shopWith(properties).findings).toMatchObject([{ code: 'property-invalid', written }]);
});

test('fits components that listen, and no others', () => {
  const operations = defineOperations(Shop, ({ settings }) => {
    // @ts-expect-error a config has no ports
    settings.attach(traffic({ timeout: '5s' }));
  });
  const { findings } = render({ project: 'shop', applications: { shop: Shop }, operations: [operations] });
  expect(findings).toMatchObject([{ code: 'capability-missing' }]);
});
