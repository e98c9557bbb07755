import { Pods } from './capabilities.ts';
import type { ExposedPort } from './capabilities.ts';
import type { Component } from './component.ts';
import { componentState } from './component-state.ts';
import type { ComposedApplication } from './compose.ts';
import type { Connection, ConnectionEnv } from './connection.ts';
import type { ApplicationFacts, ComponentFacts, ConnectionFacts, Facts } from './facts.ts';
import { finding } from './finding.ts';
import { nearest } from './nearest.ts';
import { isComponentReference } from './reference.ts';
import type { ObjectStore } from './writes/object-store.ts';

/** A connection whose other end was found. */
export interface ResolvedConnection {
  readonly source: Component;
  readonly connection: Connection;
  readonly application: ApplicationFacts;
  readonly target: ComponentFacts;
  readonly port: ExposedPort;
}

/** The connections of one application. What leads nowhere is a finding. */
export function resolveConnections(composed: ComposedApplication, facts: Facts): ResolvedConnection[] {
  return composed.components.flatMap((source) =>
    (componentState.get(source)?.connections ?? []).flatMap((connection) => {
      const end = targetOf(connection, composed, facts);
      if (end === undefined) return [];
      const port = portOf(source, connection, end.target, composed);
      return port === undefined ? [] : [{ source, connection, ...end, port }];
    }),
  );
}

/** A resolved connection, as other applications may know it. */
export function connectionFacts(application: string, resolved: ResolvedConnection): ConnectionFacts {
  return {
    from: { application, component: resolved.source.node.id },
    to: { application: resolved.application.application, component: resolved.target.id },
    port: resolved.port.name,
  };
}

/** Tells the calling component in its environment where the other one is. */
export function writeConnectionEnv(
  resolved: ResolvedConnection,
  namespace: string,
  store: ObjectStore,
): void {
  const { source, connection, target, port } = resolved;
  const { env } = connection.options;
  const pods = Pods.tryOf(source);
  if (env === undefined || pods === undefined) return;
  const host =
    resolved.application.namespace === namespace
      ? target.name
      : `${target.name}.${resolved.application.namespace}`;
  const names: ConnectionEnv = typeof env === 'string' ? { address: env } : env;
  const variables = [
    { name: names.host, value: host },
    { name: names.port, value: String(port.port) },
    { name: names.address, value: `${host}:${port.port}` },
  ].flatMap(({ name, value }) => (name === undefined ? [] : [{ name, value }]));
  const writer = {
    layer: 'component',
    definition: 'connectTo',
    package: '@strake/core',
    path: source.node.path,
    origin: connection.origin,
  } as const;
  store
    .access(writer)
    .edit(pods.workload)
    .at(pods.template)
    .merge({ spec: { containers: [{ name: pods.container, env: variables }] } });
}

function targetOf(connection: Connection, composed: ComposedApplication, facts: Facts) {
  const { target } = connection;
  const name = isComponentReference(target) ? facts.nameOf(target.application) : composed.application;
  const application = facts.applications.find((each) => each.application === name);
  const component = application?.components.find((each) =>
    isComponentReference(target) ? each.field === target.field : each.id === target.node.id,
  );
  if (application !== undefined && component !== undefined) return { application, target: component };
  const wanted = isComponentReference(target)
    ? `${target.application.name}.${target.field}`
    : 'something else';
  composed.report(
    finding({
      code: 'connection-target-missing',
      path: composed.application,
      origins: [connection.origin],
      written: `connectTo() names \`${wanted}\``,
      allowed:
        application === undefined
          ? `an application of the configuration: ${facts.applications.map((each) => each.application).join(', ')}`
          : `a component of \`${application.application}\`: ${application.components.map((each) => each.field ?? each.id).join(', ')}`,
      fix: 'Name a component that exists, or add its application to `applications`.',
    }),
  );
  return undefined;
}

function portOf(
  source: Component,
  { options, origin }: Connection,
  { id, ports, capabilities }: ComponentFacts,
  { report }: ComposedApplication,
): ExposedPort | undefined {
  const [first, ...others] = ports;
  const port =
    options.port === undefined && others.length === 0
      ? first
      : ports.find(({ name }) => name === options.port);
  if (port !== undefined || (ports.length === 0 && capabilities.includes('exposed'))) return port;
  const names = ports.map(({ name }) => name);
  const likely = options.port === undefined ? undefined : nearest(options.port, names);
  report(
    finding({
      code: 'connection-port-missing',
      path: source.node.path,
      origins: [origin],
      written:
        options.port === undefined
          ? `a connection to \`${id}\` names no port`
          : `a connection to \`${id}\` names the port \`${options.port}\``,
      allowed:
        names.length === 0 ? `\`${id}\` listens on no port` : `a port of \`${id}\`: ${names.join(', ')}`,
      fix: likely === undefined ? `Give \`port\` a name that \`${id}\` has.` : `Did you mean \`${likely}\`?`,
    }),
  );
  return undefined;
}
