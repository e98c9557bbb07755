import type { JsonValue, TraitContext } from '@strake/core';
import { containerPortsOf, portNumber, unknownPort } from './container-ports.ts';
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

/** What there is to say about ports on which two containers listen: those of a pod have one address together. */
export function sharedPorts(
  sidecars: Readonly<Record<string, SidecarContainer>>,
  others: Readonly<Record<string, JsonValue | undefined>>,
): Problem[] {
  const users = new Map<string, string>();
  const listening = [
    ...Object.entries(others).map(([name, ports]) => [name, containerPortsOf(ports)] as const),
    ...Object.entries(sidecars).map(([name, sidecar]) => [name, portsOf(sidecar)] as const),
  ];
  return listening.flatMap(([container, ports]) =>
    ports.flatMap(({ containerPort, protocol }) => {
      const port = `${containerPort}/${protocol}`;
      const other = users.get(port);
      users.set(port, container);
      return other === undefined ? [] : [shared(port, other, container)];
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
