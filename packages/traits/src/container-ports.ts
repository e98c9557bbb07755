import { nearest, type JsonValue, type TraitContext } from '@strake/core';
import * as z from 'zod';

/** The ports of a container, as Kubernetes writes them. */
export type ContainerPorts = z.output<typeof portsSchema>;

const port = z.object({
  name: z.string().optional(),
  containerPort: z.number(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).catch('TCP'),
});
const portsSchema = z.array(port).readonly().catch([]);

/** The ports that stand in a container; what Kubernetes would not read counts as nothing. */
export function containerPortsOf(value: JsonValue | undefined): ContainerPorts {
  return portsSchema.parse(value);
}

/** The number of a port that is given by name or number; undefined when there is none of that name. */
export function portNumber(ports: ContainerPorts, given: string | number): number | undefined {
  return typeof given === 'number' ? given : ports.find(({ name }) => name === given)?.containerPort;
}

/** What there is to say about a port that the container does not have. */
export function unknownPort(
  ports: ContainerPorts,
  name: string,
  user: string,
): Parameters<TraitContext['report']>[0] {
  const names = ports.map((each) => (each.name === undefined ? each.containerPort : `\`${each.name}\``));
  return {
    code: 'reference-unknown',
    written: `${user} asks at the port \`${name}\``,
    allowed: names.length === 0 ? 'a port number; the container has no ports' : names.join(', '),
    fix: portFix(ports, name),
  };
}

/** What to do about a name that no port of the container has. */
export function portFix(ports: ContainerPorts, name: string): string {
  const likely = nearest(
    name,
    ports.flatMap((each) => each.name ?? []),
  );
  return likely === undefined
    ? 'Name a port of the container, or give the number of one.'
    : `Did you mean \`${likely}\`?`;
}
