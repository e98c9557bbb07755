import { WebService } from '@strake/components';
import {
  Application,
  defineOperations,
  isJsonArray,
  isJsonObject,
  Platform,
  render,
  type Trait,
} from '@strake/core';
import { expect, test } from 'vitest';
import { env } from '../env.ts';
import { tracing, type TracingProperties } from './index.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'web:1',
    ports: { http: 8080 },
    env: { OTEL_SERVICE_NAME: 'own', LEVEL: 'info' },
  });
  readonly api = new WebService(this, 'api', { image: 'api:1', ports: { http: 8080 } });
}

const platform = new Platform('acme', {
  environments: { live: { tier: 'production', namespaces: { shop: 'shop-live' } } },
});
const endpoint = 'http://collector.observability:4318';

function tracedWith(
  component: 'web' | 'api',
  properties: Partial<TracingProperties>,
  ...traits: Trait<'pods'>[]
) {
  const operations = [
    defineOperations(
      Shop,
      (shop) => void shop[component].attach(tracing({ endpoint, ...properties }), ...traits),
    ),
  ];
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: Shop },
    platform,
    operations,
  });
  const object = applications[0]?.manifests
    .map((each) => each.object)
    .find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === component);
  return { findings, template: valueAt(object, 'spec', 'template'), env: variables(object) };
}

function valueAt(value: unknown, ...steps: string[]): unknown {
  return steps.reduce<unknown>((at, step) => (isJsonObject(at) ? at[step] : undefined), value);
}

/** The variables of the one container: their texts, or where they come from. */
function variables(object: unknown) {
  const spec = valueAt(object, 'spec', 'template', 'spec');
  const containers = isJsonObject(spec) && isJsonArray(spec['containers']) ? spec['containers'] : [];
  const list = isJsonObject(containers[0]) && isJsonArray(containers[0]['env']) ? containers[0]['env'] : [];
  return Object.fromEntries(
    list.map((each) =>
      isJsonObject(each)
        ? [JSON.stringify(each['name']).slice(1, -1), each['value'] ?? each['valueFrom']]
        : [],
    ),
  );
}

test('says where traces go and who the component is', () => {
  const { findings, env } = tracedWith('api', { resourceAttributes: { 'service.version': '1.0, beta' } });
  expect(findings).toEqual([]);
  expect(env).toEqual({
    OTEL_RESOURCE_ATTRIBUTES_POD_NAME: { fieldRef: { fieldPath: 'metadata.name' } },
    OTEL_RESOURCE_ATTRIBUTES_NODE_NAME: { fieldRef: { fieldPath: 'spec.nodeName' } },
    OTEL_SERVICE_NAME: 'api',
    OTEL_RESOURCE_ATTRIBUTES: [
      'service.namespace=shop',
      'deployment.environment.name=live',
      'k8s.namespace.name=shop-live',
      'service.version=1.0%2C%20beta',
      'k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)',
      'k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)',
    ].join(','),
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_TRACES_EXPORTER: 'otlp',
  });
  const names = Object.keys(env);
  expect(names.indexOf('OTEL_RESOURCE_ATTRIBUTES_POD_NAME')).toBeLessThan(
    names.indexOf('OTEL_RESOURCE_ATTRIBUTES'),
  );
});

test('writes how traces are sent, sampled and carried on', () => {
  const { env } = tracedWith('api', {
    protocol: 'http/protobuf',
    headers: { name: 'collector', key: 'headers' },
    sampler: 'parentbased_traceidratio',
    ratio: 0.25,
    propagators: ['tracecontext', 'b3'],
    signals: { metrics: 'none', logs: 'otlp' },
  });
  expect(env).toMatchObject({
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_HEADERS: { secretKeyRef: { name: 'collector', key: 'headers' } },
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
    OTEL_PROPAGATORS: 'tracecontext,b3',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'otlp',
  });
});

test('leaves variables alone that the component or the trait `env` has', () => {
  const own = env({ variables: { OTEL_TRACES_EXPORTER: 'console' }, unset: ['LEVEL'] });
  const traced = tracedWith('web', {}, own);
  expect(traced.findings).toEqual([]);
  expect(traced.env).toMatchObject({ OTEL_SERVICE_NAME: 'own', OTEL_TRACES_EXPORTER: 'console' });
});

test("asks the operator for an instrumentation, of the component's own container", () => {
  const inject = { language: 'go', instrumentation: 'observability/default', targetExe: '/app/api' } as const;
  expect(valueAt(tracedWith('api', { inject }).template, 'metadata', 'annotations')).toEqual({
    'instrumentation.opentelemetry.io/inject-go': 'observability/default',
    'instrumentation.opentelemetry.io/container-names': 'api',
    'instrumentation.opentelemetry.io/otel-go-auto-target-exe': '/app/api',
  });
});

test.each<[string, Partial<TracingProperties>, string]>([
  [
    'an address without a scheme',
    { endpoint: 'collector:4317' },
    '`endpoint` of `tracing` is "collector:4317"',
  ],
  ['a share that nothing uses', { sampler: 'always_on', ratio: 0.5 }, '`ratio` of `tracing` is 0.5'],
  [
    'a program in Go without its path',
    { inject: { language: 'go' } },
    '`inject.targetExe` of `tracing` is missing',
  ],
])('names %s', (_, properties, written) => {
  expect(tracedWith('api', properties).findings.map((each) => each.written)).toEqual([written]);
});
