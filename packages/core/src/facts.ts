import type { ExposedPort } from './capabilities.ts';
import type { ApplicationClass } from './reference.ts';

/** What other applications may know of a component. */
export interface ComponentFacts {
  readonly id: string;
  /** Field of the application's class that holds it. */
  readonly field?: string;
  /** Name of its workload and its Service. */
  readonly name: string;
  /** Labels that policies select its pods by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly ExposedPort[];
  readonly capabilities: readonly string[];
}

/** One component of an application in a connection. */
export interface Peer {
  readonly application: string;
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

/** The facts of all applications of one environment. */
export interface Facts {
  readonly applications: readonly ApplicationFacts[];
  /** Name under which an application's class is configured. */
  nameOf(application: ApplicationClass): string | undefined;
}
