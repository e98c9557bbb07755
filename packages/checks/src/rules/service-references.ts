import type { JsonObject, KubernetesObject } from '@strake/core';
import { missingReferenceRule, type NamedReference } from './missing-reference.ts';
import { mapsAt, textAt, textsAt, valueAt } from './reading.ts';

/** Every Service that traffic is sent to is made. */
export const noMissingService = missingReferenceRule({
  package: '@strake/checks',
  code: 'no-missing-service',
  kind: 'Service',
  summary: 'Services that an application of the cluster makes',
  why: 'Requests that are sent there fail.',
  fix: 'Give the component a port, or correct the name.',
  severity: 'warning',
  *references(target) {
    for (const at of target.of('Ingress.networking.k8s.io')) yield* ofIngress(at);
    for (const kind of ROUTES) for (const at of target.of(kind)) yield* ofRoute(at);
    for (const at of target.of('VirtualService.networking.istio.io')) yield* ofVirtualService(at);
    for (const at of target.of('StatefulSet.apps')) {
      const name = textAt(at, 'spec', 'serviceName');
      if (name !== undefined) yield { at, name };
    }
  },
  *made(target) {
    // A Canary's controller makes the Service of its target (Flagger: Canary.spec.service).
    for (const canary of target.of('Canary.flagger.app')) {
      const name =
        textAt(canary, 'spec', 'service', 'name') ?? textAt(canary, 'spec', 'targetRef', 'name') ?? '';
      for (const end of ['', '-canary', '-primary'])
        yield `${canary.metadata.namespace ?? target.namespace}/${name}${end}`;
    }
    for (const entry of target.of('ServiceEntry.networking.istio.io')) {
      for (const host of textsAt(entry, 'spec', 'hosts')) {
        const service = clusterService(host, entry.metadata.namespace ?? target.namespace);
        if (service !== undefined) yield `${service.namespace}/${service.name}`;
      }
    }
  },
});

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
  (kind) => `${kind}.gateway.networking.k8s.io`,
);

function* ofIngress(at: KubernetesObject): Generator<NamedReference> {
  const backends = [
    valueAt(at, 'spec', 'defaultBackend'),
    ...mapsAt(at, 'spec', 'rules').flatMap((rule) =>
      mapsAt(rule, 'http', 'paths').map((path) => valueAt(path, 'backend')),
    ),
  ];
  for (const backend of backends) {
    const name = textAt(backend, 'service', 'name');
    if (name !== undefined) yield { at, name };
  }
}

function* ofRoute(at: KubernetesObject): Generator<NamedReference> {
  for (const rule of mapsAt(at, 'spec', 'rules')) {
    for (const backend of mapsAt(rule, 'backendRefs')) {
      const name = textAt(backend, 'name');
      const isService = (textAt(backend, 'kind') ?? 'Service') === 'Service' && !textAt(backend, 'group');
      if (name !== undefined && isService) yield { at, name, namespace: textAt(backend, 'namespace') };
    }
  }
}

function* ofVirtualService(at: KubernetesObject): Generator<NamedReference> {
  const routes = ['http', 'tcp', 'tls'].flatMap((field) => mapsAt(at, 'spec', field));
  for (const route of routes.flatMap((each) => mapsAt(each, 'route'))) {
    const service = serviceOfDestination(route, at.metadata.namespace);
    if (service !== undefined) yield { at, ...service };
  }
}

function serviceOfDestination(route: JsonObject, namespace: string | undefined) {
  const host = textAt(route, 'destination', 'host');
  return host === undefined ? undefined : clusterService(host, namespace);
}

/** The Service that a host name of the cluster means; undefined for hosts outside of it. */
function clusterService(host: string, namespace: string | undefined) {
  const [name = '', within, ...rest] = host.split('.');
  if (within === undefined) return { name, namespace: namespace ?? '' };
  return rest[0] === 'svc' ? { name, namespace: within } : undefined;
}
