import type { Trait } from '@strake/core';
import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../../test/custom-resource.ts';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { route } from '../gateway/route.ts';
import { circuitBreaking } from '../istio/circuit-breaking.ts';
import { traffic } from '../istio/traffic.ts';
import { scaledObject } from '../keda/scaled-object.ts';
import { abTest } from './ab-test.ts';
import { blueGreen } from './blue-green.ts';
import { canary } from './canary.ts';
import type { RolloutProperties } from './rollout-properties.ts';

const url = 'http://flagger-loadtester.flagger-system/';
const call = { url, name: 'call', timeout: '5s', retries: 2, muteAlert: true, disableTLS: true } as const;
const provider = {
  type: 'prometheus',
  address: 'http://prometheus.monitoring:9090',
  secretRef: { name: 'p' },
} as const;
const all = { labels: { team: 'web' }, annotations: { note: 'a' } };

/** Every property that all ways have. */
const ROLLOUT: RolloutProperties = {
  interval: '1m',
  threshold: 5,
  metrics: [
    { name: 'request-success-rate', thresholdRange: { min: 99 } },
    { name: 'request-duration', thresholdRange: { max: 500 }, interval: '30s' },
    { name: 'errors', thresholdRange: { min: 0, max: 1 }, query: 'vector(0)', provider },
    {
      name: 'lag',
      thresholdRange: { max: 1 },
      templateRef: { name: 'lag', namespace: 'flagger-system' },
      templateVariables: { direction: 'inbound' },
    },
  ],
  webhooks: [
    { ...call, type: 'confirm-rollout', metadata: { who: 'shop' } },
    { ...call, type: 'confirm-promotion' },
    { ...call, type: 'rollback' },
    { ...call, type: 'pre-rollout', cmd: 'curl -sf http://web-canary.shop/' },
    { ...call, type: 'rollout', cmd: 'hey -z 1m http://web-canary.shop/' },
    { ...call, type: 'post-rollout', metadata: { type: 'bash' } },
    { ...call, type: 'event' },
  ],
  alerts: [{ name: 'slack', severity: 'warn', providerRef: { name: 'slack', namespace: 'flagger-system' } }],
  primaryReadyThreshold: 50,
  canaryReadyThreshold: 100,
  progressDeadlineSeconds: 300,
  skipAnalysis: false,
  suspend: false,
  revertOnDeletion: true,
  metricsServer: 'http://prometheus.monitoring:9090',
  primaryScalerReplicas: { minReplicas: 2, maxReplicas: 4 },
  primaryScalerQueries: { lag: 'vector(1)' },
};

const headers = { request: { set: { a: 'b' }, remove: ['c'] }, response: { add: { d: 'e' } } };
const shared = {
  portName: 'http',
  trafficDistribution: 'PreferClose',
  apex: all,
  primary: all,
  canary: all,
} as const;
const istio = {
  ...shared,
  hosts: ['shop.example.com'],
  gateways: ['istio-ingress/public'],
  timeout: '15s',
  retries: { attempts: 3, perTryTimeout: '3s', retryOn: '5xx' },
  headers,
  trafficPolicy: {
    loadBalancer: { consistentHash: { httpCookie: { name: 'shop', ttl: '0s', path: '/' } } },
    connectionPool: {
      http: {
        http1MaxPendingRequests: 1,
        http2MaxRequests: 2,
        maxRequestsPerConnection: 3,
        maxRetries: 4,
        idleTimeout: '5s',
      },
    },
    outlierDetection: {
      consecutive5xxErrors: 5,
      consecutiveGatewayErrors: 3,
      interval: '10s',
      baseEjectionTime: '30s',
      minHealthPercent: 10,
    },
  },
};
const gateway = {
  ...shared,
  hosts: ['shop.example.com'],
  gatewayRefs: [{ name: 'public', namespace: 'ingress', sectionName: 'https' }],
  timeout: '15s',
  backendTimeout: '5s',
  headers,
};
const sessionAffinity = {
  cookieName: 'new',
  primaryCookieName: 'old',
  maxAge: 60,
  domain: 'shop.example.com',
  path: '/',
  sameSite: 'Lax',
  httpOnly: true,
  secure: true,
  partitioned: true,
} as const;
const beta = { regex: 'beta.*' };
const match = [
  { headers: { 'x-a': { exact: 'a' }, 'x-b': { prefix: 'b' }, 'x-c': beta }, queryParams: { a: beta } },
  { cookie: { name: 'beta', value: 'always' }, sourceLabels: { app: 'web' } },
];

