import { Config, WebService } from '@strake/components';
import { Application, defineOperations, render, type Trait } from '@strake/core';
import { expect, expectTypeOf, test } from 'vitest';
import { autoscale, type AutoscaleProperties } from './autoscale.ts';
import { replicas } from './replicas.ts';
import { resources } from './resources.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
  readonly settings = new Config(this, 'settings', { data: { level: 'info' } });
}

const requests = resources({ requests: { cpu: '100m', memory: '64Mi' } });

function shopWith(...traits: Trait<'pods' | 'scalable' | 'exposed'>[]) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(...traits))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const manifests = applications[0]?.manifests ?? [];
  const kinds = (kind: string) => manifests.filter(({ object }) => object.kind === kind);
  return { findings, autoscaler: kinds('HorizontalPodAutoscaler')[0], deployment: kinds('Deployment')[0] };
}

test("scales by the CPU of the component's own container, from one pod on", () => {
  const { autoscaler, findings } = shopWith(requests, autoscale({ max: 5 }));
  expect(findings).toEqual([]);
  expect(autoscaler?.object).toEqual({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
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
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: 'web',
            target: { type: 'Utilization', averageUtilization: 80 },
          },
        },
      ],
    },
  });
});

test('leaves out CPU when only memory is given', () => {
  const metrics = shopWith(requests, autoscale({ max: 5, memory: 70 })).autoscaler?.object['spec'];
  expect(metrics).toMatchObject({
    metrics: [{ containerResource: { name: 'memory', target: { averageUtilization: 70 } } }],
  });
});

test('writes how fast pods come and go', () => {
  const scaleDown = {
    stabilizationWindowSeconds: 600,
    policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
    selectPolicy: 'Min',
  } as const;
  const { autoscaler } = shopWith(requests, autoscale({ max: 5, scaleDown }));
  expect(autoscaler?.object['spec']).toMatchObject({ behavior: { scaleDown } });
});

test('leaves the number of replicas to the autoscaler, whatever `replicas` says', () => {
  for (const traits of [
    [replicas({ count: 3 }), autoscale({ max: 5 }), requests],
    [requests, autoscale({ max: 5 }), replicas({ count: 3 })],
  ]) {
    const { autoscaler, deployment, findings } = shopWith(...traits);
    expect(findings).toEqual([]);
    expect(autoscaler?.object['spec']).toMatchObject({ minReplicas: 3 });
    expect(deployment?.object['spec']).not.toHaveProperty('replicas');
    expect(deployment?.delegations).toMatchObject([
      { steps: ['spec', 'replicas'], to: 'HorizontalPodAutoscaler' },
    ]);
  }
});

test('prefers its own `min` to the count of `replicas`', () => {
  const { autoscaler } = shopWith(replicas({ count: 3 }), autoscale({ min: 2, max: 5 }), requests);
  expect(autoscaler?.object['spec']).toMatchObject({ minReplicas: 2 });
});

test.each([
  [6, {}, 'a count from 1 to 5, as `autoscale` says'],
  [0, {}, 'a count from 1 to 5, as `autoscale` says'],
  [1, { min: 2 }, 'a count from 2 to 5, as `autoscale` says'],
])('names a count of %i outside of the range', (count, more, allowed) => {
  const { findings } = shopWith(replicas({ count }), autoscale({ max: 5, ...more }), requests);
  expect(findings).toMatchObject([
    {
      code: 'property-invalid',
      path: 'shop/web',
      written: `\`count\` of \`replicas\` is ${count} beside \`autoscale\``,
      allowed,
    },
  ]);
});

test('rejects a maximum below the minimum', () => {
  expect(shopWith(requests, autoscale({ min: 3, max: 2 })).findings).toMatchObject([
    {
      code: 'property-invalid',
      written: '`max` of `autoscale` is 2',
      allowed: 'a number that is not below `min`',
    },
  ]);
});

test('asks for requests, which its percentages are of', () => {
  const onlyCpu = resources({ requests: { cpu: '100m' } });
  expect(shopWith(onlyCpu, autoscale({ max: 5 })).findings).toEqual([]);
  expect(shopWith(onlyCpu, autoscale({ max: 5, memory: 50 })).findings).toMatchObject([
    {
      code: 'trait-requires',
      written: '`autoscale` aims at a use of memory, of which the container requests nothing',
      fix: 'Attach `resources({ requests: { memory: ... } })`.',
    },
  ]);
});

test('fits components with pods that can be scaled, and no others', () => {
  expectTypeOf(autoscale).parameter(0).toEqualTypeOf<AutoscaleProperties>();
  const operations = defineOperations(Shop, ({ settings }) => {
    // @ts-expect-error a config has no pods
    settings.attach(autoscale({ max: 5 }));
  });
  const { findings } = render({ project: 'shop', applications: { shop: Shop }, operations: [operations] });
  expect(findings.map(({ code }) => code)).toEqual(['capability-missing']);
});

test('names a property that it does not have', () => {
  // @ts-expect-error `maximum` is not a property
  const { findings } = shopWith(requests, autoscale({ max: 5, maximum: 6 }));
  expect(findings).toMatchObject([{ code: 'property-unknown' }]);
});

test('scales by metrics of pods, of an object, from outside and of containers, with or without CPU', () => {
  const metrics = [
    { type: 'Pods', name: 'requests', selector: { verb: 'GET' }, averageValue: 50 },
    {
      type: 'Object',
      name: 'hits',
      describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' },
      value: '2k',
    },
    { type: 'External', name: 'queue', averageValue: '30' },
    { type: 'ContainerResource', name: 'cpu', averageValue: '500m' },
    { type: 'Resource', name: 'memory', averageUtilization: 60 },
  ] as const;
  const { autoscaler, findings } = shopWith(autoscale({ max: 5, metrics }));
  expect(findings).toEqual([]);
  const expected = [
    {
      type: 'Pods',
      pods: {
        metric: { name: 'requests', selector: { matchLabels: { verb: 'GET' } } },
        target: { type: 'AverageValue', averageValue: '50' },
      },
    },
    {
      type: 'Object',
      object: {
        describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' },
        metric: { name: 'hits' },
        target: { type: 'Value', value: '2k' },
      },
    },
    {
      type: 'External',
      external: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '30' } },
    },
    {
      type: 'ContainerResource',
      containerResource: {
        name: 'cpu',
        container: 'web',
        target: { type: 'AverageValue', averageValue: '500m' },
      },
    },
    {
      type: 'Resource',
      resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } },
    },
  ];
  expect(autoscaler?.object['spec']).toMatchObject({ metrics: expected });
  const both = shopWith(requests, autoscale({ max: 5, cpu: 60, metrics: metrics.slice(0, 1) })).autoscaler;
  expect(both?.object['spec']).toMatchObject({
    metrics: [{ type: 'ContainerResource', containerResource: { name: 'cpu' } }, { type: 'Pods' }],
  });
});

test('names a metric with no target, and one with two', () => {
  for (const target of [{}, { value: 1, averageValue: 1 }]) {
    const { findings } = shopWith(
      autoscale({ max: 5, metrics: [{ type: 'External', name: 'queue', ...target }] }),
    );
    expect(findings).toMatchObject([
      { code: 'property-invalid', allowed: expect.stringContaining('exactly one target') },
    ]);
  }
});
