import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { headerName } from './header-filter.ts';

/** A text, or one that a regular expression fits; not every controller has the latter. */
export type ValueMatchProperties =
  | string
  | { readonly type: 'Exact' | 'RegularExpression'; readonly value: string };

/** Which requests a rule is for: those of which all of this is true (gateway-api.sigs.k8s.io: HTTPRouteMatch). */
export interface HttpRouteMatchProperties {
  /** A path and all below it, or a path of another type. */
  readonly path?:
    | string
    | { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';
  /** Headers, by name. */
  readonly headers?: Readonly<Record<string, ValueMatchProperties>>;
  /** Parameters of the query, by name. */
  readonly queryParams?: Readonly<Record<string, ValueMatchProperties>>;
}

const LITERAL = /^\/(?!.*(\/\/|\/\.\.?(\/|$)|%2f|%2F))(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/;

const literalPath = z
  .string()
  .max(1024)
  .regex(LITERAL, 'a path that begins with `/`, without `//`, `/./`, `/../` and `%2F`');
const pathSchema = z.union([
  literalPath,
  z.strictObject({ type: z.enum(['Exact', 'PathPrefix']), value: literalPath }),
  z.strictObject({ type: z.literal('RegularExpression'), value: z.string().min(1).max(1024) }),
]);

const text = z.string().min(1).max(4096);
const valueMatch = z.union([
  text,
  z.strictObject({ type: z.enum(['Exact', 'RegularExpression']), value: text }),
]);
const values = z
  .record(headerName, valueMatch)
  .refine((given) => Object.keys(given).length <= 16, 'at most 16 conditions')
  .readonly();

/** The schema of headers that requests must have. */
export const headerMatchesSchema = values;

/** The schema of which requests a rule is for. */
export const httpMatchSchema = z
  .strictObject({
    path: pathSchema.optional(),
    method: z
      .enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'])
      .optional(),
    headers: values.optional(),
    queryParams: values.optional(),
  })
  .refine(hasEntry, 'at least one condition');

/** Conditions as a route writes them. */
export function httpMatchOf({ path, method, headers, queryParams }: HttpRouteMatchProperties) {
  return {
    path: typeof path === 'string' ? { type: 'PathPrefix', value: path } : path && { ...path },
    method,
    headers: headers && valueMatchesOf(headers),
    queryParams: queryParams && valueMatchesOf(queryParams),
  };
}

/** Values by name as a route lists them. */
export function valueMatchesOf(values: Readonly<Record<string, ValueMatchProperties>>) {
  return Object.entries(values).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, ...value },
  );
}
