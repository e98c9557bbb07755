import { defineScope, propertiesOf, type ApplicationScopeContext, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { gateway } from './gateway.ts';
import { mesh } from './mesh.ts';
import { SHARED_LABELS } from './namespace-object.ts';
import { networkDnsSchema, type NetworkDnsProperties } from './network-dns.ts';
import { cidrSchema, networkPeersSchema, type NetworkPeerProperties } from './network-peer.ts';
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
  readonly allowIngressFrom?: readonly NetworkPeerProperties[];
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
 * network({ defaultDeny: true, allowIngressFrom: [{ namespace: 'monitoring', ports: [9090] }] })
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
    hosts: z.record(z.string().min(1), z.array(cidrSchema).min(1).readonly()).readonly().optional(),
  }),
  knows: { mesh, gateway, observability },
  application(context, properties) {
    reportUnknownComponents(context, properties);
    const { known } = context;
    const openings = { ...properties, mesh: known.mesh && (known.mesh.mode ?? 'sidecar') };
    const opened = { ...context, admissions: admissionsOf(context, known) };
    for (const component of context.components) {
      const policy = networkPolicy(component, opened, openings);
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

/** What the platform names and nobody has would be opened for nobody. Each is reported once, whoever is rendered. */
function reportUnknownComponents(
  { facts, report }: ApplicationScopeContext,
  { allowIngressFrom = [], allowEgressTo = [] }: NetworkProperties,
): void {
  const named = [...allowIngressFrom, ...allowEgressTo].flatMap((peer) => peer.components ?? []);
  for (const name of new Set(named)) {
    const [application = '', component] = name.split('/');
    const found = facts.application(application);
    if (
      found !== undefined &&
      (component === undefined || found.components.some(({ id }) => id === component))
    )
      continue;
    const known = facts.applications.flatMap((each) => [
      each.application,
      ...each.components.map(({ id }) => `${each.application}/${id}`),
    ]);
    const isThere = found !== undefined;
    const siblings = known.filter((each) => each.startsWith(isThere ? `${application}/` : ''));
    report({
      code: 'reference-unknown',
      // Another project may have an application that this one knows nothing of.
      severity: isThere ? 'error' : 'warning',
      path: isThere ? application : 'platform/network',
      written: `\`network\` names the component \`${name}\``,
      allowed: `a component${isThere ? ` of \`${application}\`` : ', or a whole application'}: ${siblings.map((each) => `\`${each}\``).join(', ')}`,
      fix: 'Name a component that exists.',
    });
  }
}
