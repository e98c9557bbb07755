import type { ApplicationScopeContext, Component, JsonObject, KubernetesObject } from '@strake/core';
import { admittedCallers, distinctPorts, type PodPort } from './admitted-callers.ts';
import { callersOf } from './connected-pods.ts';
import { selectedBy } from './selected-pods.ts';

const AUTHORIZATION_POLICY = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy' } as const;

/**
 * The policy that lets a component's ports be called from the namespaces of its declared and admitted callers, and from
 * admitted addresses, only.
 * Without a caller it has no rule, which denies all. None for a component without pods to select, and for one whose own
 * policy of that name says already whom it allows.
 */
export function authorizationPolicy(
  component: Component,
  context: ApplicationScopeContext,
): KubernetesObject | undefined {
  const { application, facts, admissions, edit } = context;
  const labels = selectedBy(component, context);
  const identity = { ...AUTHORIZATION_POLICY, name: component.name };
  if (labels === undefined || edit(identity).read('kind') !== undefined) return undefined;
  const peer = { application, component: component.node.id };
  const admitted = admittedCallers(peer, admissions, facts);
  const callers = [...callersOf(peer, facts), ...admitted.filter(({ cidr }) => cidr === undefined)];
  const namespaces = [...new Set(callers.map(({ namespace }) => namespace))].toSorted();
  const rules = [
    ...namespaces.flatMap((namespace) => {
      const ports = callers.flatMap((caller) => (caller.namespace === namespace ? caller.ports : []));
      return rulesFrom({ namespaces: [namespace] }, ports);
    }),
    ...admitted.flatMap(({ cidr, ports }) =>
      cidr === undefined ? [] : rulesFrom({ ipBlocks: [cidr] }, ports),
    ),
  ];
  return {
    ...AUTHORIZATION_POLICY,
    metadata: { name: component.name, labels: component.labels },
    spec: {
      selector: { matchLabels: labels },
      action: 'ALLOW',
      rules: rules.length === 0 ? undefined : rules,
    },
  };
}

/** A mesh carries TCP only; a rule without ports would allow them all. */
function rulesFrom(source: JsonObject, called: readonly PodPort[]) {
  const ports = distinctPorts(called.filter(({ protocol }) => protocol === 'TCP'));
  if (ports.length === 0) return [];
  const operation = { ports: ports.map(({ containerPort }) => String(containerPort)) };
  return [{ from: [{ source }], to: [{ operation }] }];
}
