import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { duration } from './duration.ts';

/** Limits of one caller's proxy (istio.io: ConnectionPoolSettings). */
export interface ConnectionPoolProperties {
  /**
   * Connections to all pods together; of HTTP/2 there is one to each pod.
   * @default - practically any number
   */
  readonly maxConnections?: number;
  /**
   * How long it may take to connect.
   * @default '10s'
   */
  readonly connectTimeout?: string;
  /**
   * How long a connection may last, however much it is used.
   * @default - for good
   */
  readonly maxConnectionDuration?: string;
  /**
   * Requests that wait for a connection.
   * @default - practically any number
   */
  readonly http1MaxPendingRequests?: number;
  /**
   * Requests that are open at the same time, of HTTP/1.1 too.
   * @default - practically any number
   */
  readonly http2MaxRequests?: number;
  /**
   * Requests after which a connection is closed; 1 switches keep-alive off.
   * @default - any number
   */
  readonly maxRequestsPerConnection?: number;
  /**
   * Retries that are open at the same time.
   * @default - practically any number
   */
  readonly maxRetries?: number;
  /**
   * How long an HTTP connection without requests stays open.
   * @default '1h'
   */
  readonly idleTimeout?: string;
}

const positive = z.int().min(1).optional();
const count = z.int().min(0).optional();
const time = duration.optional();

/** The schemas of limits. */
export const connectionPoolShape = {
  maxConnections: positive,
  connectTimeout: time,
  maxConnectionDuration: time,
  http1MaxPendingRequests: positive,
  http2MaxRequests: positive,
  maxRequestsPerConnection: count,
  maxRetries: count,
  idleTimeout: time,
};

/** The limits that hold for requests, and mean nothing to a port that does not speak HTTP. */
export function httpLimitsOf(given: ConnectionPoolProperties): JsonObject | undefined {
  const { http1MaxPendingRequests, http2MaxRequests, maxRequestsPerConnection, maxRetries, idleTimeout } =
    given;
  const http = {
    http1MaxPendingRequests,
    http2MaxRequests,
    maxRequestsPerConnection,
    maxRetries,
    idleTimeout,
  };
  return hasEntry(http) ? http : undefined;
}

/** Limits as Istio writes them; undefined where there are none. */
export function connectionPoolOf(given: ConnectionPoolProperties): JsonObject | undefined {
  const { maxConnections, connectTimeout, maxConnectionDuration } = given;
  const tcp = { maxConnections, connectTimeout, maxConnectionDuration };
  const pool = { tcp: hasEntry(tcp) ? tcp : undefined, http: httpLimitsOf(given) };
  return hasEntry(pool) ? pool : undefined;
}
