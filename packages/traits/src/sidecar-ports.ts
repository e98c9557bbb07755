import type { TraitContext } from '@strake/core';
import { portNumber, unknownPort, type ContainerPorts } from './container-ports.ts';
import { portOf } from './probe.ts';
import { portsOf, type SidecarContainer } from './sidecar-container.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** What there is to say about probes that ask at ports which the sidecar does not have. */
export function unknownProbePorts(name: string, sidecar: SidecarContainer): Problem[] {
  const ports = portsOf(sidecar);
  return Object.entries(sidecar.probes ?? {}).flatMap(([use, probe]) => {
    const port = probe && portOf(probe);
    if (typeof port !== 'string' || portNumber(ports, port) !== undefined) return [];
    return [unknownPort(ports, port, `\`${use}\` of the sidecar \`${name}\``)];
  });
}

/**
 * What there is to say about ports on which two containers listen, or which two name alike: those of a pod have one
 * address together.
 */
export function sharedPorts(
  sidecars: Readonly<Record<string, SidecarContainer>>,
  others: Readonly<Record<string, ContainerPorts>>,
): Problem[] {
  const users = new Map<string, string>();
  const listening = [
    ...Object.entries(others),
    ...Object.entries(sidecars).map(([name, sidecar]) => [name, portsOf(sidecar)] as const),
  ];
  return listening.flatMap(([container, ports]) =>
    ports.flatMap(({ name, containerPort, protocol }) => {
      const port = `${containerPort}/${protocol}`;
      const other = users.get(port);
      const namesake = name === undefined ? undefined : users.get(name);
      users.set(port, container);
      if (name !== undefined) users.set(name, container);
      if (other !== undefined) return [shared(port, other, container)];
      return namesake === undefined ? [] : [alike(name ?? '', namesake, container)];
    }),
  );
}

function shared(port: string, first: string, second: string): Problem {
  return {
    code: 'property-invalid',
    written: `\`${first}\` and \`${second}\` both listen on ${port}`,
    allowed: 'a port for each container: those of a pod have one address together',
    fix: `Give \`${second}\` another port.`,
  };
}

function alike(name: string, first: string, second: string): Problem {
  return {
    code: 'property-invalid',
    written: `\`${first}\` and \`${second}\` both have a port \`${name}\``,
    allowed: 'a name for each port of a pod',
    fix: `Give the port of \`${second}\` another name.`,
  };
}
