import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';

/** Headers that are changed (gateway-api.sigs.k8s.io: HTTPHeaderFilter). */
export interface HeaderFilterProperties {
  /** Values that replace the header's, by header. */
  readonly set?: Readonly<Record<string, string>>;
  /** Values that are added to the header's, by header. */
  readonly add?: Readonly<Record<string, string>>;
  /** Headers that are removed. */
  readonly remove?: readonly string[];
}

/** The schema of a header's name. */
export const headerName = z
  .string()
  .max(256)
  .regex(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/, 'the name of a header, such as `x-user`');

const values = z
  .record(headerName, z.string().min(1).max(4096))
  .refine((given) => Object.keys(given).length <= 16, 'at most 16 headers')
  .readonly()
  .optional();

/** The schema of changed headers. */
export const headerFilterSchema = z
  .strictObject({
    set: values,
    add: values,
    remove: z.array(headerName).min(1).max(16).readonly().optional(),
  })
  .refine(hasEntry, 'at least one of `set`, `add` and `remove`');

/** Changed headers as a route writes them. */
export function headerFilterOf({ set, add, remove }: HeaderFilterProperties) {
  return { set: set && listed(set), add: add && listed(add), remove };
}

function listed(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
