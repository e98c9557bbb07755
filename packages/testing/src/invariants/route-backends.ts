import type { JsonObject, JsonValue } from '@strake/core';
import type { ModelObject } from '../cluster-model.ts';
import { mapsAt, numberAt, textAt, valueAt } from '../json-at.ts';

/** A Service that a route leads to. */
export interface RouteBackend {
  readonly service: string;
  readonly namespace: string;
  readonly port: JsonValue | undefined;
  /** Name of a DestinationRule's subset, where only part of the pods is meant. */
  readonly subset?: string | undefined;
  readonly path: string;
}

/** The Services of the cluster that an Ingress, a route of Gateway API or a VirtualService leads to. */
export function backendsOf({ object, namespace }: ModelObject): RouteBackend[] {
  switch (object.kind) {
    case 'Ingress':
      return ofIngress(object, namespace);
    case 'HTTPRoute':
    case 'GRPCRoute':
      return ofRoute(object, namespace);
    case 'VirtualService':
      return ofVirtualService(object, namespace);
    default:
      return [];
  }
}

function ofIngress(ingress: JsonObject, namespace: string): RouteBackend[] {
  const backends = mapsAt(ingress, 'spec', 'rules').flatMap((rule) =>
    mapsAt(rule, 'http', 'paths').map((path) => valueAt(path, 'backend')),
  );
  return [...backends, valueAt(ingress, 'spec', 'defaultBackend')].flatMap((backend) => {
    const service = textAt(backend, 'service', 'name');
    const port = textAt(backend, 'service', 'port', 'name') ?? numberAt(backend, 'service', 'port', 'number');
    return service === undefined ? [] : [{ service, namespace, port, path: 'spec.rules.http.paths.backend' }];
  });
}

function ofRoute(route: JsonObject, namespace: string): RouteBackend[] {
  const rules = mapsAt(route, 'spec', 'rules');
  const mirrors = rules
    .flatMap((rule) => mapsAt(rule, 'filters'))
    .map((each) => valueAt(each, 'requestMirror', 'backendRef'));
  return [...rules.flatMap((rule) => mapsAt(rule, 'backendRefs')), ...mirrors].flatMap((backend) => {
    const service = textAt(backend, 'name');
    if (service === undefined || (textAt(backend, 'kind') ?? 'Service') !== 'Service') return [];
    const within = textAt(backend, 'namespace') ?? namespace;
    return [{ service, namespace: within, port: valueAt(backend, 'port'), path: 'spec.rules.backendRefs' }];
  });
}

function ofVirtualService(route: JsonObject, namespace: string): RouteBackend[] {
  return ['http', 'tcp', 'tls'].flatMap((protocol) =>
    mapsAt(route, 'spec', protocol)
      .flatMap((rule) => [
        ...mapsAt(rule, 'route').map((each) => valueAt(each, 'destination')),
        valueAt(rule, 'mirror'),
      ])
      .flatMap((destination) => {
        const host = hostOf(textAt(destination, 'host') ?? '', namespace);
        if (host === undefined) return [];
        const port = numberAt(destination, 'port', 'number');
        const subset = textAt(destination, 'subset');
        return [{ ...host, port, subset, path: `spec.${protocol}.route.destination` }];
      }),
  );
}

/** The Service that a host name of the mesh means; undefined for a host outside of the cluster. */
export function hostOf(
  host: string,
  namespace: string,
): { readonly service: string; readonly namespace: string } | undefined {
  const [service = '', within, marker] = host.split('.');
  if (service === '') return undefined;
  if (within === undefined) return { service, namespace };
  return marker === 'svc' ? { service, namespace: within } : undefined;
}
