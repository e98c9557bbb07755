import type { Delegation, JsonObject, KubernetesObject, Manifest } from '@strake/core';
import { expect, test } from 'vitest';
import { ignoredDifferences } from './ignored-differences.ts';

function manifest(object: KubernetesObject, ...paths: (readonly string[])[]): Manifest {
  const write = {} as Delegation['write'];
  return { object, delegations: paths.map((steps) => ({ steps, to: 'a controller', write })) };
}

const containers = [{ name: 'proxy' }, { name: 'web', ports: [{ containerPort: 80, protocol: 'TCP' }] }];
const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'cart' },
  spec: { template: { spec: { containers } } },
};
const template = ['spec', 'template', 'spec'];
const rule: JsonObject = { group: 'apps', kind: 'Deployment', name: 'web', namespace: 'cart' };

test('points at fields, whatever their names are', () => {
  const found = ignoredDifferences([
    manifest(deployment, ['spec', 'replicas'], [...template, 'nodeSelector', 'flagger.app/scale-to-zero']),
  ]);
  expect(found).toEqual([
    {
      ...rule,
      jsonPointers: ['/spec/replicas', '/spec/template/spec/nodeSelector/flagger.app~1scale-to-zero'],
    },
  ]);
});

test('finds elements of lists by their keys, also where the element itself is not written', () => {
  const found = ignoredDifferences([
    manifest(
      deployment,
      [...template, 'containers', 'web', 'image'],
      [...template, 'containers', 'injected'],
      [...template, 'containers', 'web', 'ports', '80/TCP', 'hostPort'],
      [...template, 'containers', 'web', 'resources', 'limits', 'nvidia.com/gpu'],
    ),
  ]);
  expect(found).toEqual([
    {
      ...rule,
      jqPathExpressions: [
        '.spec.template.spec.containers[] | select(.name == "injected")',
        '.spec.template.spec.containers[] | select(.name == "web") | .image',
        '.spec.template.spec.containers[] | select(.name == "web") | .ports[] | select(.containerPort == 80 and .protocol == "TCP") | .hostPort',
        '.spec.template.spec.containers[] | select(.name == "web") | .resources.limits."nvidia.com/gpu"',
      ],
    },
  ]);
});

test('leaves out what nobody else owns, and does not depend on order', () => {
  const service: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'cart' },
  };
  const all = [manifest(service, ['spec', 'selector']), manifest(deployment, ['spec', 'replicas'])];
  expect(ignoredDifferences([manifest(deployment)])).toEqual([]);
  expect(ignoredDifferences(all)).toEqual(ignoredDifferences(all.toReversed()));
  expect(ignoredDifferences(all)[0]).toEqual({
    kind: 'Service',
    name: 'web',
    namespace: 'cart',
    jsonPointers: ['/spec/selector'],
  });
});
