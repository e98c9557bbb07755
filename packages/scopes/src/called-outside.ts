import type { ComponentFacts, ExposedPort, Facts, Peer } from '@strake/core';

/** Something outside of the cluster that a component declares a connection to. */
export interface CalledOutside {
  /** Its own facts. */
  readonly callee: ComponentFacts;
  readonly ports: readonly ExposedPort[];
}

/** What a component calls outside of the cluster, sorted, each once. */
export function calledOutside(peer: Peer, facts: Facts): CalledOutside[] {
  const found = new Map<string, CalledOutside>();
  for (const { to, port } of facts.connectionsFrom(peer)) {
    const callee = facts.component(to);
    const called = callee?.ports.find(({ name }) => name === port);
    if (callee === undefined || called === undefined) continue;
    if (callee.host === undefined && callee.addresses === undefined) continue;
    const key = `${to.application}/${to.component}`;
    const ports = found.get(key)?.ports ?? [];
    if (!ports.some(({ name }) => name === port)) found.set(key, { callee, ports: [...ports, called] });
  }
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}
