import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { traffic, type TrafficProperties } from './traffic.ts';

function shopWith(
  properties: TrafficProperties,
  component: 'web' | 'api' | 'cache' = 'web',
  tier = 'staging',
) {
  const { admissions, findings, of } = operatedShop(
    (shop) => shop[component].attach(traffic(properties)),
    tier,
  );
  return {
    admissions,
    findings,
    virtualService: of('VirtualService'),
    destinationRule: of('DestinationRule'),
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

test('divides requests by weight between components and parts of one', () => {
  const { findings, virtualService, destinationRule } = shopWith({
    subsets: { v1: { 'app.kubernetes.io/version': '1.4.2' } },
    route: [
      { subset: 'v1', weight: 80 },
      { host: 'web-next', weight: 15 },
      { host: 'api', port: 8080, weight: 5 },
    ],
  });
  expect(findings).toEqual([]);
  expect(destinationRule?.['spec']).toEqual({
    host: 'web.shop.svc.cluster.local',
    subsets: [{ name: 'v1', labels: { 'app.kubernetes.io/version': '1.4.2' } }],
  });
  expect(virtualService?.['spec']).toEqual({
    hosts: ['web.shop.svc.cluster.local'],
    http: [
      {
        name: 'http',
        route: [
          {
            destination: { host: 'web.shop.svc.cluster.local', subset: 'v1', port: { number: 80 } },
            weight: 80,
          },
          { destination: { host: 'web-next.shop.svc.cluster.local' }, weight: 15 },
          { destination: { host: 'api.shop.svc.cluster.local', port: { number: 8080 } }, weight: 5 },
        ],
      },
    ],
  });
});

test('does to some requests what their rule says, and else what holds for all', () => {
  const testers = [{ headers: { 'x-tester': { exact: 'yes' } } }];
  const { findings, virtualService } = shopWith({
    hosts: ['shop.example.com'],
    timeout: '15s',
    rules: [
      { name: 'testers', match: testers, route: [{ host: 'web-next' }], timeout: '60s' },
      { name: 'old', match: [{ uri: { prefix: '/old/' } }], rewrite: { uri: '/new/' } },
      { name: 'gone', match: [{ uri: { exact: '/gone' } }], redirect: { uri: '/', redirectCode: 308 } },
    ],
  });
  expect(findings).toEqual([]);
  const own = { destination: { host: 'web.shop.svc.cluster.local', port: { number: 80 } } };
  expect(virtualService?.['spec']).toMatchObject({
    http: [
      {
        name: 'testers',
        match: testers,
        timeout: '60s',
        route: [{ destination: { host: 'web-next.shop.svc.cluster.local' } }],
      },
      {
        name: 'old',
        match: [{ uri: { prefix: '/old/' } }],
        rewrite: { uri: '/new/' },
        timeout: '15s',
        route: [own],
      },
      {
        name: 'gone',
        match: [{ uri: { exact: '/gone' } }],
        redirect: { uri: '/', redirectCode: 308 },
      },
      { name: 'http', timeout: '15s', route: [own] },
    ],
  });
});

test('keeps the rules of several ports apart', () => {
  const rules = [{ name: 'old', match: [{ uri: { prefix: '/old/' } }], rewrite: { uri: '/new/' } }];
  expect(shopWith({ rules }, 'api').virtualService?.['spec']).toMatchObject({
    http: [
      { name: 'http-old', match: [{ uri: { prefix: '/old/' }, port: 8080 }] },
      { name: 'http', match: [{ port: 8080 }] },
      { name: 'grpc-old', match: [{ uri: { prefix: '/old/' }, port: 9090 }] },
      { name: 'grpc', match: [{ port: 9090 }] },
    ],
  });
});

test('names subsets that are not there, since callers would get 503', () => {
  const subsets = { v1: { version: 'v1' } };
  expect(shopWith({ subsets, route: [{ subset: 'v2' }] }).findings).toMatchObject([
    { code: 'reference-unknown', written: '`route` of `traffic` names the subset `v2`', allowed: '`v1`' },
  ]);
  expect(shopWith({ subsets, route: [{ subset: 'v2', host: 'elsewhere' }] }).findings).toEqual([]);
});

test('warns of faults for everybody in production, and not of those for testers', () => {
  const fault = { abort: { httpStatus: 503, percentage: 1 } };
  expect(shopWith({ fault }, 'web', 'production').findings).toMatchObject([
    { severity: 'warning', written: '`fault` of `traffic` where the tier is `production`' },
  ]);
  const rules = [{ name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }], fault }];
  expect(shopWith({ rules }, 'web', 'production').findings).toEqual([]);
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
  [
    'several ways without weights',
    { route: [{}, { host: 'web-next', weight: 10 }] },
    '`route` of `traffic` is [{},{"host":"web-next","weight":10}]',
  ],
  ['no way at all', { route: [{ weight: 0 }] }, '`route` of `traffic` is [{"weight":0}]'],
  [
    'two ways to match',
    { rules: [{ name: 'a', match: [{ uri: { exact: '/', prefix: '/' } }] }] },
    '`rules.0.match.0.uri` of `traffic` is {"exact":"/","prefix":"/"}',
  ],
  ['nothing', {}, '`properties` of `traffic` is {}'],
])('rejects %s', (_, properties, written) => {
  expect(shopWith(properties).findings).toMatchObject([{ code: 'property-invalid', written }]);
});

test('fits components that listen, and no others', () => {
  // @ts-expect-error a config has no ports
  const { findings } = operatedShop(({ settings }) => settings.attach(traffic({ timeout: '5s' })));
  expect(findings).toMatchObject([{ code: 'capability-missing' }]);
});
