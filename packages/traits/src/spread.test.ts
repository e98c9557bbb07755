import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { spread, type SpreadProperties } from './spread.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: SpreadProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(spread(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const deployment = applications[0]?.manifests.find(({ object }) => object.kind === 'Deployment');
  return { findings, spec: deployment?.object['spec'] };
}

const written = (...constraints: object[]) => ({
  template: { spec: { topologySpreadConstraints: constraints } },
});

test("spreads the pods of the workload's selector over zones", () => {
  const { findings, spec } = shopWith({ by: 'topology.kubernetes.io/zone' });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written({
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'web' } },
    }),
  );
});

test('spreads by several labels, each with its own exceptions', () => {
  const { findings, spec } = shopWith({
    maxSkew: 2,
    matchLabelKeys: ['pod-template-hash'],
    by: {
      'topology.kubernetes.io/zone': { whenUnsatisfiable: 'DoNotSchedule' },
      'kubernetes.io/hostname': { maxSkew: 5 },
    },
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written(
      {
        maxSkew: 2,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        matchLabelKeys: ['pod-template-hash'],
      },
      {
        maxSkew: 5,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        matchLabelKeys: ['pod-template-hash'],
      },
    ),
  );
});

test('rejects a skew of zero and a label that Kubernetes refuses', () => {
  expect(shopWith({ by: 'zone', maxSkew: 0 }).findings).toMatchObject([{ code: 'property-invalid' }]);
  expect(shopWith({ by: 'topology zone' }).findings).toMatchObject([
    { written: '`by` of `spread` is "topology zone"', code: 'property-invalid' },
  ]);
  expect(shopWith({ by: {} }).findings).toMatchObject([{ allowed: 'at least one label' }]);
});

test('names a misspelt property', () => {
  // @ts-expect-error `maxSkw` is not a property
  expect(shopWith({ by: 'zone', maxSkw: 2 }).findings).toMatchObject([
    { code: 'property-unknown', fix: 'Did you mean `maxSkew`?' },
  ]);
});
