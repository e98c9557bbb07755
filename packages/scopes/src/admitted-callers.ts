import type { Admission, ExposedPort, Facts, Peer } from '@strake/core';

/** A port of a pod, as policies name it. */
export type PodPort = Pick<ExposedPort, 'containerPort' | 'protocol'>;

/** A namespace, or a range of addresses, that traits admit to a component, and the ports that it may call. */
export interface AdmittedCaller {
  readonly namespace: string;
  /** The range of addresses, which has no namespace. */
  readonly cidr: string | undefined;
  readonly ports: readonly PodPort[];
}

/**
 * The callers that traits admit to a component, sorted, each once, namespaces first. An admission without a port
 * admits to the ports that the component exposes, and to none where it exposes none.
 */
export function admittedCallers(
  peer: Peer,
  admissions: readonly Admission[],
  facts: Facts,
): AdmittedCaller[] {
  const exposed = facts.component(peer)?.ports ?? [];
  const found = new Map<string, AdmittedCaller>();
  for (const { component, namespace = '', cidr, port } of admissions) {
    if (component !== peer.component) continue;
    const admitted = port === undefined ? exposed : [podPort(port, exposed)];
    const key = `${cidr === undefined ? 0 : 1} ${cidr ?? namespace}`;
    const ports = distinctPorts([...(found.get(key)?.ports ?? []), ...admitted]);
    found.set(key, { namespace, cidr, ports });
  }
  return [...found.keys()]
    .toSorted()
    .flatMap((key) => found.get(key) ?? [])
    .filter(({ ports }) => ports.length > 0);
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
