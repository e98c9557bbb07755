import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import { containerPortsOf } from './container-ports.ts';
import { listedPorts, portsSchema, type PortProperties } from './listed-ports.ts';

export interface PortsProperties {
  /** Ports by name. */
  readonly ports: Readonly<Record<string, number | PortProperties>>;
}

/**
 * Names ports of a component's container that its Service does not have (Kubernetes API: ContainerPort): one for
 * metrics, or one of the node.
 *
 * @example
 * ports({ ports: { metrics: 9090 } })
 */
export const ports: TraitFactory<PortsProperties, 'pods'> = defineTrait({
  name: 'ports',
  package: '@strake/traits',
  summary: "Names ports of a component's container that its Service does not have.",
  properties: propertiesOf<PortsProperties>()({
    ports: portsSchema,
  }),
  needs: [Pods],
  apply({ edit, report, pods }, properties) {
    const container = edit(pods.workload).at(pods.template).at(['spec', 'containers', pods.container]);
    const present = containerPortsOf(container.read('ports'));
    const given = listedPorts(properties.ports);
    for (const { name, containerPort, protocol } of given) {
      const taken = present.find((port) => port.name === name || isSame(port, { containerPort, protocol }));
      if (taken !== undefined) report(portTaken(name, taken.name ?? String(taken.containerPort)));
    }
    container.merge({ ports: given });
  },
});

interface Port {
  readonly containerPort: number;
  readonly protocol: string;
}

function isSame(left: Port, right: Port): boolean {
  return left.containerPort === right.containerPort && left.protocol === right.protocol;
}

function portTaken(name: string, taken: string) {
  return {
    code: 'property-invalid',
    written: `the port \`${name}\` of \`ports\` is the container's port \`${taken}\``,
    allowed: 'names and numbers that no port of the container has',
    fix: `Leave \`${name}\` out, or rename it.`,
  } as const;
}
