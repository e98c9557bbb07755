import type { Component } from './component.ts';
import { componentState } from './component-state.ts';
import type { ComponentReference } from './reference.ts';
import type { Origin } from './source-line.ts';

/** How one component calls another. */
export interface ConnectionOptions {
  /**
   * Name of the port that is called.
   * @default - the only port of the other component
   */
  readonly port?: string;
  /**
   * Environment variables that tell this component where the other one is. A name alone gets `host:port`.
   * @default - none
   */
  readonly env?: string | ConnectionEnv;
}

/** Environment variables by what they hold. */
export interface ConnectionEnv {
  /** Gets the host name. */
  readonly host?: string;
  /** Gets the port number. */
  readonly port?: string;
  /** Gets `host:port`. */
  readonly address?: string;
}

/** Components by the environment variables that get their addresses, `host:port`. */
export type ConnectionAddresses = Readonly<Record<string, Component | ComponentReference>>;

/** "This component calls that one", as it was declared. */
export interface Connection {
  readonly target: Component | ComponentReference;
  readonly options: ConnectionOptions;
  readonly origin: Origin;
}

/** Records a connection; both ends are looked up when everything is composed. */
export function connect(source: Component, connection: Connection): void {
  componentState.get(source)?.connections.push(connection);
}