const WAYS: Readonly<Record<string, Trait<'pods' | 'exposed'>>> = {
  'a canary of Istio': canary({
    ...ROLLOUT,
    service: istio,
    stepWeights: [1, 5, 20],
    stepWeightPromotion: 50,
    mirror: true,
    mirrorWeight: 10,
    sessionAffinity,
  }),
  'a canary of the Gateway API': canary({
    ...ROLLOUT,
    provider: 'gatewayapi:v1',
    service: gateway,
    stepWeight: 10,
    maxWeight: 50,
    sessionAffinity,
  }),
  'a canary of nginx': canary({
    ...ROLLOUT,
    provider: 'nginx',
    service: shared,
    ingressRef: { name: 'shop' },
    stepWeight: 5,
  }),
  'an A/B test of Istio': abTest({ ...ROLLOUT, service: istio, match, iterations: 3 }),
  'an A/B test of nginx': abTest({
    ...ROLLOUT,
    provider: 'nginx',
    ingressRef: { name: 'shop' },
    match: [{ cookie: { name: 'beta', value: 'always' } }],
  }),
  'blue/green of Kubernetes': blueGreen({ ...ROLLOUT, service: shared }),
  'blue/green of Istio': blueGreen({
    ...ROLLOUT,
    provider: 'istio',
    service: istio,
    mirror: true,
    mirrorWeight: 10,
  }),
};

const times = { timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: 5 };
const scaler = scaledObject({ maxReplicaCount: 10, triggers: [{ type: 'cron', metadata: times }] });

test.each(Object.entries(WAYS))('writes what the schemas of Flagger have for %s', (_, trait) => {
  const { findings, objects } = operatedShop((shop) => shop.web.attach(trait, scaler));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const written = objects.filter(({ apiVersion }) => apiVersion === 'flagger.app/v1beta1');
  expect(written.map(({ kind }) => kind).toSorted()).toEqual(['Canary', 'MetricTemplate']);
});

test('writes what the schemas of Flagger have', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  for (const [way, trait] of Object.entries(WAYS)) {
    const { objects } = operatedShop((shop) => shop.web.attach(trait, scaler));
    for (const object of objects.filter(({ apiVersion }) => apiVersion === 'flagger.app/v1beta1'))
      expect(violations(object), way).toEqual([]);
  }
});

test('writes what the schemas have of what it takes over from other traits', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { hosts, gateways, timeout, retries, trafficPolicy } = istio;
  const loadBalancer = { simple: 'LEAST_REQUEST' } as const;
  const said = { hosts, gateways, timeout, retries, headers, loadBalancer, port: 'http' };
  const { findings, of } = operatedShop((shop) =>
    shop.web.attach(
      canary({
        stepWeight: 10,
        ...ROLLOUT,
        primaryScalerReplicas: undefined,
        primaryScalerQueries: undefined,
      }),
      traffic(said),
      circuitBreaking({ maxRetries: 1, outlierDetection: trafficPolicy.outlierDetection }),
    ),
  );
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const written = of('Canary');
  expect(written && violations(written)).toEqual([]);
});

test('writes what the schemas have of a route, which it takes over', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { findings, of } = operatedShop((shop) =>
    shop.web.attach(
      canary({ stepWeight: 10, skipAnalysis: true, provider: 'gatewayapi:v1' }),
      route({
        parentRefs: [
          { name: 'public', namespace: 'ingress', sectionName: 'https', port: 443, kind: 'Gateway' },
          { name: 'web', kind: 'Service' },
        ],
        rules: [{ timeouts: { request: '5s' }, requestHeaderModifier: { remove: ['x-a'] } }],
      }),
    ),
  );
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const written = of('Canary');
  expect(written && violations(written)).toEqual([]);
});

test('the check against the schemas finds unknown fields, excluded ways and wrong types', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const analysis = { interval: '1m', threshold: 1, stepWeight: 5, iterations: 5 };
  const spec = {
    targetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a' },
    service: { port: 'http', tcp: 1 },
    analysis,
  };
  const object = { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', metadata: { name: 'a' }, spec };
  expect(violations(object).toSorted()).toEqual([
    '.spec.analysis: not exactly one of the ways',
    '.spec.service.port: no number',
    '.spec.service.tcp: unknown',
    '.spec.targetRef.kind: StatefulSet is not allowed',
  ]);
});
