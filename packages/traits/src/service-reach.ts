import type { JsonObject } from '@strake/core';
import * as z from 'zod';

/** Who reaches a Service, and which pod they get (Kubernetes API: ServiceSpec). */
export interface ServiceReachProperties {
  /**
   * How it is reached: in the cluster only, at a port of each node, or behind a load balancer of the cloud.
   * @default 'LoadBalancer'
   */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /**
   * Class of the controller that makes the load balancer. It cannot be changed later.
   * @default - the cloud's own
   */
  readonly loadBalancerClass?: string;
  /**
   * Ranges of addresses that the load balancer takes calls from: `203.0.113.0/24`.
   * @default - all addresses
   */
  readonly loadBalancerSourceRanges?: readonly string[];
  /**
   * Whether calls from outside go to pods of all nodes, or of the node that they come to, which keeps the client's address.
   * @default 'Cluster'
   */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /**
   * Whether calls from pods go to pods of all nodes, or of their own node only.
   * @default 'Cluster'
   */
  readonly internalTrafficPolicy?: 'Cluster' | 'Local';
  /**
   * Whether a client comes to the same pod again. A mesh does not heed it.
   * @default 'None'
   */
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /**
   * For how many seconds it does, at most 86400.
   * @default 10800
   */
  readonly sessionAffinityTimeoutSeconds?: number;
  /**
   * Whom `network()` and `mesh()` let in on these ports: everybody, or ranges of addresses. A pod sees the address of a
   * node instead of the caller's where `externalTrafficPolicy` is not `Local`.
   * @default - `loadBalancerSourceRanges`; nobody where there are none
   */
  readonly admit?: 'everybody' | readonly string[];
}

/** The schema of a range of addresses. */
export const addressRange = z.union([z.cidrv4(), z.cidrv6()], 'a range such as `203.0.113.0/24`');

/** The schemas of who reaches a Service. */
export const serviceReachShape = {
  type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).optional(),
  loadBalancerClass: z.string().min(1).optional(),
  loadBalancerSourceRanges: z.array(addressRange).min(1).readonly().optional(),
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).optional(),
  internalTrafficPolicy: z.enum(['Cluster', 'Local']).optional(),
  sessionAffinity: z.enum(['None', 'ClientIP']).optional(),
  sessionAffinityTimeoutSeconds: z.int().min(1).max(86_400).optional(),
  admit: z.union([z.literal('everybody'), z.array(addressRange).min(1).readonly()]).optional(),
};

/** The property that needs another type, or another property, than is given; Kubernetes would refuse it. */
export function misplacedReach(
  given: ServiceReachProperties & { readonly nodePorts?: object },
): string | undefined {
  const { type = 'LoadBalancer', nodePorts, externalTrafficPolicy } = given;
  const { loadBalancerClass, loadBalancerSourceRanges } = given;
  if (type !== 'LoadBalancer' && loadBalancerClass !== undefined) return 'loadBalancerClass';
  if (type !== 'LoadBalancer' && loadBalancerSourceRanges !== undefined) return 'loadBalancerSourceRanges';
  if (type === 'ClusterIP' && externalTrafficPolicy !== undefined) return 'externalTrafficPolicy';
  if (type === 'ClusterIP' && nodePorts !== undefined) return 'nodePorts';
  if (given.sessionAffinity !== 'ClientIP' && given.sessionAffinityTimeoutSeconds !== undefined)
    return 'sessionAffinityTimeoutSeconds';
  return undefined;
}

/** Who reaches a Service, as it is written. */
export function serviceReach(given: ServiceReachProperties): JsonObject {
  const { type = 'LoadBalancer', sessionAffinityTimeoutSeconds: timeoutSeconds, admit: _, ...spec } = given;
  const sessionAffinityConfig = timeoutSeconds === undefined ? undefined : { clientIP: { timeoutSeconds } };
  return { type, ...spec, sessionAffinityConfig };
}
