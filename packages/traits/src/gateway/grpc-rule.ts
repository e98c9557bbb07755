import type { ExposedFacet, ExposedPort, JsonObject } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { backendRefsOf, backendRefsSchema, type BackendRefProperties } from './backend-ref.ts';
import { filtersShape, httpFiltersOf, type FiltersProperties } from './http-filters.ts';
import { headerMatchesSchema, valueMatchesOf, type ValueMatchProperties } from './http-match.ts';

/** What happens to some calls (gateway-api.sigs.k8s.io: GRPCRouteRule). */
export interface GrpcRouteRuleProperties extends FiltersProperties {
  /**
   * Which calls it is for: those that one of these is true for.
   * @default - all
   */
  readonly matches?: readonly GrpcRouteMatchProperties[];
  /**
   * Where they go.
   * @default - all of them to the component
   */
  readonly backendRefs?: readonly BackendRefProperties[];
}

/** Calls of which all of this is true (gateway-api.sigs.k8s.io: GRPCRouteMatch). */
export interface GrpcRouteMatchProperties {
  /** The service with its package: `shop.v1.Orders`. */
  readonly service?: string;
  /** The method of the service: `Place`. */
  readonly method?: string;
  /** Metadata of the call, by name. */
  readonly headers?: Readonly<Record<string, ValueMatchProperties>>;
}

const match = z
  .strictObject({
    service: z
      .string()
      .max(1024)
      .regex(/^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i, 'a service such as `shop.v1.Orders`')
      .optional(),
    method: z
      .string()
      .max(1024)
      .regex(/^[A-Za-z_][A-Za-z_0-9]*$/, 'a method such as `Place`')
      .optional(),
    headers: headerMatchesSchema.optional(),
  })
  .refine(hasEntry, 'at least one condition');

const rule = z.strictObject({
  matches: z.array(match).min(1).max(64).readonly().optional(),
  backendRefs: backendRefsSchema.optional(),
  ...filtersShape,
});

/** The schema of rules. */
export const grpcRulesSchema = z.array(rule).min(1).max(16).readonly();

/** A rule, as a GRPCRoute writes it. */
export function grpcRuleOf(
  { matches, backendRefs, ...given }: z.output<typeof rule>,
  exposed: ExposedFacet,
  port: ExposedPort,
): JsonObject {
  const filters = httpFiltersOf(given);
  return {
    matches: matches?.map(({ service, method, headers }) => ({
      method: hasEntry({ service, method }) ? { type: 'Exact', service, method } : undefined,
      headers: headers && valueMatchesOf(headers),
    })),
    filters: filters.length === 0 ? undefined : filters,
    backendRefs: backendRefsOf(backendRefs, exposed, port),
  };
}
