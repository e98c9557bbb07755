import type { JsonObject } from '@strake/core';
import { distinctPorts, type PodPort } from './admitted-callers.ts';
import type { NetworkPeerProperties, NetworkPortProperties } from './network-peer.ts';

/** One end of a connection, and the ports that are opened for it. */
export interface NetworkRule {
  /** An element of `from` or `to`: the selectors in it must hold together. */
  readonly end: JsonObject;
  /** All ports when left out. */
  readonly ports?: readonly JsonObject[];
}

/** Pods of a namespace; the policy's own namespace, where given, is not named. */
export function podsEnd(
  pods: { readonly namespace: string; readonly labels?: Readonly<Record<string, string>> },
  own?: string,
): JsonObject {
  const { namespace, labels } = pods;
  return {
    namespaceSelector:
      namespace === own ? undefined : { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: labels && { matchLabels: labels },
  };
}

export function addressEnd(cidr: string, except?: readonly string[]): JsonObject {
  return { ipBlock: { cidr, except } };
}

/** Ports of pods, as a NetworkPolicy sees them: behind the Service. */
export function podPorts(ports: readonly PodPort[]): JsonObject[] {
  return distinctPorts(ports).map(({ containerPort, protocol }) => ({ protocol, port: containerPort }));
}

/** All addresses there are. */
export const EVERYBODY = ['0.0.0.0/0', '::/0'] as const;

/** The rules for a peer outside of the model, on those of its ports; on all where there are none. */
export function outsideRules(
  { everybody = false, cidr, except, namespace = '', podLabels }: Omit<NetworkPeerProperties, 'ports'>,
  ports: readonly JsonObject[] | undefined,
): NetworkRule[] {
  const ranges = everybody ? EVERYBODY : [cidr].filter((range) => range !== undefined);
  if (ranges.length === 0) return [{ end: podsEnd({ namespace, labels: podLabels }), ports }];
  return ranges.map((range) => ({ end: addressEnd(range, except), ports }));
}

/** A port outside of the model. */
export function outsidePort(port: number | NetworkPortProperties): JsonObject {
  return typeof port === 'number' ? { protocol: 'TCP', port } : { protocol: 'TCP', ...port };
}
