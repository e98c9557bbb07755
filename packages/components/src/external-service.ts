import { defineComponent, Exposed, propertiesOf, type Component, type JsonObject } from '@strake/core';
import * as z from 'zod';
import { appProtocol, portName, portNumber, portProtocol } from './ports.ts';
import { externalAddress, hostName } from './external-address.ts';

/** A port of something outside of the cluster, in full. */
export interface ExternalPortProperties {
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** Where it is: exactly one of `host` and `addresses`. */
export interface ExternalServiceProperties {
  /** Ports on which it listens, by name. */
  readonly ports: Readonly<Record<string, number | ExternalPortProperties>>;
  /**
   * Host name: `cart.abc123.eu-central-1.rds.amazonaws.com`. Its Service is an alias of that name.
   * @default - it has `addresses`
   */
  readonly host?: string;
  /**
   * IP addresses, of which each call gets one. They are written as EndpointSlices, which Argo CD leaves out unless its
   * `resource.exclusions` are changed.
   * @default - it has a `host`
   */
  readonly addresses?: readonly string[];
}

/**
 * Something outside of the cluster that components call: a Service that leads to a host name or to addresses.
 *
 * @example
 * new ExternalService(this, 'orders-db', {
 *   host: 'orders.abc123.eu-central-1.rds.amazonaws.com',
 *   ports: { postgres: 5432 },
 * })
 */
export class ExternalService extends defineComponent({
  name: 'external-service',
  package: '@strake/components',
  summary: 'Something outside of the cluster that components call: a Service that leads there.',
  properties: propertiesOf<ExternalServiceProperties>()({
    ports: z
      .record(
        portName,
        z.union([portNumber, z.strictObject({ port: portNumber, protocol: portProtocol.optional() })]),
      )
      .refine((ports) => Object.keys(ports).length > 0, 'at least one port')
      .readonly(),
    host: hostName.optional(),
    addresses: z.array(externalAddress).min(1).max(100).readonly().optional(),
  }).refine(
    ({ host, addresses }) => (host === undefined) !== (addresses === undefined),
    'exactly one of `host` and `addresses`',
  ),
  offers: [Exposed],
  build(component, { ports, host, addresses = [] }) {
    const listed = listedPorts(ports);
    const service = component.object({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: component.name },
      spec: {
        ...(host === undefined ? { clusterIP: 'None' } : { type: 'ExternalName', externalName: host }),
        ports: listed.map((port) => ({ ...port, appProtocol: appProtocol(port.name) })),
      },
    });
    addEndpoints(component, listed, {
      addressType: 'IPv4',
      addresses: addresses.filter((each) => !isIPv6(each)),
    });
    addEndpoints(component, listed, { addressType: 'IPv6', addresses: addresses.filter(isIPv6) });
    return {
      exposed: {
        service,
        ports: listed.map((port) => ({ ...port, containerPort: port.port })),
        ...(host === undefined ? { addresses } : { host }),
      },
    };
  },
}) {}

function isIPv6(address: string): boolean {
  return address.includes(':');
}

function listedPorts(ports: ExternalServiceProperties['ports']) {
  return Object.entries(ports).map(([name, given]) => {
    const { port, protocol = 'TCP' } = typeof given === 'number' ? { port: given } : given;
    return { name, port, protocol };
  });
}

/** The addresses of one family that a Service without a selector leads to (Kubernetes API: EndpointSlice). */
function addEndpoints(
  component: Component,
  ports: readonly JsonObject[],
  { addressType, addresses }: { readonly addressType: string; readonly addresses: readonly string[] },
): void {
  if (addresses.length === 0) return;
  component.object({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${component.name}-${addressType.toLowerCase()}`,
      labels: {
        'kubernetes.io/service-name': component.name,
        'endpointslice.kubernetes.io/managed-by': 'strake',
      },
    },
    addressType,
    endpoints: addresses.map((address) => ({ addresses: [address] })),
    ports: ports.map((port) => ({ ...port })),
  });
}
