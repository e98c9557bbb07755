import type { ComponentFacts, ConnectionFacts, ExposedPort, Facts, Peer } from '@strake/core';

/** The pods at the other end of a component's connections, and the ports that are called. */
export interface ConnectedPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly ExposedPort[];
}

/** The components of the environment that declare a connection to this one, sorted, each once. */
export function callersOf(peer: Peer, facts: Facts): ConnectedPods[] {
  return connectedPods(facts, 'from', ({ to }) => isSame(to, peer));
}

/** The components of the environment that this one declares a connection to, sorted, each once. */
export function calleesOf(peer: Peer, facts: Facts): ConnectedPods[] {
  return connectedPods(facts, 'to', ({ from }) => isSame(from, peer));
}

/** An end without pods, or whose pods have no label of their own, cannot be selected and is left out. */
function connectedPods(
  facts: Facts,
  end: 'from' | 'to',
  isWanted: (connection: ConnectionFacts) => boolean,
): ConnectedPods[] {
  const found = new Map<string, ConnectedPods>();
  for (const connection of facts.applications.flatMap(({ connections }) => connections).filter(isWanted)) {
    const peer = connection[end];
    const key = `${peer.application}/${peer.component}`;
    const { namespace = '', component } = lookUp(peer, facts);
    const port = lookUp(connection.to, facts).component?.ports.find(({ name }) => name === connection.port);
    if (component === undefined || Object.keys(component.labels).length === 0 || port === undefined) continue;
    const ports = found.get(key)?.ports ?? [];
    if (ports.some(({ name }) => name === port.name)) continue;
    found.set(key, { namespace, labels: component.labels, ports: [...ports, port] });
  }
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}

/** What is known of a component of the environment. */
export function lookUp(
  peer: Peer,
  facts: Facts,
): { readonly namespace?: string; readonly component?: ComponentFacts } {
  const application = facts.applications.find((each) => each.application === peer.application);
  const component = application?.components.find(({ id }) => id === peer.component);
  return { namespace: application?.namespace, component };
}

function isSame(left: Peer, right: Peer): boolean {
  return left.application === right.application && left.component === right.component;
}
