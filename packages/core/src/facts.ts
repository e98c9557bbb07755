import type { ExposedPort } from './capabilities.ts';
import { grouped } from './grouped.ts';
import type { ApplicationClass } from './reference.ts';

/** What other applications may know of a component. */
export interface ComponentFacts {
  readonly id: string;
  /** Field of the application's class that holds it. */
  readonly field?: string;
  /** Name of its Service, or its own where it has none. */
  readonly name: string;
  /** Host name by which it is called, where that is not its Service. */
  readonly host?: string;
  /** Its IP addresses, where it is outside of the cluster. */
  readonly addresses?: readonly string[];
  /** Labels that policies select its pods by. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether its pods have none of the labels of a component, for they ran before it was declared. */
  readonly adopted?: true;
  readonly ports: readonly ExposedPort[];
  readonly capabilities: readonly string[];
}

/** One component of an application in a connection. */
export interface Peer {
  readonly application: string;
  /** Id of the component. */
  readonly component: string;
}

/** A connection with both ends resolved to names. */
export interface ConnectionFacts {
  readonly from: Peer;
  readonly to: Peer;
  /** Name of the port that is called. */
  readonly port: string;
}

/** What is known of an application in one environment once it is composed. */
export interface ApplicationFacts {
  readonly application: string;
  readonly namespace: string;
  readonly components: readonly ComponentFacts[];
  readonly connections: readonly ConnectionFacts[];
}

/** The facts of all applications of one environment. Every lookup takes the same time, however many there are. */
export interface Facts {
  readonly applications: readonly ApplicationFacts[];
  /** Name under which an application's class is configured; a name is its own. */
  nameOf(application: ApplicationClass | string): string | undefined;
  application(name: string): ApplicationFacts | undefined;
  /** Whether the project has an application of that name in other environments only. */
  isElsewhere(application: string): boolean;
  component(peer: Peer): ComponentFacts | undefined;
  /** The connections that a component declares. */
  connectionsFrom(peer: Peer): readonly ConnectionFacts[];
  /** The connections that other components declare to a component. */
  connectionsTo(peer: Peer): readonly ConnectionFacts[];
}

/** Facts with their lookups; `names` are those of all classes of the project, in whatever environment they are. */
export function factsOf(
  applications: readonly ApplicationFacts[],
  names: ReadonlyMap<ApplicationClass, string>,
): Facts {
  const byName = new Map(applications.map((each) => [each.application, each]));
  const named = new Set(names.values());
  const connections = applications.flatMap((each) => each.connections);
  const from = grouped(connections, (each) => keyOf(each.from));
  const to = grouped(connections, (each) => keyOf(each.to));
  return {
    applications,
    nameOf: (application) => (typeof application === 'string' ? application : names.get(application)),
    application: (name) => byName.get(name),
    isElsewhere: (application) => named.has(application) && !byName.has(application),
    component: ({ application, component }) =>
      byName.get(application)?.components.find(({ id }) => id === component),
    connectionsFrom: (peer) => from.get(keyOf(peer)) ?? [],
    connectionsTo: (peer) => to.get(keyOf(peer)) ?? [],
  };
}

function keyOf({ application, component }: Peer): string {
  return `${application}/${component}`;
}
