import { StatefulService, WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { affinity, type AffinityProperties } from './affinity.ts';

class Shop extends Application {
  readonly redis = new StatefulService(this, 'redis', { image: 'redis:7.4.1', ports: { redis: 6379 } });
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: AffinityProperties | ((shop: Shop) => AffinityProperties)) {
  const operate = (shop: Shop) => {
    shop.web.attach(affinity(typeof properties === 'function' ? properties(shop) : properties));
  };
  const operations = [defineOperations(Shop, operate)];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const deployment = applications[0]?.manifests.find(({ object }) => object.kind === 'Deployment');
  return { findings, spec: deployment?.object['spec'] };
}

const written = (expected: object) => ({ template: { spec: { affinity: expected } } });
const place = (labels: object, topologyKey: string) => ({
  labelSelector: { matchLabels: labels },
  topologyKey,
});

test('requires all labels of a node in one term, whatever their order', () => {
  const required = { 'node.kubernetes.io/pool': ['web', 'spare'], 'kubernetes.io/arch': ['arm64'] };
  const { findings, spec } = shopWith({ nodes: { required } });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] },
                { key: 'node.kubernetes.io/pool', operator: 'In', values: ['web', 'spare'] },
              ],
            },
          ],
        },
      },
    }),
  );
});

test('prefers nodes by weight', () => {
  const preferred = [{ weight: 20, match: { 'node.kubernetes.io/pool': ['web'] } }];
  expect(shopWith({ nodes: { preferred } }).spec).toMatchObject(
    written({
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 20,
            preference: {
              matchExpressions: [{ key: 'node.kubernetes.io/pool', operator: 'In', values: ['web'] }],
            },
          },
        ],
      },
    }),
  );
});

test("keeps the component's own pods apart, by the label that the workload selects them by", () => {
  const apart = { required: 'kubernetes.io/hostname', preferred: 'topology.kubernetes.io/zone' };
  expect(shopWith({ pods: { apart } }).spec).toMatchObject(
    written({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [place({ app: 'web' }, 'kubernetes.io/hostname')],
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: place({ app: 'web' }, 'topology.kubernetes.io/zone') },
        ],
      },
    }),
  );
});

test('runs near the pods of another component, on the same node where it can', () => {
  const { spec } = shopWith(({ redis }) => ({ pods: { near: [{ labels: redis.labels }] } }));
  expect(spec).toMatchObject(
    written({
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'redis' } },
              topologyKey: 'kubernetes.io/hostname',
            },
          },
        ],
      },
    }),
  );
  expect(JSON.stringify(spec)).not.toContain('requiredDuring');
});

test.each([
  ['no labels, which no node matches', { nodes: { required: {} } }, 'at least one label'],
  ['no values', { nodes: { required: { zone: [] } } }, 'a length of at least 1'],
  [
    'a weight above 100',
    { nodes: { preferred: [{ weight: 101, match: { zone: ['a'] } }] } },
    'a number of at most 100',
  ],
  ['nothing', {}, 'at least one of `nodes` and `pods`'],
])('rejects %s', (_, properties, allowed) => {
  const { findings } = shopWith(properties);
  expect(findings).toMatchObject([{ code: 'property-invalid', allowed }]);
});

test('rejects an invalid label', () => {
  const { findings } = shopWith({ nodes: { required: { 'a b': ['c'] } } });
  expect(findings).toMatchObject([{ code: 'property-unknown', fix: 'Rename `a b`.' }]);
});
