import { Pods, type ExposedPort } from './capabilities.ts';
import type { Component } from './component.ts';
import { componentState } from './component-state.ts';
import type { ComposedApplication } from './compose.ts';
import type { Connection, ConnectionEnv } from './connection.ts';
import type { ApplicationFacts, ComponentFacts, ConnectionFacts, Facts } from './facts.ts';
import { finding, type FindingInput } from './finding.ts';
import { nearest } from './nearest.ts';
import { isComponentReference, type ApplicationClass } from './reference.ts';
import type { ObjectStore } from './writes/object-store.ts';

/** A connection by names, which outlives the constructs. */
export interface DeclaredConnection {
  /** Id of the calling component. */
  readonly source: string;
  /** Class or name of the called application; undefined within one application. */
  readonly application: ApplicationClass | string | undefined;
  /** Field of the called component in another application, its id within one application. */
  readonly target: string;
  readonly port: string | undefined;
}

/** What a connection leads to. */
interface OtherEnd {
  readonly application: ApplicationFacts;
  readonly component: ComponentFacts;
  readonly port: ExposedPort;
}

type Problem = Omit<FindingInput, 'path' | 'origins'>;

/** The connections of a component, by names. */
export function declaredConnections(component: Component): DeclaredConnection[] {
  return (componentState.get(component)?.connections ?? []).map((connection) =>
    declared(component, connection),
  );
}

/** A declared connection as others may know it; undefined when it leads nowhere. */
export function connectionFacts(
  application: string,
  each: DeclaredConnection,
  facts: Facts,
): ConnectionFacts[] {
  const end = otherEnd(application, each, facts);
  if ('code' in end) return [];
  const to = { application: end.application.application, component: end.component.id };
  return [{ from: { application, component: each.source }, to, port: end.port.name }];
}

/** Tells components in their environment where the ones are that they call. What leads nowhere is a finding. */
export function writeConnections(composed: ComposedApplication, facts: Facts, store: ObjectStore): void {
  for (const source of composed.components) {
    for (const connection of componentState.get(source)?.connections ?? []) {
      if (isUnbuilt(connection)) continue;
      const end = otherEnd(composed.application, declared(source, connection), facts);
      if ('code' in end) {
        composed.report(finding({ ...end, path: source.node.path, origins: [connection.origin] }));
      } else writeEnv(source, connection, end, store);
    }
  }
}

/** What is wrong with a component is said of it, and not again of its callers. */
function isUnbuilt({ target }: Connection): boolean {
  return componentState.get(target)?.built === false;
}

function declared(source: Component, { target, options: { port } }: Connection): DeclaredConnection {
  const isElsewhere = isComponentReference(target);
  return {
    source: source.node.id,
    application: isElsewhere ? target.application : undefined,
    target: isElsewhere ? target.field : target.node.id,
    port,
  };
}

function writeEnv(
  source: Component,
  { options, origin }: Connection,
  end: OtherEnd,
  store: ObjectStore,
): void {
  const pods = Pods.tryOf(source);
  const { env } = options;
  if (env === undefined || pods === undefined) return;
  const { namespace } = end.application;
  const { name, host = namespace === store.namespace ? name : `${name}.${namespace}` } = end.component;
  const names: ConnectionEnv = typeof env === 'string' ? { address: env } : env;
  const variables = [
    { name: names.host, value: host },
    { name: names.port, value: String(end.port.port) },
    { name: names.address, value: `${host}:${end.port.port}` },
  ].flatMap(({ name, value }) => (name === undefined ? [] : [{ name, value }]));
  const { path } = source.node;
  store
    .access({ layer: 'component', definition: 'connectTo', package: '@strake/core', path, origin })
    .edit(pods.workload)
    .at(pods.template)
    .merge({ spec: { containers: [{ name: pods.container, env: variables }] } });
}

function otherEnd(from: string, wanted: DeclaredConnection, facts: Facts): OtherEnd | Problem {
  const name = wanted.application === undefined ? from : facts.nameOf(wanted.application);
  const application = name === undefined ? undefined : facts.application(name);
  const component = application?.components.find(({ id, field }) => isTarget(wanted, id, field));
  if (name !== undefined && facts.isElsewhere(name)) return absentTarget(wanted, name);
  if (application === undefined || component === undefined) return missingTarget(wanted, application, facts);
  const [only, ...others] = component.ports;
  const port =
    wanted.port === undefined && others.length === 0
      ? only
      : component.ports.find((each) => each.name === wanted.port);
  return port === undefined ? missingPort(wanted, component) : { application, component, port };
}

/** By its id within one application, by its field in another one, by either where that one is known by name. */
function isTarget(
  { application, target }: DeclaredConnection,
  id: string,
  field: string | undefined,
): boolean {
  if (application === undefined) return id === target;
  return field === target || (typeof application === 'string' && id === target);
}

function missingTarget(
  { application: wanted, target }: DeclaredConnection,
  application: ApplicationFacts | undefined,
  { applications }: Facts,
): Problem {
  const known = application?.components.map(({ id, field }) => field ?? id) ?? [];
  return {
    code: 'connection-target-missing',
    written: `connectTo() names \`${wantedText(wanted, target)}\``,
    allowed:
      application === undefined
        ? `an application of the configuration or of the repository: ${applications.map((each) => each.application).join(', ')}`
        : `a component of \`${application.application}\`: ${known.join(', ')}`,
    fix:
      typeof wanted === 'string'
        ? 'Name a component that exists; another project publishes its own when it is synthesized.'
        : 'Name a component that exists, or add its application to `applications`.',
  };
}

function absentTarget({ application, target }: DeclaredConnection, name: string): Problem {
  return {
    code: 'connection-target-missing',
    written: `connectTo() names \`${wantedText(application, target)}\`, and \`${name}\` is not in this environment`,
    allowed: 'an application that is in every environment of those that call it',
    fix: `Add the environment to \`applications.${name}.environments\` of the platform, or connect in others only.`,
  };
}

function wantedText(application: DeclaredConnection['application'], target: string): string {
  if (application === undefined) return target;
  return `${typeof application === 'string' ? application : application.name}.${target}`;
}

function missingPort({ port }: DeclaredConnection, { id, ports }: ComponentFacts): Problem {
  const names = ports.map(({ name }) => name);
  const likely = port === undefined ? undefined : nearest(port, names);
  return {
    code: 'connection-port-missing',
    written: `a connection to \`${id}\` names ${port === undefined ? 'no port' : `the port \`${port}\``}`,
    allowed: names.length === 0 ? `\`${id}\` listens on no port` : `a port of \`${id}\`: ${names.join(', ')}`,
    fix: likely === undefined ? `Give \`port\` a name that \`${id}\` has.` : `Did you mean \`${likely}\`?`,
  };
}
