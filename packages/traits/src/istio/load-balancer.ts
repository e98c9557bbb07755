import * as z from 'zod';
import { durationOrZero } from './duration.ts';

/** Which pod a request goes to (istio.io: LoadBalancerSettings): either `simple` or `consistentHash`. */
export interface LoadBalancerProperties {
  /**
   * Chooses by the requests that are open at each pod, in turn, by chance, or leaves it to the address that is called.
   * @default - as `consistentHash` says
   */
  readonly simple?: 'LEAST_REQUEST' | 'ROUND_ROBIN' | 'RANDOM' | 'PASSTHROUGH';
  /**
   * Sends requests that are equal in one respect to the same pod.
   * @default - as `simple` says
   */
  readonly consistentHash?: ConsistentHashProperties;
}

/** In which respect requests are equal; exactly one. */
export interface ConsistentHashProperties {
  /** The value of a header. */
  readonly httpHeaderName?: string;
  /** A cookie; requests without it are given one that lives for `ttl`, or for the session when that is `0s`. */
  readonly httpCookie?: { readonly name: string; readonly ttl: string; readonly path?: string };
  /** The address that the request comes from. */
  readonly useSourceIp?: true;
  /** The value of a query parameter. */
  readonly httpQueryParameterName?: string;
}

const consistentHash = z
  .strictObject({
    httpHeaderName: z.string().min(1).optional(),
    httpCookie: z
      .strictObject({ name: z.string().min(1), ttl: durationOrZero, path: z.string().optional() })
      .optional(),
    useSourceIp: z.literal(true).optional(),
    httpQueryParameterName: z.string().min(1).optional(),
  })
  .refine(
    (given) => Object.values(given).filter((value) => value !== undefined).length === 1,
    'exactly one of `httpHeaderName`, `httpCookie`, `useSourceIp` and `httpQueryParameterName`',
  );

/** The schema of load balancing. */
export const loadBalancerSchema = z
  .strictObject({
    simple: z.enum(['LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM', 'PASSTHROUGH']).optional(),
    consistentHash: consistentHash.optional(),
  })
  .refine(({ simple, consistentHash: hash }) => (simple === undefined) !== (hash === undefined), {
    error: 'either `simple` or `consistentHash`',
  });
