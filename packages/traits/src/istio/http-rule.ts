import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { httpPolicyShape, type HttpPolicyProperties } from './http-policy.ts';
import { httpMatchSchema, type HttpMatchProperties } from './string-match.ts';
import { weightedRoutesSchema, type WeightedRouteProperties } from './weighted-route.ts';

/** What happens to some of the requests (istio.io: HTTPRoute); what it leaves out is as for all. */
export interface HttpRuleProperties extends HttpPolicyProperties {
  /** Tells it apart in metrics and logs. */
  readonly name: string;
  /** Which requests it is for: those that one of these is true for. */
  readonly match: readonly HttpMatchProperties[];
  /**
   * Where they go.
   * @default - as all requests
   */
  readonly route?: readonly WeightedRouteProperties[];
  /**
   * What their path or host name becomes. With a `prefix` in `match`, the prefix only.
   * @default - unchanged
   */
  readonly rewrite?: { readonly uri?: string; readonly authority?: string };
  /**
   * Tells the caller to ask elsewhere, instead of `route`.
   * @default - they are answered
   */
  readonly redirect?: RedirectProperties;
}

/** Where the caller is to ask instead (istio.io: HTTPRedirect). */
export interface RedirectProperties {
  readonly uri?: string;
  /** The host name. */
  readonly authority?: string;
  readonly scheme?: 'http' | 'https';
  /** @default 301 */
  readonly redirectCode?: 301 | 302 | 303 | 307 | 308;
}

const text = z.string().min(1).optional();
const rewrite = z.strictObject({ uri: text, authority: text }).refine(hasEntry, '`uri` or `authority`');
const redirect = z
  .strictObject({
    uri: text,
    authority: text,
    scheme: z.enum(['http', 'https']).optional(),
    redirectCode: z.literal([301, 302, 303, 307, 308]).optional(),
  })
  .refine(
    ({ uri, authority, scheme }) => hasEntry({ uri, authority, scheme }),
    'at least one of `uri`, `authority` and `scheme`',
  );

/** The schema of rules for some of the requests. Istio refuses a redirect beside what becomes of an answered request. */
export const httpRulesSchema = z
  .array(
    z
      .strictObject({
        ...httpPolicyShape,
        name: z.string().min(1),
        match: z.array(httpMatchSchema).min(1).readonly(),
        route: weightedRoutesSchema.optional(),
        rewrite: rewrite.optional(),
        redirect: redirect.optional(),
      })
      .refine(
        ({ redirect: elsewhere, name: _name, match: _match, headers: _headers, ...others }) =>
          elsewhere === undefined || !hasEntry(others),
        'nothing that is done with an answered request beside `redirect`',
      ),
  )
  .min(1)
  .refine(
    (rules) => new Set(rules.map(({ name }) => name)).size === rules.length,
    'a `name` of its own for each',
  )
  .readonly();

/** Rules for some of the requests, checked. */
export type HttpRules = z.output<typeof httpRulesSchema>;
