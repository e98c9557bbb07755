import * as z from 'zod';
import { hasEntry } from './has-entry.ts';

/** A port of a container (Kubernetes API: ContainerPort). */
export interface PortProperties {
  readonly containerPort: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /**
   * Port of the node that leads to it. Then one pod fits on a node.
   * @default - none
   */
  readonly hostPort?: number;
  /**
   * Address of the node at which `hostPort` is.
   * @default - all
   */
  readonly hostIP?: string;
}

const number = z.int().min(1).max(65_535);
const name = z
  .string()
  .regex(/^(?!\d+$)(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/, 'a name such as `metrics`');

/** The schema of ports by name. */
export const portsSchema = z
  .record(
    name,
    z.union([
      number,
      z
        .strictObject({
          containerPort: number,
          protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
          hostPort: number.optional(),
          hostIP: z.union([z.ipv4(), z.ipv6()]).optional(),
        })
        .refine(({ hostPort, hostIP }) => hostIP === undefined || hostPort !== undefined, {
          path: ['hostPort'],
          error: 'the port of the node that `hostIP` is for',
        }),
    ]),
  )
  .refine(hasEntry, 'at least one port')
  .readonly();

/** Ports as a container lists them. */
export function listedPorts(ports: z.output<typeof portsSchema>) {
  return Object.entries(ports).map(([name, port]) => {
    const { protocol = 'TCP', ...rest }: PortProperties =
      typeof port === 'number' ? { containerPort: port } : port;
    return { name, protocol, ...rest };
  });
}
