import { defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { authorizationPolicy } from './authorization-policy.ts';
import { gateway } from './gateway.ts';
import type { MeshMode } from './mesh-network.ts';
import { namespaceObject, SHARED_LABELS } from './namespace-object.ts';
import { admissionsOf } from './object-admissions.ts';
import { observability } from './observability.ts';
import { serviceEntries } from './service-entries.ts';

export interface MeshProperties {
  /**
   * How Istio carries the traffic: by a proxy in each pod, or by one on each node, which knows TCP only.
   * @default 'sidecar'
   */
  readonly mode?: MeshMode;
  /**
   * Whether pods refuse callers without mutual TLS, such as those outside of the mesh, or accept them too.
   * @default 'strict'
   */
  readonly mtls?: 'strict' | 'permissive';
  /**
   * Revision, or tag of a revision, of Istio that injects the sidecars.
   * @default - the default revision
   */
  readonly revision?: string;
  /**
   * Whom the mesh lets call a component: everybody, or the namespaces of the components that declare a connection
   * to it and of the callers that traits admit. Callers of one namespace are not told apart, because pods have no
   * service account of their own; a caller without mutual TLS has no namespace and is refused.
   * @default 'none'
   */
  readonly authorization?: 'none' | 'namespaces';
  /**
   * Whether the CNI plugin of Istio leads traffic to the sidecars, so that pods need no `istio-init` with the rights
   * NET_ADMIN and NET_RAW.
   * @default false
   */
  readonly cni?: boolean;
  /**
   * Whether sidecars let calls out that the mesh knows nothing of. With `REGISTRY_ONLY` each external service that a
   * component declares a connection to gets a ServiceEntry (istio.io: Sidecar, OutboundTrafficPolicy).
   * @default - as the mesh's own configuration says
   */
  readonly outboundTrafficPolicy?: 'ALLOW_ANY' | 'REGISTRY_ONLY';
}

const properties = propertiesOf<MeshProperties>()({
  mode: z.enum(['sidecar', 'ambient']).optional(),
  mtls: z.enum(['strict', 'permissive']).optional(),
  revision: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a revision such as `1-30`')
    .optional(),
  authorization: z.enum(['none', 'namespaces']).optional(),
  cni: z.boolean().optional(),
  outboundTrafficPolicy: z.enum(['ALLOW_ANY', 'REGISTRY_ONLY']).optional(),
})
  .refine(
    ({ mode, revision }) => mode !== 'ambient' || revision === undefined,
    '`revision` in sidecar mode only, since it would inject sidecars',
  )
  .refine(
    ({ mode, outboundTrafficPolicy }) => mode !== 'ambient' || outboundTrafficPolicy === undefined,
    '`outboundTrafficPolicy` in sidecar mode only: without sidecars nobody keeps to it',
  );

/**
 * Puts the applications' namespaces into an Istio mesh, with all pods in them. Running pods join it when they are
 * replaced. Where `network()` holds too, it opens what the mesh needs.
 *
 * @example
 * mesh({ mode: 'sidecar', mtls: 'strict', authorization: 'namespaces' })
 */
export const mesh: ScopeFactory<MeshProperties> = defineScope({
  name: 'mesh',
  package: '@strake/scopes',
  summary: 'Puts the applications into an Istio mesh with mutual TLS.',
  properties,
  knows: { gateway, observability },
  application(context, { authorization = 'none', outboundTrafficPolicy }) {
    const admissions = admissionsOf(context, context.known);
    for (const component of authorization === 'namespaces' ? context.components : []) {
      const policy = authorizationPolicy(component, { ...context, admissions });
      if (policy !== undefined) context.create(policy);
    }
    for (const entry of outboundTrafficPolicy === 'REGISTRY_ONLY' ? serviceEntries(context) : [])
      context.create(entry);
  },
  platform({ namespaces, ensure }, { mtls = 'strict', outboundTrafficPolicy, ...enrolment }) {
    for (const namespace of namespaces) {
      const metadata = { name: 'default', namespace, labels: SHARED_LABELS };
      ensure(namespaceObject(namespace)).merge({ metadata: { labels: enrolmentLabels(enrolment) } });
      ensure({
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata,
        spec: { mtls: { mode: mtls === 'strict' ? 'STRICT' : 'PERMISSIVE' } },
      });
      if (outboundTrafficPolicy === undefined) continue;
      ensure({
        apiVersion: 'networking.istio.io/v1',
        kind: 'Sidecar',
        metadata,
        spec: { outboundTrafficPolicy: { mode: outboundTrafficPolicy } },
      });
    }
  },
});

/** `istio-injection` would win over a revision, so that only one of the two is written (istio.io, sidecar injection). */
function enrolmentLabels({ mode, revision }: MeshProperties): Readonly<Record<string, string>> {
  if (mode === 'ambient') return { 'istio.io/dataplane-mode': 'ambient' };
  return revision === undefined ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': revision };
}
