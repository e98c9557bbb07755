import { propertiesOf } from '@strake/core';
import * as z from 'zod';
import { labelsSchema, namespaceSchema } from './labels.ts';
import { cidrSchema } from './network-peer.ts';
import { addressEnd, podsEnd, type NetworkRule } from './network-rule.ts';

/** Where the cluster's DNS is. */
export interface NetworkDnsProperties {
  /** @default 'kube-system' */
  readonly namespace?: string;
  /**
   * Labels of its pods.
   * @default { 'k8s-app': 'kube-dns' }
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Port of its pods.
   * @default 53
   */
  readonly port?: number;
  /**
   * Address of NodeLocal DNSCache, which runs in the node's network: `169.254.20.10/32`.
   * @default - the cluster has no NodeLocal DNSCache
   */
  readonly nodeLocal?: string;
}

export const networkDnsSchema = propertiesOf<NetworkDnsProperties>()({
  namespace: namespaceSchema.optional(),
  podLabels: labelsSchema.optional(),
  port: z.int().min(1).max(65_535).optional(),
  nodeLocal: cidrSchema.optional(),
});

/** What pods need to ask the cluster's DNS: UDP, and TCP for long answers. */
export function dnsEgress(properties: NetworkDnsProperties = {}): NetworkRule[] {
  const {
    namespace = 'kube-system',
    podLabels = { 'k8s-app': 'kube-dns' },
    port = 53,
    nodeLocal,
  } = properties;
  const cluster: NetworkRule = { end: podsEnd({ namespace, labels: podLabels }), ports: dnsPorts(port) };
  return nodeLocal === undefined ? [cluster] : [cluster, { end: addressEnd(nodeLocal), ports: dnsPorts(53) }];
}

function dnsPorts(port: number) {
  return [
    { protocol: 'UDP', port },
    { protocol: 'TCP', port },
  ];
}
