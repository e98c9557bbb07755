import type { ExposedPort, JsonObject } from '@strake/core';
import * as z from 'zod';
import { variableName } from './env.ts';

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
  /**
   * Environment variable that tells the container its own port: `PORT`.
   * @default - none
   */
  readonly env?: string;
}

/** Ports by name. The name says the protocol spoken there: `http`, `grpc-admin`, `redis`. */
export type PortsProperties = Readonly<Record<string, number | PortProperties>>;

/** The schema of a port's number. */
export const portNumber = z.int().min(1).max(65_535);

/** The schema of a port's protocol. */
export const portProtocol = z.enum(['TCP', 'UDP', 'SCTP']);

/** The schema of a port's name, as Kubernetes takes it. */
export const portName = z
  .string()
  .regex(
    /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
    'a port name of at most 15 characters, such as `http`',
  );

/** The schema of ports behind a Service. */
export const portsSchema = z
  .record(
    portName,
    z.union([
      portNumber,
      z.strictObject({
        port: portNumber,
        containerPort: portNumber.optional(),
        protocol: portProtocol.optional(),
        env: variableName.optional(),
      }),
    ]),
  )
  .refine((ports) => Object.keys(ports).length > 0, 'at least one port')
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

/** The variables that tell a container its own ports. */
export function portVariables(ports: PortsProperties): JsonObject[] {
  return Object.values(ports).flatMap((given) => {
    if (typeof given === 'number' || given.env === undefined) return [];
    return [{ name: given.env, value: String(given.containerPort ?? given.port) }];
  });
}

/** Ports as the container behind a Service lists them. */
export function containerPorts(ports: readonly ExposedPort[]): JsonObject[] {
  return ports.map(({ name, containerPort, protocol }) => ({ name, containerPort, protocol }));
}

/** Ports as a Service lists them. */
export function servicePorts(ports: readonly ExposedPort[]): JsonObject[] {
  return ports.map(({ name, port, protocol }) => ({
    name,
    port,
    targetPort: name,
    protocol,
    appProtocol: appProtocol(name),
  }));
}

/** The protocol that meshes know and that a port's name begins with. */
export function appProtocol(name: string): string | undefined {
  const [prefix = ''] = name.split('-', 1);
  return MESH_PROTOCOLS.has(prefix) ? prefix : undefined;
}

/** Protocols that Istio reads from port names (istio.io, protocol selection). */
const MESH_PROTOCOLS = new Set(['http', 'http2', 'https', 'grpc', 'tcp', 'tls', 'mongo', 'mysql', 'redis']);
