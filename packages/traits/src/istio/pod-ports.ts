import type { PodsFacet, TraitContext } from '@strake/core';
import { containerPortsOf, portFix, type ContainerPorts } from '../container-ports.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** The ports of the component's container, as the component itself has them. */
export function podPorts(
  { edit }: TraitContext,
  { workload, template, container }: PodsFacet,
): ContainerPorts {
  const path = ['spec', 'containers', container, 'ports'];
  return containerPortsOf(edit(workload).at(template).read(path));
}

/** What a trait asks of ports by name or number. */
export interface NamedPorts {
  /** Numbers of the container's ports, which is what policies of a mesh name. */
  readonly numbers: readonly number[];
  readonly problems: readonly Problem[];
}

/** Numbers of ports that are given by name or number. */
export function namedPorts(
  given: readonly (string | number)[],
  ports: ContainerPorts,
  trait: string,
): NamedPorts {
  const unknown = given.filter(
    (each) => typeof each === 'string' && ports.every(({ name }) => name !== each),
  );
  const numbers = given.flatMap((each) =>
    typeof each === 'number'
      ? [each]
      : ports.filter(({ name }) => name === each).map(({ containerPort }) => containerPort),
  );
  const names = ports.map(({ name, containerPort }) => (name === undefined ? containerPort : `\`${name}\``));
  return {
    numbers: [...new Set(numbers)],
    problems: unknown.map((each) => ({
      code: 'reference-unknown',
      written: `\`ports\` of \`${trait}\` has \`${each}\``,
      allowed: names.length === 0 ? 'a port number; the container has no ports' : names.join(', '),
      fix: portFix(ports, String(each)),
    })),
  };
}
