import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { isAtLeast } from './kubernetes-version.ts';
import { isRootAllowed, ROOT_REFUSED, runAsShape, type RunAsProperties } from './security-profiles.ts';

export interface PodSecurityContextProperties extends RunAsProperties {
  /**
   * Number of the group that owns the pod's volumes, and that all its processes belong to.
   * @default - volumes belong to root
   */
  readonly fsGroup?: number;
  /**
   * Whether the owner of all files of a volume is changed at every start, or only when that of its root differs.
   * @default 'Always'
   */
  readonly fsGroupChangePolicy?: 'Always' | 'OnRootMismatch';
  /**
   * Numbers of groups that all processes belong to besides.
   * @default - none
   */
  readonly supplementalGroups?: readonly number[];
  /**
   * Parameters of the kernel, by name: `{ 'net.ipv4.ip_local_port_range': '1024 65535' }`.
   * @default - as the node says
   */
  readonly sysctls?: Readonly<Record<string, string>>;
  /**
   * Why it is looser than the platform asks for; `security()` lets a looser value stand only with a reason.
   * @default - none
   */
  readonly reason?: string;
}

const group = z.int().min(0).max(2_147_483_647);

/**
 * Sets the user and the groups of a pod's processes and volumes (Kubernetes API: PodSecurityContext). What a container
 * says itself wins for it.
 *
 * @example
 * podSecurityContext({ runAsNonRoot: true, fsGroup: 2000 })
 */
export const podSecurityContext: TraitFactory<PodSecurityContextProperties, 'pods'> = defineTrait({
  name: 'pod-security-context',
  package: '@strake/traits',
  summary: "Sets the user and the groups of a pod's processes and volumes.",
  properties: propertiesOf<PodSecurityContextProperties>()({
    ...runAsShape,
    fsGroup: group.optional(),
    fsGroupChangePolicy: z.enum(['Always', 'OnRootMismatch']).optional(),
    supplementalGroups: z.array(group).min(1).readonly().optional(),
    sysctls: z
      .record(
        z.string().regex(/^[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/),
        z.string(),
      )
      .readonly()
      .optional(),
    reason: z.string().trim().min(1).optional(),
  })
    .refine((given) => hasEntry({ ...given, reason: undefined }), 'at least one property besides `reason`')
    .refine(isRootAllowed, ROOT_REFUSED)
    .refine(
      ({ fsGroup, fsGroupChangePolicy }) => fsGroupChangePolicy === undefined || fsGroup !== undefined,
      {
        path: ['fsGroupChangePolicy'],
        error: '`fsGroupChangePolicy` beside `fsGroup` only',
      },
    ),
  needs: [Pods],
  apply({ edit, report, pods, environment }, { supplementalGroups, sysctls, reason, ...fields }) {
    const context = edit(pods.workload).at(pods.template).at('spec.securityContext');
    if (fields.appArmorProfile !== undefined && !isAtLeast(environment.kubernetes, '1.30')) {
      report({
        code: 'property-invalid',
        written: `\`appArmorProfile\` in an environment of Kubernetes ${environment.kubernetes}`,
        allowed: 'Kubernetes 1.30 or later: earlier ones drop the field without a word',
        fix: 'Give the annotation `container.apparmor.security.beta.kubernetes.io/<container>` instead.',
      });
    }
    if (hasEntry(fields)) context.merge(fields, { reason });
    if (supplementalGroups) context.append('supplementalGroups', supplementalGroups, { reason });
    if (sysctls) context.append('sysctls', sysctlsOf(sysctls), { reason });
  },
});

function sysctlsOf(sysctls: Readonly<Record<string, string>>) {
  return Object.entries(sysctls).map(([name, value]) => ({ name, value }));
}
