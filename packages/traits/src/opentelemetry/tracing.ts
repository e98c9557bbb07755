import { defineTrait, Pods, type TraitFactory } from '@strake/core';
import { env } from '../env.ts';
import { namesIn } from '../mounts.ts';
import { secretKeyOf } from '../secret-key.ts';
import { instrumentationAnnotations } from './instrumentation.ts';
import { tracingSchema, type TracingProperties } from './tracing-properties.ts';

/**
 * Tells the OpenTelemetry SDK of a component where it sends traces and who it is (opentelemetry.io: environment
 * variables). Variables that the component or the trait `env` has already stay as they are.
 *
 * @example
 * tracing({ endpoint: 'http://collector.observability:4318', sampler: 'parentbased_traceidratio', ratio: 0.1 })
 */
export const tracing: TraitFactory<TracingProperties, 'pods'> = defineTrait({
  name: 'tracing',
  package: '@strake/traits',
  summary: 'Tells the OpenTelemetry SDK of a component where it sends traces and who it is.',
  properties: tracingSchema,
  needs: [Pods],
  knows: { env },
  apply({ edit, component, application, namespace, environment, pods, known }, properties) {
    const template = edit(pods.workload).at(pods.template);
    const container = template.at(['spec', 'containers', pods.container]);
    const attributes = {
      'service.namespace': application,
      'deployment.environment.name': environment.name,
      'k8s.namespace.name': namespace,
      ...properties.resourceAttributes,
    };
    const variables = variablesOf(component.name, attributes, properties);
    const { variables: given = {}, unset = [] } = known.env ?? {};
    const taken = new Set([...namesIn(container.read('env')), ...Object.keys(given), ...unset]);
    container.merge({ env: variables.filter(({ name }) => !taken.has(name)) });
    if (properties.inject === undefined) return;
    const annotations = instrumentationAnnotations(properties.inject, pods.container);
    template.merge({ metadata: { annotations } });
  },
});

const POD = 'OTEL_RESOURCE_ATTRIBUTES_POD_NAME';
const NODE = 'OTEL_RESOURCE_ATTRIBUTES_NODE_NAME';

function variablesOf(
  service: string,
  attributes: Readonly<Record<string, string>>,
  { endpoint, protocol, headers, sampler, ratio, propagators, signals = {} }: TracingProperties,
) {
  const texts = {
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: [
      ...Object.entries(attributes).map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
      `k8s.pod.name=$(${POD})`,
      `k8s.node.name=$(${NODE})`,
    ].join(','),
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: signals.metrics,
    OTEL_LOGS_EXPORTER: signals.logs,
    OTEL_TRACES_SAMPLER: sampler,
    OTEL_TRACES_SAMPLER_ARG: ratio === undefined ? undefined : String(ratio),
    OTEL_PROPAGATORS: propagators?.join(','),
  };
  const secret = headers && { valueFrom: { secretKeyRef: secretKeyOf(headers) } };
  return [
    { name: POD, valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: NODE, valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ...(secret === undefined ? [] : [{ name: 'OTEL_EXPORTER_OTLP_HEADERS', ...secret }]),
    ...Object.entries(texts).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
  ];
}
