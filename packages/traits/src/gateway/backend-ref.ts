import type { ExposedFacet, ExposedPort, JsonObject } from '@strake/core';
import * as z from 'zod';
import { objectName } from '../object-name.ts';

/** Where a share of requests goes (gateway-api.sigs.k8s.io: BackendRef). */
export interface BackendRefProperties {
  /**
   * Name of a Service of the same namespace; its `port` must be given then. Gateways need a way to it through a closed
   * network.
   * @default - the component's own
   */
  readonly name?: string;
  /**
   * Port of the Service.
   * @default - the port of the component that the route leads to
   */
  readonly port?: number;
  /**
   * Its part of all requests, compared with the weights of the others.
   * @default 1
   */
  readonly weight?: number;
}

const port = z.int().min(1).max(65_535);

/** The schema of where requests go. */
export const backendRefsSchema = z
  .array(
    z
      .strictObject({
        name: objectName.optional(),
        port: port.optional(),
        weight: z.int().min(0).max(1_000_000).optional(),
      })
      .refine(({ name, port: given }) => name === undefined || given !== undefined, {
        path: ['port'],
        error: 'the port of the other Service',
      }),
  )
  .min(1)
  .max(16)
  .refine((refs) => refs.some(({ weight }) => weight !== 0), 'a `weight` that is not 0')
  .readonly();

/** The schema of a Service that gets copies of requests. */
export const mirrorSchema = z.strictObject({
  name: objectName,
  port,
  percent: z.int().min(0).max(100).optional(),
});

/** Where requests go, as a route writes it. */
export function backendRefsOf(
  refs: readonly BackendRefProperties[] = [{}],
  exposed: ExposedFacet,
  port: ExposedPort,
): JsonObject[] {
  return refs.map(({ name = exposed.service.name, port: number = port.port, weight }) => ({
    name,
    port: number,
    weight,
  }));
}
