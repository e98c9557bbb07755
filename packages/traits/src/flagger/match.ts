import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import type { StringMatchProperties } from '../istio/string-match.ts';
import { labelKey, labelValue } from '../labels.ts';
import type { Provider } from './provider.ts';

/** Requests that meet the new revision: all conditions of one match hold (flagger.app: HTTPMatchRequest). */
export interface MatchProperties {
  /** Values by header: `{ 'x-group': { exact: 'beta' } }`. */
  readonly headers?: Readonly<Record<string, StringMatchProperties>>;
  /** A cookie and its value; nginx knows the value `always` only. */
  readonly cookie?: { readonly name: string; readonly value: string };
  /** Values by query parameter. */
  readonly queryParams?: Readonly<Record<string, StringMatchProperties>>;
  /** Labels of callers in the mesh. */
  readonly sourceLabels?: Readonly<Record<string, string>>;
}

const some = z.string().min(1);
const text = z
  .strictObject({ exact: some.optional(), prefix: some.optional(), regex: some.optional() })
  .refine((given) => Object.values(given).filter((way) => way !== undefined).length === 1, {
    error: 'exactly one of `exact`, `prefix` and `regex`',
  });
const header = z.string().regex(/^[a-z0-9][-_a-z0-9]*$/, 'a header in lower case, such as `x-group`');

/** The schema of requests that meet the new revision. */
export const matchSchema = z
  .array(
    z
      .strictObject({
        headers: z.record(header, text).readonly().optional(),
        cookie: z
          .strictObject({ name: z.string().regex(/^[-\w.]+$/, 'a name such as `group`'), value: some })
          .optional(),
        queryParams: z.record(some, text).readonly().optional(),
        sourceLabels: z.record(labelKey, labelValue).readonly().optional(),
      })
      .refine(hasEntry, 'at least one condition')
      .refine(({ headers, cookie }) => cookie === undefined || headers?.['cookie'] === undefined, {
        path: ['cookie'],
        error: 'no `cookie` beside a header `cookie`',
      }),
  )
  .min(1)
  .readonly();

export type Matches = z.output<typeof matchSchema>;

/** Matches as the analysis of a Canary has them. Flagger gives nginx the name of the cookie alone. */
export function matchesOf(matches: Matches, provider: Provider): JsonObject[] {
  return matches.map(({ cookie, headers, ...others }) => {
    if (cookie === undefined) return { headers, ...others };
    const value = `${cookie.name}=${cookie.value}`.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    const named = provider === 'nginx' ? { exact: cookie.name } : { regex: `^(.*; ?)?${value}(;.*)?$` };
    return { headers: { ...headers, cookie: named }, ...others };
  });
}
