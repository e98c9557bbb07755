import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { replicas } from '../replicas.ts';
import { circuitBreaking, type CircuitBreakingProperties } from './circuit-breaking.ts';
import { traffic } from './traffic.ts';

test('limits callers, and leaves out half of the pods at most', () => {
  const { findings, of } = operatedShop(({ web }) =>
    web.attach(
      circuitBreaking({
        maxConnections: 100,
        maxRequestsPerConnection: 0,
        outlierDetection: { consecutive5xxErrors: 5, interval: '10s' },
      }),
    ),
  );
  expect(findings).toEqual([]);
  expect(of('VirtualService')).toBeUndefined();
  expect(of('DestinationRule')).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
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
      host: 'web.shop.svc.cluster.local',
      trafficPolicy: {
        connectionPool: { tcp: { maxConnections: 100 }, http: { maxRequestsPerConnection: 0 } },
        outlierDetection: { consecutive5xxErrors: 5, interval: '10s', maxEjectionPercent: 50 },
      },
    },
  });
});

test('shares the one DestinationRule of a host with traffic, in whatever order they are attached', () => {
  const both = [
    traffic({ loadBalancer: { simple: 'RANDOM' }, subsets: { v1: { version: 'v1' } } }),
    circuitBreaking({ maxConnections: 100 }),
  ];
  for (const traits of [both, both.toReversed()]) {
    const { findings, objects } = operatedShop(({ web }) => web.attach(...traits));
    expect(findings).toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'DestinationRule').map(({ spec }) => spec)).toEqual([
      {
        host: 'web.shop.svc.cluster.local',
        trafficPolicy: {
          loadBalancer: { simple: 'RANDOM' },
          connectionPool: { tcp: { maxConnections: 100 } },
        },
        subsets: [{ name: 'v1', labels: { version: 'v1' } }],
      },
    ]);
  }
});

test('writes nothing about what is left out', () => {
  const policyWith = (properties: CircuitBreakingProperties) =>
    operatedShop(({ web }) => web.attach(circuitBreaking(properties))).of('DestinationRule')?.['spec'];
  const host = 'web.shop.svc.cluster.local';
  expect(policyWith({ maxRetries: 1 })).toEqual({
    host,
    trafficPolicy: { connectionPool: { http: { maxRetries: 1 } } },
  });
  expect(policyWith({ outlierDetection: {} })).toEqual({
    host,
    trafficPolicy: { outlierDetection: { maxEjectionPercent: 50 } },
  });
});

test('warns of limits for requests where no port speaks HTTP', () => {
  const limits = { maxConnections: 10, http2MaxRequests: 5, maxRetries: 1 };
  expect(operatedShop(({ cache }) => cache.attach(circuitBreaking(limits))).findings).toMatchObject([
    {
      severity: 'warning',
      path: 'shop/cache',
      written: '`http2MaxRequests`, `maxRetries` of `circuitBreaking` where the ports are `redis`',
    },
  ]);
});

test.each([
  [2, 50, []],
  [3, 33, [{ severity: 'warning', allowed: 'at least 34, the share of one pod' }]],
  [1, 50, []],
])(
  'with %i pods of which %i percent may be left out, says whether one ever is',
  (count, percent, expected) => {
    const { findings } = operatedShop(({ web }) =>
      web.attach(replicas({ count }), circuitBreaking({ outlierDetection: { maxEjectionPercent: percent } })),
    );
    expect(findings).toMatchObject(expected);
  },
);

test.each<[string, CircuitBreakingProperties, string]>([
  ['no connection at all', { maxConnections: 0 }, '`maxConnections` of `circuitBreaking` is 0'],
  ['a time without a unit', { idleTimeout: '60' }, '`idleTimeout` of `circuitBreaking` is "60"'],
  ['nothing', {}, '`properties` of `circuitBreaking` is {}'],
])('rejects %s', (_, properties, written) => {
  const { findings } = operatedShop(({ web }) => web.attach(circuitBreaking(properties)));
  expect(findings).toMatchObject([{ code: 'property-invalid', written }]);
});

test('fits components that listen, and no others', () => {
  const limits = circuitBreaking({ maxConnections: 1 });
  // @ts-expect-error a config has no ports
  const { findings } = operatedShop(({ settings }) => settings.attach(limits));
  expect(findings).toMatchObject([{ code: 'capability-missing' }]);
});
