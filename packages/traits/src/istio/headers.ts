import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';

/** Headers that are changed (istio.io: Headers). */
export interface HeadersProperties {
  /** @default - requests keep theirs */
  readonly request?: HeaderOperationsProperties;
  /** @default - answers keep theirs */
  readonly response?: HeaderOperationsProperties;
}

export interface HeaderOperationsProperties {
  /** Values that replace the header's, by header. */
  readonly set?: Readonly<Record<string, string>>;
  /** Values that are added to the header's, by header. */
  readonly add?: Readonly<Record<string, string>>;
  /** Headers that are removed. */
  readonly remove?: readonly string[];
}

const values = z.record(z.string().min(1), z.string()).readonly().optional();
const operations = z
  .strictObject({ set: values, add: values, remove: z.array(z.string().min(1)).readonly().optional() })
  .refine(hasEntry, 'at least one of `set`, `add` and `remove`')
  .optional();

/** The schema of changed headers. */
export const headersSchema = z
  .strictObject({ request: operations, response: operations })
  .refine(hasEntry, 'at least one of `request` and `response`');
