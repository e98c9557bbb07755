import type { JsonObject, KubernetesObject } from '@strake/core';
import { mapIn, mapsIn, textIn, textsIn } from './json-parts.ts';

/** Kinds of objects by which callers from outside come in, with the API groups that they are of. */
export function isKind(object: KubernetesObject, group: string, ...kinds: readonly string[]): boolean {
  return object.apiVersion.startsWith(`${group}/`) && kinds.includes(object.kind);
}

export function isIngress(object: KubernetesObject): boolean {
  return isKind(object, 'networking.k8s.io', 'Ingress');
}

export function isRoute(object: KubernetesObject): boolean {
  return isKind(object, 'gateway.networking.k8s.io', 'HTTPRoute', 'GRPCRoute');
}

export function isCertificate(object: KubernetesObject): boolean {
  return isKind(object, 'cert-manager.io', 'Certificate');
}

/** The host names by which an object lets an application be called from outside of the cluster, each once. */
export function outsideHosts(object: KubernetesObject): readonly string[] {
  return [...new Set(hostsOf(object, mapIn(object['spec'])))].filter(isPublic);
}

function hostsOf(object: KubernetesObject, spec: JsonObject): readonly string[] {
  if (isIngress(object)) return mapsIn(spec['rules']).flatMap(({ host }) => textIn(host) ?? []);
  if (isRoute(object)) return textsIn(spec['hostnames']);
  if (isCertificate(object)) return textsIn(spec['dnsNames']);
  if (!isKind(object, 'networking.istio.io', 'VirtualService')) return [];
  const gateways = textsIn(spec['gateways']).filter((name) => name !== 'mesh');
  return gateways.length === 0 ? [] : textsIn(spec['hosts']);
}

/** Names of the cluster are nobody's domain. */
function isPublic(host: string): boolean {
  return host.includes('.') && !/(^|\.)(svc|local|internal)$/.test(host) && !/\.svc\./.test(host);
}

/** Whether a host name, or all that a wildcard stands for, is in a domain. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
