import type { ApplicationScopeContext, ExposedPort, KubernetesObject } from '@strake/core';
import { calledOutside } from './called-outside.ts';
import { isKind } from './gateway-hosts.ts';
import { mapIn, textsIn } from './json-parts.ts';

/**
 * What tells the mesh of the host names that an application calls outside of it, each once. Those are left out that the
 * application has told of already.
 */
export function serviceEntries({
  application,
  components,
  facts,
  objects,
}: ApplicationScopeContext): KubernetesObject[] {
  const entries = objects('ServiceEntry').filter((object) =>
    isKind(object, 'networking.istio.io', 'ServiceEntry'),
  );
  const told = new Set(entries.flatMap(({ spec }) => textsIn(mapIn(spec)['hosts'])));
  const called = new Map<string, Map<number, ExposedPort>>();
  for (const component of components) {
    for (const { callee, ports } of calledOutside({ application, component: component.node.id }, facts)) {
      if (callee.host === undefined || told.has(callee.host)) continue;
      const known = called.get(callee.host) ?? new Map<number, ExposedPort>();
      for (const port of ports) if (port.protocol === 'TCP') known.set(port.port, port);
      called.set(callee.host, known);
    }
  }
  return [...called].flatMap(([host, ports]) =>
    ports.size === 0 ? [] : [serviceEntry(application, host, [...ports.values()])],
  );
}

/** The name says whose it is: applications may share a namespace and a host. */
function serviceEntry(application: string, host: string, ports: readonly ExposedPort[]): KubernetesObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: {
      name: `${application}.${host}`,
      labels: { 'app.kubernetes.io/part-of': application, 'app.kubernetes.io/managed-by': 'strake' },
    },
    spec: {
      hosts: [host],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      exportTo: ['.'],
      ports: ports
        .toSorted((left, right) => left.port - right.port)
        .map(({ name, port }) => ({ number: port, name, protocol: protocolOf(name) })),
    },
  };
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  http: 'HTTP',
  http2: 'HTTP2',
  grpc: 'GRPC',
  https: 'HTTPS',
  tls: 'TLS',
  mongo: 'MONGO',
};

/** A port's name says its protocol (istio.io, Protocol selection). */
function protocolOf(name: string): string {
  return PROTOCOLS[name.split('-', 1)[0] ?? ''] ?? 'TCP';
}
