import { defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { gateway } from './gateway.ts';
import { mesh } from './mesh.ts';
import { SHARED_LABELS } from './namespace-object.ts';
import { reportClosedServices } from './network-closed.ts';
import { networkDnsSchema, type NetworkDnsProperties } from './network-dns.ts';
import { reportUnknownNames } from './network-named.ts';
import { cidrSchema, networkCallersSchema, networkPeersSchema } from './network-peer.ts';
import type { NetworkCallerProperties, NetworkPeerProperties } from './network-peer.ts';
import { NETWORK_POLICY, networkPolicy } from './network-policy.ts';
import { admissionsOf } from './object-admissions.ts';
import { observability } from './observability.ts';

export interface NetworkProperties {
  /**
   * Whether pods that no other policy selects can neither call nor be called in the applications' namespaces.
   * @default true
   */
  readonly defaultDeny?: boolean;
  /**
   * The cluster's DNS, which all pods may ask.
   * @default - pods labelled `k8s-app: kube-dns` in `kube-system`
   */
  readonly dns?: NetworkDnsProperties;
  /**
   * Callers outside of the model, such as a monitoring system.
   * @default - none but those that traits admit
   */
  readonly allowIngressFrom?: readonly NetworkCallerProperties[];
  /**
   * Callees outside of the model, such as a database or the Kubernetes API.
   * @default - none
   */
  readonly allowEgressTo?: readonly NetworkPeerProperties[];
  /**
   * Ranges of addresses of the host names that external services have, by name; `*.example.com` stands for all names
   * there, `*` for all.
   * @default - calls to host names are dropped, and each is a finding
   */
  readonly hosts?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Opens the network for declared connections only, with a NetworkPolicy for each component that runs pods. Where
 * `mesh()` holds, the mesh's own traffic is opened too.
 * A network plugin that ignores NetworkPolicy protects nothing, and says nothing.
 *
 * @example
 * network({ defaultDeny: true, allowIngressFrom: [{ namespace: 'monitoring', ports: ['metrics'] }] })
 */
export const network: ScopeFactory<NetworkProperties> = defineScope({
  name: 'network',
  package: '@strake/scopes',
  summary: 'Opens the network for declared connections only.',
  properties: propertiesOf<NetworkProperties>()({
    defaultDeny: z.boolean().optional(),
    dns: networkDnsSchema.optional(),
    allowIngressFrom: networkCallersSchema.optional(),
    allowEgressTo: networkPeersSchema.optional(),
    hosts: z.record(z.string().min(1), z.array(cidrSchema).min(1).readonly()).readonly().optional(),
  }),
  knows: { mesh, gateway, observability },
  application(context, properties) {
    reportUnknownNames(context, properties);
    const { known } = context;
    const openings = { ...properties, mesh: known.mesh && (known.mesh.mode ?? 'sidecar') };
    const opened = { ...context, admissions: admissionsOf(context, known) };
    for (const component of context.components) {
      const policy = networkPolicy(component, opened, openings);
      if (policy === undefined) continue;
      context.create(policy);
      reportClosedServices(component, opened, properties);
    }
  },
  platform({ namespaces, ensure }, { defaultDeny = true }) {
    for (const namespace of defaultDeny ? namespaces : []) {
      ensure({
        ...NETWORK_POLICY,
        metadata: { name: 'default-deny', namespace, labels: SHARED_LABELS },
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      });
    }
  },
});
