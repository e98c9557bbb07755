import {
  Exposed,
  Pods,
  type Admission,
  type ApplicationScopeContext,
  type Component,
  type JsonObject,
  type KubernetesObject,
} from '@strake/core';
import { isIngress, isKind, isRoute } from './gateway-hosts.ts';
import type { GatewayProperties } from './gateway.ts';
import { hasEntries, mapIn, mapsIn, numberIn, textIn } from './json-parts.ts';
import type { ObservabilityProperties } from './observability.ts';
import { writtenPods } from './written-pods.ts';

/** Scopes that know callers from outside of the model. */
export interface KnownCallers {
  readonly gateway?: GatewayProperties;
  readonly observability?: ObservabilityProperties;
}

/** Whom traits admit, and whom the platform's gateways and Prometheus make callers of what objects lead to. */
export function admissionsOf(
  context: ApplicationScopeContext,
  { gateway, observability }: KnownCallers,
): readonly Admission[] {
  const objects = gateway === undefined && observability === undefined ? [] : context.objects();
  const controller = gateway && (gateway.controllerNamespace ?? gateway.gateway?.namespace);
  return [
    ...context.admissions,
    ...(controller === undefined ? [] : objects.flatMap((object) => ledTo(object, context, controller))),
    ...(observability === undefined
      ? []
      : objects.flatMap((object) => scraped(object, context, observability.namespace ?? 'monitoring'))),
  ];
}

/** The ports of components that an Ingress or a route leads to. */
function ledTo(
  object: KubernetesObject,
  { components }: ApplicationScopeContext,
  namespace: string,
): Admission[] {
  const spec = mapIn(object['spec']);
  const services = isIngress(object) ? ingressBackends(spec) : isRoute(object) ? routeBackends(spec) : [];
  return services.flatMap(({ name, port }) =>
    components.flatMap((component) => {
      const { service, ports = [] } = Exposed.tryOf(component) ?? {};
      const found =
        service?.name === name ? ports.filter((each) => each.name === port || each.port === port) : [];
      return found.map(({ containerPort }) => ({
        component: component.node.id,
        namespace,
        port: containerPort,
      }));
    }),
  );
}

interface Backend {
  readonly name: string | undefined;
  readonly port: string | number | undefined;
}

function ingressBackends(spec: JsonObject): Backend[] {
  const paths = mapsIn(spec['rules']).flatMap((rule) => mapsIn(mapIn(rule['http'])['paths']));
  const backends = [...paths.map((path) => path['backend']), spec['defaultBackend']];
  return backends.map((backend) => {
    const service = mapIn(mapIn(backend)['service']);
    const port = mapIn(service['port']);
    return { name: textIn(service['name']), port: textIn(port['name']) ?? numberIn(port['number']) };
  });
}

function routeBackends(spec: JsonObject): Backend[] {
  return mapsIn(spec['rules'])
    .flatMap((rule) => mapsIn(rule['backendRefs']))
    .map(({ name, port }) => ({ name: textIn(name), port: numberIn(port) }));
}

/** The ports of components that a monitor names. */
function scraped(object: KubernetesObject, context: ApplicationScopeContext, namespace: string): Admission[] {
  const isByService = isKind(object, 'monitoring.coreos.com', 'ServiceMonitor');
  if (!isByService && !isKind(object, 'monitoring.coreos.com', 'PodMonitor')) return [];
  const spec = mapIn(object['spec']);
  const selector = mapIn(mapIn(spec['selector'])['matchLabels']);
  const endpoints = mapsIn(spec[isByService ? 'endpoints' : 'podMetricsEndpoints']);
  return context.components
    .filter(
      (component) =>
        Pods.tryOf(component) !== undefined && hasEntries(labelsOf(component, context), selector),
    )
    .flatMap((component) =>
      endpoints.flatMap((endpoint) => {
        const port =
          numberIn(endpoint['portNumber']) ?? namedPort(component, textIn(endpoint['port']), context);
        return port === undefined ? [] : [{ component: component.node.id, namespace, port }];
      }),
    );
}

function labelsOf(component: Component, context: ApplicationScopeContext): JsonObject {
  const { labels = {}, selector = {} } = Pods.tryOf(component) ?? {};
  return { ...component.labels, ...writtenPods(component, context)?.labels, ...selector, ...labels };
}

/** The number of a port by its name in the Service or in a container. */
function namedPort(
  component: Component,
  name: string | undefined,
  context: ApplicationScopeContext,
): number | undefined {
  const exposed = Exposed.tryOf(component)?.ports.find((port) => port.name === name)?.containerPort;
  const ports = (writtenPods(component, context)?.containers ?? []).flatMap(({ fields }) =>
    mapsIn(fields['ports']),
  );
  return exposed ?? numberIn(ports.find((port) => port['name'] === name)?.['containerPort']);
}
