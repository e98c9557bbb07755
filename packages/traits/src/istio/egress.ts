import { defineTrait, Pods, propertiesOf, type TraitContext, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import {
  egressHostSchema,
  serviceEntrySpec,
  type EgressHost,
  type EgressHostProperties,
} from './egress-host.ts';
import { tlsOriginationSpec } from './tls-origination.ts';

export interface EgressProperties {
  /**
   * What it calls outside of the mesh. All pods of the namespace get to know it; components that name the same host must
   * say the same about it.
   * @default - nothing
   */
  readonly hosts?: readonly EgressHostProperties[];
  /**
   * Whether the component's sidecars let out calls to hosts that the mesh does not know. In sidecar mode only.
   * @default - as the mesh says
   */
  readonly outboundTrafficPolicy?: 'REGISTRY_ONLY' | 'ALLOW_ANY';
}

/**
 * Lets a component of an Istio mesh call hosts outside of it (istio.io: ServiceEntry, Sidecar). A network that is closed
 * must be opened for them besides: `allowEgressTo` of `network()`.
 *
 * @example
 * egress({ hosts: [{ host: 'api.payments.example' }], outboundTrafficPolicy: 'REGISTRY_ONLY' })
 */
export const egress: TraitFactory<EgressProperties, 'pods'> = defineTrait({
  name: 'egress',
  package: '@strake/traits',
  summary: 'Lets a component of an Istio mesh call hosts outside of it.',
  properties: propertiesOf<EgressProperties>()({
    hosts: z
      .array(egressHostSchema)
      .min(1)
      .refine((hosts) => new Set(hosts.map(({ host }) => host)).size === hosts.length, 'each host once')
      .readonly()
      .optional(),
    outboundTrafficPolicy: z.enum(['REGISTRY_ONLY', 'ALLOW_ANY']).optional(),
  }).refine(hasEntry, 'at least one property'),
  needs: [Pods],
  apply(target, { hosts = [], outboundTrafficPolicy: mode }) {
    const { create, ensure, report, component, pods } = target;
    const { 'app.kubernetes.io/name': _own, ...labels } = component.labels;
    for (const each of hosts) {
      const metadata = { name: each.host.replace('*', 'wildcard'), labels };
      const origination = tlsOriginationSpec(each);
      ensure({ apiVersion: API_VERSION, kind: 'ServiceEntry', metadata, spec: serviceEntrySpec(each) });
      if (origination)
        ensure({ apiVersion: API_VERSION, kind: 'DestinationRule', metadata, spec: origination });
      for (const warning of unnamedCalls(each)) report(warning);
    }
    if (mode === undefined) return;
    create({
      apiVersion: API_VERSION,
      kind: 'Sidecar',
      metadata: { name: component.name },
      spec: { workloadSelector: { labels: pods.labels }, outboundTrafficPolicy: { mode } },
    });
  },
});

const API_VERSION = 'networking.istio.io/v1';

/** Of plain TCP a proxy sees the port and no host name, so that it takes all calls to the port for this host. */
function unnamedCalls({ host, ports }: EgressHost): Parameters<TraitContext['report']>[0][] {
  return ports
    .filter(({ protocol }) => protocol === 'TCP' || protocol === 'MONGO')
    .map(({ number, protocol }) => ({
      code: 'property-invalid',
      severity: 'warning',
      written: `\`egress\` opens the port ${number} of \`${host}\` for ${protocol}, which carries no host name`,
      allowed:
        'protocols that do; without the DNS proxy of Istio, all calls of the namespace to that port go to this host',
      fix: 'Give `TLS` where the component encrypts, or see that nothing else outside is called on that port.',
    }));
}
