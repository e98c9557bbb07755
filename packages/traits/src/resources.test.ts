import { WebService } from '@strake/components';
import { Application, defineComponent, defineOperations, Pods, propertiesOf, render } from '@strake/core';
import { expect, expectTypeOf, test } from 'vitest';
import { resources, type ResourceListProperties, type ResourcesProperties } from './resources.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: ResourcesProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(resources(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const deployment = applications[0]?.manifests.find(({ object }) => object.kind === 'Deployment');
  return { findings, spec: deployment?.object['spec'] };
}

test("gives the component's container requests and limits", () => {
  const { findings, spec } = shopWith({
    requests: { cpu: 0.5, memory: '64Mi', 'nvidia.com/gpu': 1 },
    limits: { memory: '1Gi', 'nvidia.com/gpu': '1' },
  });
  expect(findings).toEqual([]);
  const given = {
    requests: { cpu: '0.5', memory: '64Mi', 'nvidia.com/gpu': '1' },
    limits: { memory: '1Gi', 'nvidia.com/gpu': '1' },
  };
  expect(spec).toMatchObject({ template: { spec: { containers: [{ name: 'web', resources: given }] } } });
});

test('takes a request that is as large as its limit', () => {
  const { findings } = shopWith({ requests: { memory: '1Gi' }, limits: { memory: '1024Mi' } });
  expect(findings).toEqual([]);
});

test('leaves out what is not given', () => {
  expect(JSON.stringify(shopWith({ requests: { cpu: '100m' } }).spec)).toContain(
    '"resources":{"requests":{"cpu":"100m"}}',
  );
});

test.each<[string, ResourcesProperties, string]>([
  [
    'a request above its limit',
    { requests: { memory: '1Gi' }, limits: { memory: '1000Mi' } },
    'the request for `memory` is 1Gi, the limit is 1000Mi',
  ],
  [
    'a request that differs from the limit of what cannot be shared',
    { requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': 2 } },
    'the request for `nvidia.com/gpu` is 1, the limit is 2',
  ],
  [
    'a request without a limit for what cannot be shared',
    { requests: { 'hugepages-2Mi': '4Mi' } },
    'the request for `hugepages-2Mi` is 4Mi, the limit is missing',
  ],
])('names %s', (_, properties, written) => {
  expect(shopWith(properties).findings).toMatchObject([
    { code: 'property-invalid', path: 'shop/web', written },
  ]);
});

test('names a request above a limit that the component itself sets', () => {
  class Limited extends defineComponent({
    name: 'limited',
    package: '@acme/components',
    summary: 'Has a limit.',
    properties: propertiesOf<{}>()({}),
    offers: [Pods],
    build(component) {
      const containers = [{ name: 'main', image: 'a:1', resources: { limits: { cpu: '1' } } }];
      const workload = component.object({
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: component.name },
        spec: { template: { spec: { containers } } },
      });
      return { pods: { workload, template: 'spec.template', container: 'main', selector: {}, labels: {} } };
    },
  }) {}
  class Agents extends Application {
    readonly agent = new Limited(this, 'agent').attach(resources({ requests: { cpu: '1500m' } }));
  }
  expect(render({ project: 'agents', applications: { agents: Agents } }).findings).toMatchObject([
    { code: 'property-invalid', written: 'the request for `cpu` is 1500m, the limit is 1' },
  ]);
});

test('rejects amounts and names that Kubernetes does not know', () => {
  expect(shopWith({ requests: { memory: '64MB' } }).findings).toMatchObject([
    { code: 'property-invalid', written: '`requests.memory` of `resources` is "64MB"' },
  ]);
  // @ts-expect-error `memroy` is no resource
  const { findings } = shopWith({ requests: { memroy: '64Mi' } });
  expect(findings).toMatchObject([
    {
      code: 'property-unknown',
      written: '`requests.memroy` of `resources` is given under the name `memroy`',
    },
  ]);
  expect(findings[0]?.allowed).toContain('`memory`');
  expect(shopWith({}).findings).toMatchObject([{ allowed: 'at least one of `requests` and `limits`' }]);
});

test('knows the names of amounts', () => {
  expectTypeOf<{
    cpu: '1';
    'nvidia.com/gpu': 1;
    'hugepages-1Gi': '1Gi';
  }>().toExtend<ResourceListProperties>();
  expectTypeOf<{ gpu: 1 }>().not.toExtend<Required<Pick<ResourceListProperties, 'cpu'>>>();
});
