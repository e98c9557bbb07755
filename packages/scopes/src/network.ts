import { defineScope, propertiesOf, type ApplicationScopeContext, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { mesh } from './mesh.ts';
import { SHARED_LABELS } from './namespace-object.ts';
import { networkDnsSchema, type NetworkDnsProperties } from './network-dns.ts';
import { networkPeersSchema, type NetworkPeerProperties } from './network-peer.ts';
import { NETWORK_POLICY, networkPolicy } from './network-policy.ts';

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
  readonly allowIngressFrom?: readonly NetworkPeerProperties[];
  /**
   * Callees outside of the model, such as a database or the Kubernetes API.
   * @default - none
   */
  readonly allowEgressTo?: readonly NetworkPeerProperties[];
}

/**
 * Opens the network for declared connections only, with a NetworkPolicy for each component that runs pods. Where
 * `mesh()` holds, the mesh's own traffic is opened too.
 * A network plugin that ignores NetworkPolicy protects nothing, and says nothing.
 */
export const network: ScopeFactory<NetworkProperties> = defineScope({
  name: 'network',
  package: '@strake/scopes',
  summary: 'Opens the network for declared connections only.',
  properties: propertiesOf<NetworkProperties>()({
    defaultDeny: z.boolean().optional(),
    dns: networkDnsSchema.optional(),
    allowIngressFrom: networkPeersSchema.optional(),
    allowEgressTo: networkPeersSchema.optional(),
  }),
  knows: { mesh },
  application(context, properties) {
    reportUnknownComponents(context, properties);
    const { known } = context;
    const openings = { ...properties, mesh: known.mesh && (known.mesh.mode ?? 'sidecar') };
    for (const component of context.components) {
      const policy = networkPolicy(component, context, openings);
      if (policy !== undefined) context.create(policy);
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

function reportUnknownComponents(
  { application, components, report }: ApplicationScopeContext,
  { allowIngressFrom = [], allowEgressTo = [] }: NetworkProperties,
): void {
  const known = components.map(({ node }) => `${application}/${node.id}`);
  const named = [...allowIngressFrom, ...allowEgressTo].flatMap((peer) => peer.components ?? []);
  for (const name of new Set(named)) {
    if (!name.startsWith(`${application}/`) || known.includes(name)) continue;
    report({
      code: 'reference-unknown',
      path: application,
      written: `\`network\` names the component \`${name}\``,
      allowed: `a component of \`${application}\`: ${known.map((each) => `\`${each}\``).join(', ')}`,
      fix: 'Name a component that exists.',
    });
  }
}
