import type { ExposedPort, JsonObject } from '@strake/core';
import * as z from 'zod';

/** A port in full. */
export interface PortProperties {
  /** Port of the Service, by which others call it. */
  readonly port: number;
  /**
   * Port on which the container listens.
   * @default - the Service's port
   */
  readonly containerPort?: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** Ports by name. The name says the protocol spoken there: `http`, `grpc-admin`, `redis`. */
export type PortsProperties = Readonly<Record<string, number | PortProperties>>;

const portNumber = z.int().min(1).max(65_535);

/** The schema of named ports. Names are those of Kubernetes: at most 15 characters. */
export const portsSchema = z
  .record(
    z
      .string()
      .regex(
        /^(?!\d+$)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
        'a port name of at most 15 characters, such as `http`',
      ),
    z.union([
      portNumber,
      z.strictObject({
        port: portNumber,
        containerPort: portNumber.optional(),
        protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
      }),
    ]),
  )
  .readonly();

export function exposedPorts(ports: PortsProperties): ExposedPort[] {
  return Object.entries(ports).map(([name, given]) => {
    const {
      port,
      containerPort = port,
      protocol = 'TCP',
    } = typeof given === 'number' ? { port: given } : given;
    return { name, port, containerPort, protocol };
  });
}

/** Ports as a container lists them. */
export function containerPorts(ports: readonly ExposedPort[]): JsonObject[] {
  return ports.map(({ name, containerPort, protocol }) => ({ name, containerPort, protocol }));
}

/** Ports as a Service lists them. `appProtocol` is written where the name says a protocol that meshes know. */
export function servicePorts(ports: readonly ExposedPort[]): JsonObject[] {
  return ports.map(({ name, port, protocol }) => {
    const [prefix = ''] = name.split('-', 1);
    return {
      name,
      port,
      targetPort: name,
      protocol,
      appProtocol: MESH_PROTOCOLS.has(prefix) ? prefix : undefined,
    };
  });
}

/** Protocols that Istio reads from port names (istio.io, protocol selection). */
const MESH_PROTOCOLS = new Set(['http', 'http2', 'https', 'grpc', 'tcp', 'tls', 'mongo', 'mysql', 'redis']);
