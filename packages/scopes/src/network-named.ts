import { nearest, type ApplicationScopeContext } from '@strake/core';
import { hasPort, isFor, listenedPorts, type ListenedPort } from './network-caller.ts';
import type { NetworkCallerProperties } from './network-peer.ts';
import type { NetworkProperties } from './network.ts';

/** Reports the components and ports that the platform names and nobody has: they would be opened for nobody. */
export function reportUnknownNames(context: ApplicationScopeContext, properties: NetworkProperties): void {
  const { allowIngressFrom = [], allowEgressTo = [] } = properties;
  const named = [...allowIngressFrom, ...allowEgressTo].flatMap((peer) => peer.components ?? []);
  for (const name of new Set(named)) reportUnknownComponent(context, name);
  for (const caller of allowIngressFrom) reportUnknownPorts(context, caller);
}

/** Each is reported once, whoever is rendered. */
function reportUnknownComponent({ facts, report }: ApplicationScopeContext, name: string): void {
  const [application = ''] = name.split('/');
  const known = facts.applications.flatMap((each) => [
    each.application,
    ...each.components.map(({ id }) => `${each.application}/${id}`),
  ]);
  if (known.includes(name) || facts.isElsewhere(application)) return;
  const isThere = known.includes(application);
  const candidates = isThere
    ? known.filter((each) => each.startsWith(`${application}/`))
    : known.filter((each) => each.includes('/') === name.includes('/'));
  const likely = nearest(name, candidates);
  report({
    code: 'reference-unknown',
    // Another project may have an application that this one knows nothing of, and that is like none here.
    severity: isThere || likely !== undefined ? 'error' : 'warning',
    path: isThere ? application : 'platform/network',
    written: `\`network\` names the component \`${name}\``,
    allowed: `a component${isThere ? ` of \`${application}\`` : ', or a whole application'}: ${list(candidates)}`,
    fix: likely === undefined ? 'Name a component that exists.' : `Did you mean \`${likely}\`?`,
  });
}

/** A caller for all components may name a port that another project's component has; it is misspelt when one is like it. */
function reportUnknownPorts(context: ApplicationScopeContext, caller: NetworkCallerProperties): void {
  const { application, components, facts, report } = context;
  const everywhere = facts.applications.flatMap((each) => each.components.flatMap(({ ports }) => ports));
  for (const port of caller.components === undefined ? (caller.ports ?? []) : []) {
    const listened = [...everywhere, ...components.flatMap((each) => listenedPorts(each, context))];
    if (typeof port !== 'string' || hasPort(listened, port)) continue;
    const names = [...new Set(listened.map(({ name }) => name))];
    const likely = nearest(port, names);
    if (likely !== undefined) report({ ...unknownPort('platform/network', port, everywhere) });
  }
  for (const name of caller.components ?? []) {
    const meant = components.filter((each) => isFor({ components: [name] }, application, each));
    const listened = meant.flatMap((each) => listenedPorts(each, context));
    for (const port of meant.length === 0 ? [] : (caller.ports ?? [])) {
      if (!hasPort(listened, port)) report(unknownPort(name, portText(port), listened));
    }
  }
}

function unknownPort(name: string, port: string, listened: readonly ListenedPort[]) {
  const atService = listened.find((each) => String(each.port) === port);
  const names = listened.map((each) => each.name);
  const likely = atService?.name ?? nearest(port, names);
  return {
    code: 'reference-unknown',
    path: name,
    written: `\`network\` opens the port \`${port}\` of \`${name}\``,
    allowed: `a port of its containers: ${listened.map((each) => `\`${each.name}\` (${each.containerPort})`).join(', ') || 'it listens on none'}`,
    fix:
      likely === undefined
        ? 'Name a port that exists.'
        : `Did you mean \`${likely}\`?${atService === undefined ? '' : ` ${port} is the port of its Service.`}`,
  } as const;
}

function portText(port: NonNullable<NetworkCallerProperties['ports']>[number]): string {
  if (typeof port !== 'object') return String(port);
  const range = port.endPort === undefined ? port.port : `${port.port}-${port.endPort}`;
  return `${range}/${port.protocol ?? 'TCP'}`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
