import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';

/** What a text must be: exactly one of the three (istio.io: StringMatch). */
export interface StringMatchProperties {
  readonly exact?: string;
  readonly prefix?: string;
  /** A regular expression (RE2) for the whole text. */
  readonly regex?: string;
}

/** Which requests a rule is for: those of which all of this is true (istio.io: HTTPMatchRequest). */
export interface HttpMatchProperties {
  /** The path. */
  readonly uri?: StringMatchProperties;
  readonly method?: StringMatchProperties;
  /** The host name that is called. */
  readonly authority?: StringMatchProperties;
  /** Headers, by name in lower case. */
  readonly headers?: Readonly<Record<string, StringMatchProperties>>;
  /** Headers that a request must not have, by name in lower case. */
  readonly withoutHeaders?: Readonly<Record<string, StringMatchProperties>>;
  readonly queryParams?: Readonly<Record<string, StringMatchProperties>>;
}

const text = z.string().min(1).optional();
const stringMatch = z
  .strictObject({ exact: text, prefix: text, regex: text })
  .refine(
    (given) => Object.values(given).filter((value) => value !== undefined).length === 1,
    'exactly one of `exact`, `prefix` and `regex`',
  );

/** Istio compares header names in lower case, and has a word of its own for the path, the method and the host. */
const headerName = z
  .string()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'the name of a header in lower case, such as `x-user`');
const headers = z.record(headerName, stringMatch).readonly().optional();

/** The schema of which requests a rule is for. */
export const httpMatchSchema = z
  .strictObject({
    uri: stringMatch.optional(),
    method: stringMatch.optional(),
    authority: stringMatch.optional(),
    headers,
    withoutHeaders: headers,
    queryParams: z.record(z.string().min(1), stringMatch).readonly().optional(),
  })
  .refine(hasEntry, 'at least one condition');
