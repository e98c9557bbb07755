import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { namespaceName } from '../namespace-name.ts';

/** Who calls (istio.io: AuthorizationPolicy, Source). All that is given must be true; of each list one must be. */
export interface CallersProperties {
  /** Namespaces of pods in the mesh. */
  readonly namespaces?: readonly string[];
  /** Service accounts of pods in the mesh, as `name` in the component's namespace or as `namespace/name`. */
  readonly serviceAccounts?: readonly string[];
  /** Identities in the mesh: `cluster.local/ns/shop/sa/web`. `*` may stand at the beginning or at the end. */
  readonly principals?: readonly string[];
  /** Ranges of addresses: `10.20.0.0/16`. */
  readonly ipBlocks?: readonly string[];
  /** Identities of a token, as `issuer/subject`; `*` means any token of `jwt`. */
  readonly requestPrincipals?: readonly string[];
}

const texts = z.array(z.string().min(1)).min(1).readonly().optional();
const block = z.union(
  [z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()],
  'an address or a range such as `10.20.0.0/16`',
);
const serviceAccount = z
  .string()
  .regex(
    /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
    'as `name` or `namespace/name`',
  );

/** The schema of who calls. Istio knows a service account's namespace from the account. */
export const callersSchema = z
  .strictObject({
    namespaces: z.array(namespaceName).min(1).readonly().optional(),
    serviceAccounts: z.array(serviceAccount).min(1).max(16).readonly().optional(),
    principals: texts,
    ipBlocks: z.array(block).min(1).readonly().optional(),
    requestPrincipals: texts,
  })
  .refine(
    hasEntry,
    'at least one of `namespaces`, `serviceAccounts`, `principals`, `ipBlocks`, `requestPrincipals`',
  )
  .refine(
    ({ serviceAccounts, namespaces, principals }) =>
      serviceAccounts === undefined || !hasEntry({ namespaces, principals }),
    '`serviceAccounts` without `namespaces` and `principals`',
  );

/** Namespaces that callers are known to be in. */
export function namespacesOf({
  namespaces = [],
  serviceAccounts = [],
  principals = [],
}: CallersProperties): string[] {
  const accounts = serviceAccounts.flatMap((each) =>
    each.includes('/') ? [each.split('/', 1)[0] ?? ''] : [],
  );
  const identities = principals.flatMap((each) => /\/ns\/([a-z0-9-]+)\/sa\//.exec(each)?.[1] ?? []);
  return [...namespaces, ...accounts, ...identities];
}
