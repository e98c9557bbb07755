import { Pods, type ApplicationScopeContext, type Component, type KubernetesObject } from '@strake/core';
import { admittedCallers, distinctPorts, type PodPort } from './admitted-callers.ts';
import { callersOf } from './connected-pods.ts';

/**
 * The policy that lets a component's ports be called from the namespaces of its declared and admitted callers only.
 * Without a caller it has no rule, which denies all. None for a component without pods to select.
 */
export function authorizationPolicy(
  component: Component,
  { application, facts, admissions }: ApplicationScopeContext,
): KubernetesObject | undefined {
  const labels = Pods.tryOf(component)?.labels ?? {};
  if (Object.keys(labels).length === 0) return undefined;
  const peer = { application, component: component.node.id };
  const callers = [...callersOf(peer, facts), ...admittedCallers(peer, admissions, facts)];
  const rules = [...new Set(callers.map(({ namespace }) => namespace))].toSorted().flatMap((namespace) => {
    const ports = callers.flatMap((caller) => (caller.namespace === namespace ? caller.ports : []));
    return rulesFrom(namespace, ports);
  });
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: component.name, labels: component.labels },
    spec: {
      selector: { matchLabels: labels },
      action: 'ALLOW',
      rules: rules.length === 0 ? undefined : rules,
    },
  };
}

/** A mesh carries TCP only; a rule without ports would allow them all. */
function rulesFrom(namespace: string, called: readonly PodPort[]) {
  const ports = distinctPorts(called.filter(({ protocol }) => protocol === 'TCP'));
  if (ports.length === 0) return [];
  const operation = { ports: ports.map(({ containerPort }) => String(containerPort)) };
  return [{ from: [{ source: { namespaces: [namespace] } }], to: [{ operation }] }];
}
