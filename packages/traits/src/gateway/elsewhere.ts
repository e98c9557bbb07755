import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { dnsName } from '../dns-name.ts';

/** What becomes of a path: either of the two (gateway-api.sigs.k8s.io: HTTPPathModifier). */
export interface PathModifierProperties {
  /** The whole path. */
  readonly replaceFullPath?: string;
  /** The part that the rule's one `path` fits. */
  readonly replacePrefixMatch?: string;
}

/** What requests become before they go to the component (gateway-api.sigs.k8s.io: HTTPURLRewriteFilter). */
export interface UrlRewriteProperties {
  readonly hostname?: string;
  readonly path?: PathModifierProperties;
}

/** Where the caller is to ask instead (gateway-api.sigs.k8s.io: HTTPRequestRedirectFilter). */
export interface RequestRedirectProperties extends UrlRewriteProperties {
  readonly scheme?: 'http' | 'https';
  readonly port?: number;
  /** @default 302 */
  readonly statusCode?: 301 | 302 | 303 | 307 | 308;
}

const path = z.string().max(1024).optional();
const pathModifier = z
  .strictObject({ replaceFullPath: path, replacePrefixMatch: path })
  .refine(
    ({ replaceFullPath, replacePrefixMatch }) =>
      (replaceFullPath === undefined) !== (replacePrefixMatch === undefined),
    'either `replaceFullPath` or `replacePrefixMatch`',
  );
const host = dnsName.refine((name) => !name.startsWith('*'), 'one host name');

/** The schema of rewritten requests. */
export const urlRewriteSchema = z
  .strictObject({ hostname: host.optional(), path: pathModifier.optional() })
  .refine(hasEntry, '`hostname` or `path`');

/** The schema of redirected requests. */
export const requestRedirectSchema = z
  .strictObject({
    scheme: z.enum(['http', 'https']).optional(),
    hostname: host.optional(),
    path: pathModifier.optional(),
    port: z.int().min(1).max(65_535).optional(),
    statusCode: z.literal([301, 302, 303, 307, 308]).optional(),
  })
  .refine(
    ({ scheme, hostname, path, port }) => hasEntry({ scheme, hostname, path, port }),
    'at least one of `scheme`, `hostname`, `path` and `port`',
  );

/** Another path as a route writes it. */
export function elsewhereOf<Elsewhere extends UrlRewriteProperties>({
  path: modifier,
  ...others
}: Elsewhere) {
  const type = modifier?.replaceFullPath === undefined ? 'ReplacePrefixMatch' : 'ReplaceFullPath';
  return { ...others, path: modifier && { type, ...modifier } };
}
