import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { dns } from './dns.ts';
import { hasEntry } from './has-entry.ts';

export interface LinuxNamespacesProperties {
  /**
   * Whether pods have the node's network: its addresses and its ports.
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Whether pods see the node's processes.
   * @default false
   */
  readonly hostPID?: boolean;
  /**
   * Whether pods share memory with the node's processes.
   * @default false
   */
  readonly hostIPC?: boolean;
  /**
   * Whether users in pods are those of the node; `false` makes root in a pod nobody on the node.
   * @default true
   */
  readonly hostUsers?: boolean;
  /**
   * Whether the containers of a pod see each other's processes.
   * @default false
   */
  readonly shareProcessNamespace?: boolean;
  /**
   * Why pods may see the node (`hostNetwork`, `hostPID`, `hostIPC`). The reason is shown wherever findings are.
   * @default - they may not
   */
  readonly reason?: string;
}

/**
 * Says what of the node pods share, and what their containers share with each other (Kubernetes API: PodSpec). With the
 * node's network they go on asking the cluster for names, unless `dns` says otherwise.
 *
 * @example
 * linuxNamespaces({ shareProcessNamespace: true })
 */
export const linuxNamespaces: TraitFactory<LinuxNamespacesProperties, 'pods'> = defineTrait({
  name: 'linux-namespaces',
  package: '@strake/traits',
  summary: 'Says what of the node pods share, and what their containers share with each other.',
  properties: propertiesOf<LinuxNamespacesProperties>()({
    hostNetwork: z.boolean().optional(),
    hostPID: z.boolean().optional(),
    hostIPC: z.boolean().optional(),
    hostUsers: z.boolean().optional(),
    shareProcessNamespace: z.boolean().optional(),
    reason: z.string().trim().min(1).optional(),
  })

    .refine((given) => hasEntry({ ...given, reason: undefined }), 'at least one property besides `reason`')
    .refine(({ hostPID, shareProcessNamespace }) => hostPID !== true || shareProcessNamespace !== true, {
      path: ['shareProcessNamespace'],
      error: 'no processes shared in the pod beside `hostPID`, which shares those of the node',
    })
    .refine(({ hostUsers, ...rest }) => hostUsers !== false || hostFields(rest).length === 0, {
      path: ['hostUsers'],
      error: 'users of their own only for pods that see nothing of the node',
    }),
  needs: [Pods],
  knows: { dns },
  apply({ edit, report, pods, known }, { reason, ...fields }) {
    const seen = hostFields(fields);
    if (seen.length > 0) report(seeing(seen, reason));
    const pod = edit(pods.workload).at(pods.template).at('spec');
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) pod.set(name, value);
    if (fields.hostNetwork === true && known.dns?.dnsPolicy === undefined) {
      pod.set('dnsPolicy', 'ClusterFirstWithHostNet');
    }
  },
});

function hostFields({ hostNetwork, hostPID, hostIPC }: LinuxNamespacesProperties): string[] {
  return Object.entries({ hostNetwork, hostPID, hostIPC }).flatMap(([name, on]) =>
    on === true ? [name] : [],
  );
}

function seeing(fields: readonly string[], reason: string | undefined) {
  return {
    code: 'property-invalid',
    severity: reason === undefined ? 'error' : 'warning',
    written: `pods see the node: ${fields.join(', ')}${reason === undefined ? '' : `, because ${reason}`}`,
    allowed: 'pods that are kept apart from the node, or a `reason`',
    fix: reason === undefined ? 'Leave it out, or give the `reason`.' : 'Look for a way without it.',
  } as const;
}
