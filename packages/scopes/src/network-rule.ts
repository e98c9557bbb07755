import type { JsonObject } from '@strake/core';
import { distinctPorts, type PodPort } from './admitted-callers.ts';
import type { NetworkPeerProperties } from './network-peer.ts';

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

/** The rule for a peer outside of the model. */
export function outsideRule({
  cidr,
  except,
  namespace = '',
  podLabels,
  ports,
}: NetworkPeerProperties): NetworkRule {
  return {
    end: cidr === undefined ? podsEnd({ namespace, labels: podLabels }) : addressEnd(cidr, except),
    ports: ports?.map((port) =>
      typeof port === 'number' ? { protocol: 'TCP', port } : { protocol: 'TCP', ...port },
    ),
  };
}
