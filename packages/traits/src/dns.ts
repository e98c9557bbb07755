import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { partName } from './object-name.ts';

export interface DnsProperties {
  /**
   * Who is asked: the cluster, with what `nameservers` says beside it, the node's own servers, or `nameservers` only.
   * @default 'ClusterFirst'
   */
  readonly dnsPolicy?: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  /**
   * Addresses of servers, at most 3.
   * @default - none but those of `dnsPolicy`
   */
  readonly nameservers?: readonly string[];
  /**
   * Domains that short names are looked up in.
   * @default - none but those of `dnsPolicy`
   */
  readonly searches?: readonly string[];
  /**
   * Options of the resolver by name: `{ ndots: '2' }`. An option without a value is `true`.
   * @default - those of `dnsPolicy`
   */
  readonly options?: Readonly<Record<string, string | true>>;
  /**
   * Name that the pods have of themselves.
   * @default - the name of the pod
   */
  readonly hostname?: string;
  /**
   * Domain below that of the namespace in which the pods have a name.
   * @default - none
   */
  readonly subdomain?: string;
  /**
   * Whether the name of the host is the full one, at most 64 characters.
   * @default false
   */
  readonly setHostnameAsFQDN?: boolean;
}

/**
 * Says how pods look up names, and what they are called themselves (Kubernetes API: PodDNSConfig). Names outside of the
 * cluster are found at once with `ndots: '1'`; a policy of the cluster asks for each of its domains first.
 *
 * @example
 * dns({ options: { ndots: '2', 'single-request-reopen': true } })
 */
export const dns: TraitFactory<DnsProperties, 'pods'> = defineTrait({
  name: 'dns',
  package: '@strake/traits',
  summary: 'Says how pods look up names, and what they are called themselves.',
  properties: propertiesOf<DnsProperties>()({
    dnsPolicy: z.enum(['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']).optional(),
    nameservers: z
      .array(z.union([z.ipv4(), z.ipv6()]))
      .min(1)
      .max(3)
      .readonly()
      .optional(),
    searches: z.array(z.string().min(1)).min(1).max(32).readonly().optional(),
    options: z
      .record(z.string().min(1), z.union([z.string().min(1), z.literal(true)]))
      .readonly()
      .optional(),
    hostname: partName.optional(),
    subdomain: partName.optional(),
    setHostnameAsFQDN: z.boolean().optional(),
  })
    .refine(hasEntry, 'at least one property')
    .refine(({ dnsPolicy, nameservers }) => dnsPolicy !== 'None' || nameservers !== undefined, {
      path: ['nameservers'],
      error: 'at least one server where `dnsPolicy` is `None`',
    }),
  needs: [Pods],
  apply({ edit, pods }, { nameservers, searches, options, ...fields }) {
    const pod = edit(pods.workload).at(pods.template).at('spec');
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) pod.set(name, value);
    }
    if (nameservers !== undefined) pod.append('dnsConfig.nameservers', nameservers);
    if (searches !== undefined) pod.append('dnsConfig.searches', searches);
    const listed = Object.entries(options ?? {});
    if (listed.length === 0) return;
    pod.append(
      'dnsConfig.options',
      listed.map(([name, value]) => (value === true ? { name } : { name, value })),
    );
  },
});
