import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import { portName, portNumber, portProtocol } from './ports.ts';

/** A port of a container that no Service leads to, in full (Kubernetes API: ContainerPort). */
export interface ContainerPortProperties {
  /** Port on which the container listens. */
  readonly containerPort: number;
  /**
   * Port of the node that leads to it; a node has each port once.
   * @default - the node has no port for it
   */
  readonly hostPort?: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** Ports of a container by name, for probes, monitors and policies to name: `{ metrics: 9090 }`. */
export type ContainerPortsProperties = Readonly<Record<string, number | ContainerPortProperties>>;

/** The schema of ports without a Service. */
export const containerPortsSchema = z
  .record(
    portName,
    z.union([
      portNumber,
      z.strictObject({
        containerPort: portNumber,
        hostPort: portNumber.optional(),
        protocol: portProtocol.optional(),
      }),
    ]),
  )
  .readonly();

/** Ports without a Service, as a container lists them. */
export function listedPorts(ports: ContainerPortsProperties = {}): JsonObject[] {
  return Object.entries(ports).map(([name, given]) => ({
    name,
    protocol: 'TCP',
    ...(typeof given === 'number' ? { containerPort: given } : given),
  }));
}
