import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../../test/custom-resource.ts';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { circuitBreaking, type CircuitBreakingProperties } from './circuit-breaking.ts';
import { traffic, type TrafficProperties } from './traffic.ts';

/** Every property that `traffic` has. Those that exclude each other come in turn. */
const TRAFFIC: TrafficProperties = {
  hosts: ['shop.example.com'],
  gateways: ['istio-ingress/public'],
  port: 'http',
  timeout: '15s',
  retries: { attempts: 3, perTryTimeout: '3s', retryOn: 'connect-failure,503', backoff: '50ms' },
  fault: { delay: { fixedDelay: '2s', percentage: 0.1 }, abort: { httpStatus: 503, percentage: 5 } },
  mirror: { host: 'web-next', port: 80, percentage: 10 },
  headers: {
    request: { set: { 'x-shop': 'web' }, add: { 'x-more': 'a' }, remove: ['x-internal'] },
    response: { remove: ['server'] },
  },
  subsets: { v1: { version: 'v1' } },
  route: [
    { subset: 'v1', port: 8080, weight: 90 },
    { host: 'web-next', weight: 10 },
  ],
  rules: [
    {
      name: 'matched',
      match: [
        {
          uri: { prefix: '/a' },
          method: { exact: 'GET' },
          authority: { regex: '.*' },
          headers: { 'x-user': { exact: 'a' } },
          withoutHeaders: { 'x-not': { prefix: 'a' } },
          queryParams: { page: { exact: '1' } },
        },
      ],
      rewrite: { uri: '/b', authority: 'b.example' },
      timeout: '5s',
    },
    {
      name: 'elsewhere',
      match: [{ uri: { exact: '/gone' } }],
      headers: { response: { set: { 'x-gone': 'yes' } } },
      redirect: { uri: '/', authority: 'shop.example.com', scheme: 'https', redirectCode: 308 },
    },
  ],
};

/** Every property that `circuitBreaking` has. */
const CIRCUIT: CircuitBreakingProperties = {
  maxConnections: 100,
  connectTimeout: '1s',
  maxConnectionDuration: '1h',
  http1MaxPendingRequests: 100,
  http2MaxRequests: 1000,
  maxRequestsPerConnection: 0,
  maxRetries: 3,
  idleTimeout: '60s',
  outlierDetection: {
    consecutive5xxErrors: 5,
    consecutiveGatewayErrors: 3,
    interval: '10s',
    baseEjectionTime: '30s',
    minHealthPercent: 10,
  },
};

const cookie = { httpCookie: { name: 'shop', ttl: '0s', path: '/' } };
const LOAD_BALANCERS: readonly NonNullable<TrafficProperties['loadBalancer']>[] = [
  { simple: 'LEAST_REQUEST' },
  { simple: 'ROUND_ROBIN' },
  { simple: 'RANDOM' },
  { simple: 'PASSTHROUGH' },
  { consistentHash: cookie },
  { consistentHash: { useSourceIp: true } },
  { consistentHash: { httpHeaderName: 'x-user' } },
  { consistentHash: { httpQueryParameterName: 'user' } },
];

test.for(LOAD_BALANCERS)(
  'writes what the schemas of Istio have, with every property that there is: %j',
  (loadBalancer, { skip }) => {
    skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
    const { findings, objects } = operatedShop(({ api }) =>
      api.attach(traffic({ ...TRAFFIC, loadBalancer }), circuitBreaking(CIRCUIT)),
    );
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const written = objects.filter(({ apiVersion }) => apiVersion === 'networking.istio.io/v1');
    expect(written.map(({ kind }) => kind).toSorted()).toEqual(['DestinationRule', 'VirtualService']);
    expect(written.flatMap(violations)).toEqual([]);
  },
);

test('the judge finds unknown fields, wrong types, excluded ways and broken rules', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const simple = { simple: 'FASTEST', consistentHash: { useSourceIp: true } };
  const trafficPolicy = {
    loadBalancer: simple,
    outlier: {},
    connectionPool: { tcp: { connectTimeout: '1us' } },
  };
  const spec = { host: 'web', trafficPolicy, subsets: [{ labels: { a: 1 } }] };
  const metadata = { name: 'web' };
  expect(
    violations({ apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec }).toSorted(),
  ).toEqual([
    '.spec.subsets[0].labels.a: no string',
    '.spec.subsets[0].name: missing',
    '.spec.trafficPolicy.connectionPool.tcp.connectTimeout: must be a valid duration greater than 1ms',
    '.spec.trafficPolicy.loadBalancer.simple: FASTEST is not allowed',
    '.spec.trafficPolicy.loadBalancer: not exactly one of the ways',
    '.spec.trafficPolicy.outlier: unknown',
  ]);
});
