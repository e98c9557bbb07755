import type { Admission, ExposedPort, Facts, Peer } from '@strake/core';

/** A port of a pod, as policies name it. */
export type PodPort = Pick<ExposedPort, 'containerPort' | 'protocol'>;

/** A namespace that traits admit to a component, and the ports that its pods may call. */
export interface AdmittedCaller {
  readonly namespace: string;
  readonly ports: readonly PodPort[];
}

/**
 * The callers that traits admit to a component, sorted, each namespace once. An admission without a port
 * admits to the ports that the component exposes, and to none where it exposes none.
 */
export function admittedCallers(
  peer: Peer,
  admissions: readonly Admission[],
  facts: Facts,
): AdmittedCaller[] {
  const exposed = facts.component(peer)?.ports ?? [];
  const found = new Map<string, readonly PodPort[]>();
  for (const { component, namespace, port } of admissions) {
    if (component !== peer.component) continue;
    const admitted = port === undefined ? exposed : [podPort(port, exposed)];
    found.set(namespace, distinctPorts([...(found.get(namespace) ?? []), ...admitted]));
  }
  const admitted = [...found].map(([namespace, ports]) => ({ namespace, ports }));
  return admitted
    .filter(({ ports }) => ports.length > 0)
    .toSorted((left, right) => (left.namespace < right.namespace ? -1 : 1));
}

/** Ports by number and protocol, each once, sorted. */
export function distinctPorts(ports: readonly PodPort[]): PodPort[] {
  const byKey = new Map(
    ports.map((port) => [`${String(port.containerPort).padStart(5, '0')}/${port.protocol}`, port]),
  );
  return [...byKey.keys()].toSorted().flatMap((key) => byKey.get(key) ?? []);
}

function podPort(containerPort: number, exposed: readonly PodPort[]): PodPort {
  return exposed.find((each) => each.containerPort === containerPort) ?? { containerPort, protocol: 'TCP' };
}
