import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { objectName } from './object-name.ts';

export interface HostAliasesProperties {
  /** Names of hosts by the IP address that they stand for: `{ '10.1.2.3': ['legacy.example.com'] }`. */
  readonly hostnames: Readonly<Record<string, readonly string[]>>;
}

/**
 * Adds lines to the pods' `/etc/hosts` (Kubernetes API: HostAlias).
 *
 * @example
 * hostAliases({ hostnames: { '10.0.0.5': ['legacy.internal'] } })
 */
export const hostAliases: TraitFactory<HostAliasesProperties, 'pods'> = defineTrait({
  name: 'host-aliases',
  package: '@strake/traits',
  summary: "Adds lines to the pods' `/etc/hosts`.",
  properties: propertiesOf<HostAliasesProperties>()({
    hostnames: z
      .record(
        z.string().refine(isAddress, 'an IP address such as `10.1.2.3`'),
        z.array(objectName).min(1).readonly(),
      )
      .refine(hasEntry, 'at least one address')
      .readonly(),
  }),
  needs: [Pods],
  apply({ edit, report, pods }, { hostnames }) {
    const addresses = new Map<string, string>();
    for (const [ip, names] of Object.entries(hostnames)) {
      for (const name of names) {
        const other = addresses.get(name);
        addresses.set(name, ip);
        if (other !== undefined && isVersion6(other) === isVersion6(ip))
          report(twoAddresses(name, other, ip));
      }
    }
    const aliases = Object.entries(hostnames).map(([ip, names]) => ({ ip, hostnames: names }));
    edit(pods.workload)
      .at(pods.template)
      .merge({ spec: { hostAliases: aliases } });
  },
});

function isAddress(text: string): boolean {
  return z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;
}

function isVersion6(ip: string): boolean {
  return ip.includes(':');
}

function twoAddresses(name: string, first: string, second: string) {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `\`${name}\` stands for \`${first}\` and for \`${second}\``,
    allowed: 'one address: most programs use the first one only',
    fix: `Remove \`${name}\` from one of them.`,
  } as const;
}
