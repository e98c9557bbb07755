import { Pods, type ApplicationScopeContext, type Component, type KubernetesObject } from '@strake/core';
import { admittedCallers } from './admitted-callers.ts';
import { calleesOf, callersOf } from './connected-pods.ts';
import { meshEgress, meshIngress, meshRule, type MeshMode } from './mesh-network.ts';
import { dnsEgress } from './network-dns.ts';
import type { NetworkPeerProperties } from './network-peer.ts';
import { outsideRule, podPorts, podsEnd } from './network-rule.ts';
import type { NetworkProperties } from './network.ts';

/** Kind of the objects that say who may call whom. */
export const NETWORK_POLICY = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } as const;

/** What is opened besides connections. */
export interface NetworkOpenings extends NetworkProperties {
  /** Mode of the mesh that the pods are in. */
  readonly mesh?: MeshMode | undefined;
}

/** The policy that opens exactly what a component needs; none for a component without pods to select. */
export function networkPolicy(
  component: Component,
  context: ApplicationScopeContext,
  openings: NetworkOpenings,
): KubernetesObject | undefined {
  const labels = Pods.tryOf(component)?.labels ?? {};
  if (Object.keys(labels).length === 0) return undefined;
  const ingress = ingressRules(component, context, openings).map(({ end, ports }) => ({
    from: [end],
    ports,
  }));
  const egress = egressRules(component, context, openings).map(({ end, ports }) => ({ to: [end], ports }));
  return {
    ...NETWORK_POLICY,
    metadata: { name: component.name, labels: component.labels },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: ingress.length === 0 ? undefined : ingress,
      egress,
    },
  };
}

function ingressRules(
  component: Component,
  { application, namespace, facts, admissions }: ApplicationScopeContext,
  { mesh, allowIngressFrom = [] }: NetworkOpenings,
) {
  const peer = { application, component: component.node.id };
  const connected = callersOf(peer, facts).map((caller) => ({
    end: podsEnd(caller, namespace),
    ports: podPorts(caller.ports),
  }));
  const admitted = admittedCallers(peer, admissions, facts).map(({ namespace: from, ports }) => ({
    end: podsEnd({ namespace: from }),
    ports: podPorts(ports),
  }));
  const outside = allowIngressFrom.filter((each) => isFor(each, application, component)).map(outsideRule);
  const rules = [...connected, ...admitted, ...outside].map((rule) => meshRule(rule, mesh));
  return [...rules, ...meshIngress(mesh)];
}

function egressRules(
  component: Component,
  { application, namespace, facts }: ApplicationScopeContext,
  { mesh, dns, allowEgressTo = [] }: NetworkOpenings,
) {
  const connected = calleesOf({ application, component: component.node.id }, facts).map((callee) => ({
    end: podsEnd(callee, namespace),
    ports: podPorts(callee.ports),
  }));
  const outside = allowEgressTo.filter((each) => isFor(each, application, component)).map(outsideRule);
  const rules = [...connected, ...outside].map((rule) => meshRule(rule, mesh));
  return [...dnsEgress(dns), ...meshEgress(mesh), ...rules];
}

function isFor({ components }: NetworkPeerProperties, application: string, component: Component): boolean {
  const path = `${application}/${component.node.id}`;
  return components?.some((name) => name === application || name === path) ?? true;
}
