import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { duration } from './duration.ts';
import { loadBalancerSchema, type LoadBalancerProperties } from './load-balancer.ts';
import { outlierDetectionSchema, type OutlierDetectionProperties } from './outlier-detection.ts';

/** How callers connect to the component's pods (istio.io: TrafficPolicy of a DestinationRule). */
export interface DestinationPolicyProperties {
  /**
   * Which pod a request goes to.
   * @default - the one with the fewest open requests
   */
  readonly loadBalancer?: LoadBalancerProperties;
  /**
   * How many connections and requests there may be; further ones fail at once.
   * @default - practically any number
   */
  readonly connectionPool?: ConnectionPoolProperties;
  /**
   * Leaves out pods that answer with errors.
   * @default - no pod is left out
   */
  readonly outlierDetection?: OutlierDetectionProperties;
}

/** Limits of one caller's proxy (istio.io: ConnectionPoolSettings). */
export interface ConnectionPoolProperties {
  readonly tcp?: {
    readonly maxConnections?: number;
    /** @default '10s' */
    readonly connectTimeout?: string;
    /** @default - a connection may last for good */
    readonly maxConnectionDuration?: string;
  };
  readonly http?: {
    /** Requests that wait for a connection. */
    readonly http1MaxPendingRequests?: number;
    /** Requests that are open at the same time. */
    readonly http2MaxRequests?: number;
    /** @default - any number */
    readonly maxRequestsPerConnection?: number;
    /** Retries that are open at the same time. */
    readonly maxRetries?: number;
    /** @default '1h' */
    readonly idleTimeout?: string;
  };
}

const positive = z.int().min(1).optional();
const count = z.int().min(0).optional();
const time = duration.optional();
const tcp = z.strictObject({ maxConnections: positive, connectTimeout: time, maxConnectionDuration: time });
const http = z.strictObject({
  http1MaxPendingRequests: positive,
  http2MaxRequests: positive,
  maxRequestsPerConnection: count,
  maxRetries: count,
  idleTimeout: time,
});

/** The schemas of how callers connect. */
export const destinationPolicyShape = {
  loadBalancer: loadBalancerSchema.optional(),
  connectionPool: z
    .strictObject({
      tcp: tcp.refine(hasEntry, 'at least one limit').optional(),
      http: http.refine(hasEntry, 'at least one limit').optional(),
    })
    .refine(hasEntry, 'at least one of `tcp` and `http`')
    .optional(),
  outlierDetection: outlierDetectionSchema.optional(),
};
