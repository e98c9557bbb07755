import type { JsonObject, TraitContext } from '@strake/core';
import * as z from 'zod';
import { labelKey, labelValue } from '../labels.ts';
import type { HttpRuleProperties } from './http-rule.ts';
import type { WeightedRouteProperties } from './weighted-route.ts';

/** Labels that some of the component's pods have besides those by which its Service finds them, by name of the subset. */
export type SubsetsProperties = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The schema of subsets. */
export const subsetsSchema = z
  .record(
    z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a name such as `v1`'),
    z.record(labelKey, labelValue).readonly(),
  )
  .readonly();

/** Subsets as a DestinationRule lists them. */
export function subsetsOf(subsets: SubsetsProperties): JsonObject[] {
  return Object.entries(subsets).map(([name, labels]) => ({ name, labels }));
}

/** What there is to say about subsets of the component that are named and not there: callers would get 503. */
export function unknownSubsets(
  subsets: SubsetsProperties = {},
  { route = [], rules = [] }: Routes,
): Parameters<TraitContext['report']>[0][] {
  const routes = [...route, ...rules.flatMap((rule) => rule.route ?? [])];
  const named = routes.flatMap(({ host, subset }) =>
    host === undefined && subset !== undefined ? [subset] : [],
  );
  const names = Object.keys(subsets);
  return [...new Set(named)]
    .filter((subset) => !names.includes(subset))
    .map((subset) => ({
      code: 'reference-unknown',
      written: `\`route\` of \`traffic\` names the subset \`${subset}\``,
      allowed:
        names.length === 0
          ? 'no subset: there are no `subsets`'
          : names.map((name) => `\`${name}\``).join(', '),
      fix: 'Add it to `subsets`, or correct its name.',
    }));
}

interface Routes {
  readonly route?: readonly WeightedRouteProperties[];
  readonly rules?: readonly HttpRuleProperties[];
}
