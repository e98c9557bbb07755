import {
  defineComponent,
  defineScope,
  defineTrait,
  Pods,
  propertiesOf,
  Scalable,
  type Application,
} from '@strake/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { conformance, expectConforms } from './conformance.ts';
import { StockComponent } from './stock-component.ts';
import { violationText } from './violation.ts';

const acme = { package: '@acme/traits', summary: 'Limits requests.' } as const;

interface LimitProperties {
  readonly perSecond: number;
  readonly by?: { readonly header: string };
}

const limitProperties = propertiesOf<LimitProperties>()({
  perSecond: z.int(),
  by: z.strictObject({ header: z.string() }).optional(),
});

const limit = defineTrait({
  ...acme,
  name: 'limit',
  properties: limitProperties,
  needs: [Pods],
  apply: ({ edit, pods }, { perSecond }) =>
    edit(pods.workload)
      .at(pods.template)
      .merge({ metadata: { annotations: { limit: String(perSecond) } } }),
});

/** Names of the invariants that something breaks. */
function broken(violations: ReturnType<typeof conformance>): readonly string[] {
  return [...new Set(violations.map(({ invariant }) => invariant))].toSorted();
}

test('a trait, a component and a scope as they should be conform', () => {
  const examples = [{ perSecond: 5 }, { perSecond: 5, by: { header: 'x-user' } }];
  expect(conformance(limit, { examples })).toEqual([]);
  expect(conformance(StockComponent, { examples: [{}] })).toEqual([]);
  const scope = defineScope({
    ...acme,
    name: 'owner',
    properties: propertiesOf<{ readonly owner: string }>()({ owner: z.string() }),
    application({ objects, edit }, { owner }) {
      for (const { apiVersion, kind, metadata } of objects())
        edit({ apiVersion, kind, ...metadata }).merge({ metadata: { annotations: { owner } } });
    },
  });
  expect(() => expectConforms(scope, { examples: [{ owner: 'shop' }] })).not.toThrow();
});

test('names an example that is refused', () => {
  const [found] = conformance(limit, { examples: [{ perSecond: 0.5 }] });
  expect(found).toMatchObject({
    invariant: 'example-is-accepted',
    definitions: ['limit'],
    component: 'trial/stock',
    written: expect.stringContaining('`perSecond` of `limit` is 0.5'),
  });
});

test('names a definition that does not say what it is', () => {
  const nameless = defineTrait({
    name: 'Limit',
    package: '',
    summary: 'limits',
    properties: limitProperties,
    needs: [],
    apply() {},
  });
  expect(conformance(nameless, { examples: [] }).map(({ written }) => written)).toEqual([
    'the name `Limit` is not in kebab-case',
    '`` is not the name of an npm package',
    'the summary `limits` is not one sentence with a full stop',
  ]);
});

test('names maps that take unknown properties, however deep', () => {
  const loose = defineTrait({
    ...acme,
    name: 'loose',
    properties: z.object({ by: z.object({ header: z.string() }) }),
    needs: [],
    apply() {},
  });
  expect(conformance(loose, { examples: [{ by: { header: 'x' } }] }).map(({ written }) => written)).toEqual([
    '`properties` takes an unknown property (example 1)',
    '`by` takes an unknown property (example 1)',
  ]);
});

test('names a trait that is not the same twice', () => {
  let count = 0;
  const counting = defineTrait({
    ...acme,
    name: 'counting',
    properties: propertiesOf<{}>()({}),
    needs: [Scalable],
    apply: ({ edit, scalable }) => edit(scalable.workload).set('spec.replicas', ++count),
  });
  expect(broken(conformance(counting, { examples: [{}] }))).toContain('renders-the-same-twice');
});

test('names a trait that adds each time that it is applied', () => {
  const growing = defineTrait({
    ...acme,
    name: 'growing',
    properties: propertiesOf<{}>()({}),
    needs: [Scalable],
    apply: ({ edit, scalable }) => {
      const written = edit(scalable.workload).read('spec.replicas');
      edit(scalable.workload).set('spec.replicas', Number(written) + 1);
    },
  });
  expect(broken(conformance(growing, { examples: [{}] }))).toEqual(['applied-twice-changes-nothing']);
});

test('names a trait that writes to what is not its component', () => {
  const straying = defineTrait({
    ...acme,
    name: 'straying',
    properties: propertiesOf<{}>()({}),
    needs: [],
    apply: ({ edit }) =>
      edit({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'neighbour' }).set('spec.paused', true),
  });
  const on = (application: Application) => {
    const [component] = ['stock', 'neighbour'].map((id) => new StockComponent(application, id));
    return component ?? expect.fail();
  };
  expect(conformance(straying, { examples: [{}], on }).map(violationText)).toEqual([
    'keeps-to-its-component: trial/stock with straying, Deployment/neighbour spec.paused: it writes true in an object of another (example 1)',
  ]);
});

test('names a trait that overrides what another one wrote, and breaks an invariant', () => {
  const replacing = defineTrait({
    ...acme,
    name: 'replacing',
    properties: propertiesOf<{}>()({}),
    needs: [Pods],
    apply: ({ edit, pods }) =>
      edit(pods.workload).at(pods.template).set('metadata.labels', {}, { override: true }),
  });
  const violations = conformance(replacing, { examples: [{}] });
  expect(broken(violations)).toContain('service-selects-its-pods');
  const error = () => expectConforms(replacing, { examples: [{}] });
  expect(error).toThrow('replacing does not conform:');
  expect(error).toThrow(
    'service-selects-its-pods: trial/stock with replacing, Service/stock spec.selector: does not select the pods of Deployment/stock',
  );
});

test('names a component whose facets lead nowhere, and whose objects nobody finds', () => {
  class Lying extends defineComponent({
    ...acme,
    name: 'lying',
    properties: propertiesOf<{}>()({}),
    offers: [Pods],
    build(component) {
      const workload = component.object({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: component.name },
        spec: {
          selector: { matchLabels: { app: 'a' } },
          template: {
            metadata: { labels: { app: 'a' } },
            spec: { containers: [{ name: 'a', image: 'a:1' }] },
          },
        },
      });
      return {
        pods: {
          workload,
          template: 'spec.template',
          container: 'b',
          selector: { app: 'b' },
          labels: { app: 'a' },
        },
      };
    },
  }) {}
  const violations = conformance(Lying, { examples: [{}], beside: [] });
  expect(
    violations.filter(({ invariant }) => invariant === 'facets-are-true').map(({ written }) => written),
  ).toEqual([
    '`pods.template` has no container `b` (example 1)',
    '`pods.selector` does not match the labels of the pods (example 1)',
  ]);
});
