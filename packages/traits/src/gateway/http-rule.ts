import type { ExposedFacet, ExposedPort, JsonObject } from '@strake/core';
import * as z from 'zod';
import { backendRefsOf, backendRefsSchema, type BackendRefProperties } from './backend-ref.ts';
import { httpFiltersOf, httpFiltersShape, type HttpFiltersProperties } from './http-filters.ts';
import { httpMatchOf, httpMatchSchema, type HttpRouteMatchProperties } from './http-match.ts';
import { timeoutsSchema, type RouteTimeoutsProperties } from './timeouts.ts';

/** What happens to some requests (gateway-api.sigs.k8s.io: HTTPRouteRule). */
export interface HttpRouteRuleProperties extends HttpFiltersProperties {
  /**
   * Which requests it is for: those that one of these is true for.
   * @default - all
   */
  readonly matches?: readonly HttpRouteMatchProperties[];
  /**
   * Where they go.
   * @default - all of them to the component; nowhere beside `requestRedirect`
   */
  readonly backendRefs?: readonly BackendRefProperties[];
  /**
   * How long they may take.
   * @default - as the gateway says
   */
  readonly timeouts?: RouteTimeoutsProperties;
}

const rule = z
  .strictObject({
    matches: z.array(httpMatchSchema).min(1).max(64).readonly().optional(),
    backendRefs: backendRefsSchema.optional(),
    timeouts: timeoutsSchema.optional(),
    ...httpFiltersShape,
  })
  .refine(
    ({ requestRedirect, urlRewrite, backendRefs }) =>
      requestRedirect === undefined || (urlRewrite === undefined && backendRefs === undefined),
    { path: ['requestRedirect'], error: 'no redirect beside `urlRewrite` and `backendRefs`' },
  )
  .refine((given) => !replacesPrefix(given) || matchesOnePrefix(given), {
    path: ['matches'],
    error: 'exactly one with a `path` that is a prefix, which `replacePrefixMatch` replaces',
  });

/** The schema of rules. */
export const httpRulesSchema = z
  .array(rule)
  .min(1)
  .max(16)
  .refine(
    (rules) => rules.reduce((sum, { matches }) => sum + (matches?.length ?? 1), 0) <= 128,
    'at most 128 `matches` altogether',
  )
  .readonly();

/** A rule, as an HTTPRoute writes it. */
export function httpRuleOf(
  { matches, backendRefs, timeouts, ...given }: z.output<typeof rule>,
  exposed: ExposedFacet,
  port: ExposedPort,
): JsonObject {
  const filters = httpFiltersOf(given);
  return {
    matches: matches?.map(httpMatchOf),
    filters: filters.length === 0 ? undefined : filters,
    backendRefs: given.requestRedirect ? undefined : backendRefsOf(backendRefs, exposed, port),
    timeouts,
  };
}

function replacesPrefix({ requestRedirect, urlRewrite }: HttpFiltersProperties): boolean {
  return [requestRedirect, urlRewrite].some((each) => each?.path?.replacePrefixMatch !== undefined);
}

function matchesOnePrefix({ matches = [] }: HttpRouteRuleProperties): boolean {
  const [path] = matches.map((each) => each.path);
  return (
    matches.length === 1 && path !== undefined && (typeof path === 'string' || path.type === 'PathPrefix')
  );
}
