import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import { fullHost } from './hosts.ts';

/**
 * Where a share of requests goes (istio.io: HTTPRouteDestination). Where the network is closed, callers need a connection
 * to another Service too.
 */
export interface WeightedRouteProperties {
  /**
   * Name of a Service of the same namespace, or a host name in full.
   * @default - the component's own
   */
  readonly host?: string;
  /**
   * Name of a subset of its pods.
   * @default - all of them
   */
  readonly subset?: string;
  /**
   * Port of the Service.
   * @default - the port that is called; the only port of another Service
   */
  readonly port?: number;
  /**
   * Its part of all requests, compared with the weights of the others.
   * @default - all requests, where it is the only one
   */
  readonly weight?: number;
}

const weightedRoute = z.strictObject({
  host: z.string().min(1).optional(),
  subset: z.string().min(1).optional(),
  port: z.int().min(1).max(65_535).optional(),
  weight: z.int().min(0).optional(),
});

/** The schema of where requests go. Istio sends nothing where there is no weight beside others. */
export const weightedRoutesSchema = z
  .array(weightedRoute)
  .min(1)
  .refine((all) => all.length === 1 || all.every(({ weight }) => weight !== undefined), {
    error: 'a `weight` for each of several',
    abort: true,
  })
  .refine((all) => all.some(({ weight }) => weight !== 0), 'a `weight` that is not 0')
  .readonly();

/** Where requests go, as Istio writes it. */
export function routesOf(
  routes: readonly WeightedRouteProperties[] = [{}],
  own: { readonly host: string; readonly namespace: string; readonly port: number },
): JsonObject[] {
  return routes.map(({ host = own.host, subset, port, weight }) => {
    const full = fullHost(host, own.namespace);
    const number = port ?? (full === own.host ? own.port : undefined);
    return {
      destination: { host: full, subset, port: number === undefined ? undefined : { number } },
      weight,
    };
  });
}
