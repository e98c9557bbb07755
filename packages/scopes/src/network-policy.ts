import type { ApplicationScopeContext, Component, KubernetesObject } from '@strake/core';
import { admittedCallers } from './admitted-callers.ts';
import { calledOutside } from './called-outside.ts';
import { calleesOf, callersOf } from './connected-pods.ts';
import { meshEgress, meshIngress, meshRule, type MeshMode } from './mesh-network.ts';
import { dnsEgress } from './network-dns.ts';
import { isFor, listenedPorts, openedPorts } from './network-caller.ts';
import type { NetworkCallerProperties } from './network-peer.ts';
import {
  addressEnd,
  outsidePort,
  outsideRules,
  podPorts,
  podsEnd,
  type NetworkRule,
} from './network-rule.ts';
import type { NetworkProperties } from './network.ts';
import { selectedBy } from './selected-pods.ts';

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
  const labels = selectedBy(component, context);
  if (labels === undefined) return undefined;
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
  context: ApplicationScopeContext,
  { mesh, allowIngressFrom = [] }: NetworkOpenings,
) {
  const { application, namespace, facts, admissions } = context;
  const peer = { application, component: component.node.id };
  const connected = callersOf(peer, facts).map((caller) => ({
    end: podsEnd(caller, namespace),
    ports: podPorts(caller.ports),
  }));
  const admitted = admittedCallers(peer, admissions, facts).map(({ namespace: from, cidr, ports }) => ({
    end: cidr === undefined ? podsEnd({ namespace: from }) : addressEnd(cidr),
    ports: podPorts(ports),
  }));
  const outside = allowIngressFrom
    .filter((each) => isFor(each, application, component))
    .flatMap((each) => callerRules(each, component, context));
  const rules = [...connected, ...admitted, ...outside].map((rule) => meshRule(rule, mesh));
  return [...rules, ...meshIngress(mesh)];
}

function egressRules(
  component: Component,
  context: ApplicationScopeContext,
  { mesh, dns, hosts, allowEgressTo = [] }: NetworkOpenings,
) {
  const { application, namespace, facts } = context;
  const connected = calleesOf({ application, component: component.node.id }, facts).map((callee) => ({
    end: podsEnd(callee, namespace),
    ports: podPorts(callee.ports),
  }));
  const outside = allowEgressTo
    .filter((each) => isFor(each, application, component))
    .flatMap((each) => outsideRules(each, each.ports?.map(outsidePort)));
  const rules = [...connected, ...outside].map((rule) => meshRule(rule, mesh));
  return [...dnsEgress(dns), ...meshEgress(mesh), ...rules, ...addressRules(component, context, hosts)];
}

/** Policies know addresses only: those of a host name are the platform's to say. */
function addressRules(
  component: Component,
  { application, facts, report }: ApplicationScopeContext,
  hosts: NetworkProperties['hosts'] = {},
): NetworkRule[] {
  const peer = { application, component: component.node.id };
  return calledOutside(peer, facts).flatMap(({ callee: { host, addresses }, ports }) => {
    const ranges = host === undefined ? (addresses ?? []).map(single) : rangesOf(host, hosts);
    if (host !== undefined && ranges.length === 0) report(unreachable(component, host));
    return ranges.map((range) => ({ end: addressEnd(range), ports: podPorts(ports) }));
  });
}

function single(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

function rangesOf(host: string, hosts: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const parents = host.split('.').map((_, index, parts) => parts.slice(index).join('.'));
  const names = [host, ...parents.slice(1).map((parent) => `*.${parent}`), '*'];
  return names.map((name) => hosts[name]).find((ranges) => ranges !== undefined) ?? [];
}

function unreachable(component: Component, host: string) {
  return {
    code: 'host-unreachable',
    severity: 'warning',
    component,
    path: component.node.path,
    written: `it calls \`${host}\`, and \`network\` knows no addresses of it, so that its calls are dropped`,
    allowed: 'ranges of addresses for every host name that is called',
    fix: `Have the platform give them: \`network({ hosts: { '${host}': ['203.0.113.0/24'] } })\`.`,
  } as const;
}

/** Whom the platform lets in on ports that the component does not have, it lets in nowhere. */
function callerRules(
  caller: NetworkCallerProperties,
  component: Component,
  context: ApplicationScopeContext,
): NetworkRule[] {
  if (caller.ports === undefined) return outsideRules(caller, undefined);
  const ports = openedPorts(caller, listenedPorts(component, context));
  return ports.length === 0 ? [] : outsideRules(caller, ports);
}
