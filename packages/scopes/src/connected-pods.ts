import type { ConnectionFacts, ExposedPort, Facts, Peer } from '@strake/core';
import { selectedPeer } from './selected-pods.ts';

/** The pods at the other end of a component's connections, and the ports that are called. */
export interface ConnectedPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly ExposedPort[];
}

/** The components of the environment that declare a connection to this one, sorted, each once. */
export function callersOf(peer: Peer, facts: Facts): ConnectedPods[] {
  return connectedPods(facts.connectionsTo(peer), 'from', facts);
}

/** The components of the environment that this one declares a connection to, sorted, each once. */
export function calleesOf(peer: Peer, facts: Facts): ConnectedPods[] {
  return connectedPods(facts.connectionsFrom(peer), 'to', facts);
}

/** An end without pods, or whose pods have no label of their own, cannot be selected and is left out. */
function connectedPods(
  connections: readonly ConnectionFacts[],
  end: 'from' | 'to',
  facts: Facts,
): ConnectedPods[] {
  const found = new Map<string, ConnectedPods>();
  for (const connection of connections) {
    const peer = connection[end];
    const key = `${peer.application}/${peer.component}`;
    const { namespace = '' } = facts.application(peer.application) ?? {};
    const { labels = {}, adopted } = facts.component(peer) ?? {};
    const port = facts.component(connection.to)?.ports.find(({ name }) => name === connection.port);
    if (Object.keys(labels).length === 0 || port === undefined) continue;
    const ports = found.get(key)?.ports ?? [];
    if (ports.some(({ name }) => name === port.name)) continue;
    found.set(key, { namespace, labels: selectedPeer({ labels, adopted }, peer), ports: [...ports, port] });
  }
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}
