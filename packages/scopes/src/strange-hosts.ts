import type { ApplicationScopeContext, KubernetesObject } from '@strake/core';
import { isWithin, outsideHosts } from './gateway-hosts.ts';

/** Reports host names of an object that are in none of the domains. */
export function reportStrangers(
  object: KubernetesObject,
  domains: readonly string[],
  { application, report }: ApplicationScopeContext,
): void {
  for (const host of outsideHosts(object)) {
    if (domains.some((each) => isWithin(host, each))) continue;
    report({
      code: 'host-outside-domain',
      path: application,
      written: `the ${object.kind} \`${object.metadata.name}\` has the host name \`${host}\``,
      allowed: `host names in ${domains.map((each) => `\`${each}\``).join(', ')}`,
      fix: 'Choose another host name, or have the platform add the domain to `gateway`.',
    });
  }
}
