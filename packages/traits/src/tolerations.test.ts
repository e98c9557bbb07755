import { WebService } from '@strake/components';
import {
  Application,
  defineOperations,
  defineTrait,
  Pods,
  propertiesOf,
  render,
  type Trait,
} from '@strake/core';
import { expect, test } from 'vitest';
import { tolerations, type ToleratedTaintProperties } from './tolerations.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(...traits: Trait<'pods'>[]) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(...traits))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const deployment = applications[0]?.manifests.find(({ object }) => object.kind === 'Deployment');
  return { findings, spec: deployment?.object['spec'] };
}

const written = (...values: object[]) => ({ template: { spec: { tolerations: values } } });

test('tolerates a taint with a value, and one with any value', () => {
  const taints = [
    { key: 'acme.dev/dedicated', value: 'web', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', tolerationSeconds: 30 },
  ] as const;
  const { findings, spec } = shopWith(tolerations({ taints }));
  expect(findings).toEqual([]);
  expect(spec).toEqual(
    expect.objectContaining({
      template: expect.objectContaining({
        spec: expect.objectContaining({
          tolerations: [
            { key: 'acme.dev/dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' },
            {
              key: 'node.kubernetes.io/unreachable',
              operator: 'Exists',
              effect: 'NoExecute',
              tolerationSeconds: 30,
            },
          ],
        }),
      }),
    }),
  );
});

test('adds to what another trait tolerates', () => {
  const spot = defineTrait({
    name: 'spot',
    package: '@acme/traits',
    summary: 'Runs on spot nodes.',
    properties: propertiesOf<{}>()({}),
    needs: [Pods],
    apply: ({ edit, pods }) =>
      edit(pods.workload)
        .at(pods.template)
        .append('spec.tolerations', [{ key: 'spot', operator: 'Exists' }]),
  });
  const { findings, spec } = shopWith(tolerations({ taints: [{ key: 'gpu' }] }), spot());
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written({ key: 'gpu', operator: 'Exists' }, { key: 'spot', operator: 'Exists' }),
  );
});

test.each<[string, ToleratedTaintProperties, string]>([
  [
    'a value beside Exists',
    { key: 'a', operator: 'Exists', value: 'b' },
    '`taints.0.value` of `tolerations` is "b"',
  ],
  ['Equal without a value', { key: 'a', operator: 'Equal' }, '`taints.0.value` of `tolerations` is missing'],
  [
    'seconds without NoExecute',
    { key: 'a', tolerationSeconds: 5 },
    '`taints.0.tolerationSeconds` of `tolerations` is 5',
  ],
  [
    'seconds beside NoSchedule',
    { key: 'a', effect: 'NoSchedule', tolerationSeconds: 5 },
    '`taints.0.tolerationSeconds` of `tolerations` is 5',
  ],
])('rejects %s', (_, taint, said) => {
  expect(shopWith(tolerations({ taints: [taint] })).findings).toMatchObject([
    { code: 'property-invalid', written: said },
  ]);
});
