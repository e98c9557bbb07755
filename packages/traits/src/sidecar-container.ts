import * as z from 'zod';
import { containerPortsOf, portNumber } from './container-ports.ts';
import { extraContainer, extraContainerShape, type ExtraContainerProperties } from './extra-container.ts';
import { probesSchema, withPortNumber, type ProbesProperties } from './probes.ts';
import { portOf } from './probe.ts';

/** A container that runs beside the component's own. */
export interface SidecarContainerProperties extends ExtraContainerProperties {
  /**
   * Ports on which it listens, by name. They are no ports of the component's Service.
   * @default - none
   */
  readonly ports?: Readonly<Record<string, number | SidecarPortProperties>>;
  /**
   * How to find out whether it works.
   * @default - it works while its process runs
   */
  readonly probes?: ProbesProperties;
}

/** A port in full (Kubernetes API: ContainerPort). */
export interface SidecarPortProperties {
  readonly containerPort: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

const number = z.int().min(1).max(65_535);
const portName = z
  .string()
  .regex(
    /^(?!\d+$)(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
    'a port name of at most 15 characters, such as `http`',
  );

/** The schema of such a container. */
export const sidecarContainerSchema = z.strictObject({
  ...extraContainerShape,
  ports: z
    .record(
      portName,
      z.union([
        number,
        z.strictObject({ containerPort: number, protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional() }),
      ]),
    )
    .readonly()
    .optional(),
  probes: probesSchema.optional(),
});

export type SidecarContainer = z.output<typeof sidecarContainerSchema>;

/** Ports as a container lists them. */
export function portsOf({ ports = {} }: SidecarContainer) {
  return Object.entries(ports).map(([name, given]) => {
    const { containerPort, protocol = 'TCP' } = typeof given === 'number' ? { containerPort: given } : given;
    return { name, containerPort, protocol };
  });
}

/** Such a container, as Kubernetes writes it. */
export function sidecarContainer(name: string, properties: SidecarContainer) {
  const { ports, probes = {}, ...given } = properties;
  const listed = portsOf(properties);
  const written = Object.entries(probes).map(([use, probe]) => {
    const port = probe && portOf(probe);
    const known = port === undefined ? undefined : portNumber(containerPortsOf(listed), port);
    return [`${use}Probe`, probe && withPortNumber(probe, known)];
  });
  return {
    ...extraContainer(name, given),
    ports: ports === undefined ? undefined : listed,
    ...Object.fromEntries(written),
  };
}
