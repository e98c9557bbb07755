import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { connectionPoolShape, type ConnectionPoolProperties } from '../istio/connection-pool.ts';
import { loadBalancerSchema, type LoadBalancerProperties } from '../istio/load-balancer.ts';
import { outlierDetectionSchema, type OutlierDetectionProperties } from '../istio/outlier-detection.ts';

/** How callers connect to the pods, as far as Flagger writes it (istio.io: TrafficPolicy). */
export interface TrafficPolicyProperties {
  /**
   * Which pod a request goes to.
   * @default - the one with the fewest open requests
   */
  readonly loadBalancer?: LoadBalancerProperties;
  /**
   * How many requests there may be; further ones fail at once. A Canary has no place for limits of connections.
   * @default - practically any number
   */
  readonly connectionPool?: { readonly http?: HttpLimitsProperties };
  /**
   * Leaves out pods that answer with errors.
   * @default - no pod is left out
   */
  readonly outlierDetection?: OutlierDetectionProperties;
}

/** Limits of one caller's proxy (istio.io: ConnectionPoolSettings.HTTPSettings). */
export type HttpLimitsProperties = Omit<
  ConnectionPoolProperties,
  'maxConnections' | 'connectTimeout' | 'maxConnectionDuration'
>;

const { http1MaxPendingRequests, http2MaxRequests, maxRequestsPerConnection, maxRetries, idleTimeout } =
  connectionPoolShape;
const http = z
  .strictObject({
    http1MaxPendingRequests,
    http2MaxRequests,
    maxRequestsPerConnection,
    maxRetries,
    idleTimeout,
  })
  .refine(hasEntry, 'at least one limit');

/** The schema of how callers connect to the pods. */
export const trafficPolicySchema = z
  .strictObject({
    loadBalancer: loadBalancerSchema.optional(),
    connectionPool: z.strictObject({ http: http.optional() }).refine(hasEntry, '`http`').optional(),
    outlierDetection: outlierDetectionSchema.optional(),
  })
  .refine(hasEntry, 'at least one property');
