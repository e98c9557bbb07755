import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { labelKey } from './labels.ts';
import { metadataOf, metadataTargetSchema, type MetadataTarget } from './metadata-target.ts';

export interface AnnotationsProperties {
  /** Texts by key: `{ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' }`. */
  readonly annotations: Readonly<Record<string, string>>;
  /**
   * Whether the workload gets them, its pods or both.
   * @default 'both'
   */
  readonly on?: MetadataTarget;
}

/** What Kubernetes allows of all annotations of an object together: 256 KiB. */
const MOST = 262_144;

/**
 * Annotates a component's workload and its pods (Kubernetes API: ObjectMeta.annotations).
 *
 * @example
 * annotations({ annotations: { 'acme.dev/owner': 'shop' } })
 */
export const annotations: TraitFactory<AnnotationsProperties, 'pods'> = defineTrait({
  name: 'annotations',
  package: '@strake/traits',
  summary: "Annotates a component's workload and its pods.",
  properties: propertiesOf<AnnotationsProperties>()({
    annotations: z
      .record(labelKey, z.string())
      .refine(hasEntry, 'at least one annotation')
      .refine((given) => lengthOf(given) <= MOST, `keys and texts of at most ${MOST} characters altogether`)
      .readonly(),
    on: metadataTargetSchema.optional(),
  }),
  needs: [Pods],
  apply({ edit, report, component, pods }, { annotations: given, on }) {
    for (const [key, owner] of Object.entries(OWNERS).filter(([each]) => each in given)) {
      report({
        code: 'property-invalid',
        written: `\`annotations\` sets \`${key}\``,
        allowed: `keys of your own: ${owner} writes this one`,
        fix: `Remove \`${key}\`.`,
      });
    }
    for (const key of Object.keys(given).filter((each) => each in component.labels)) {
      report({
        code: 'property-invalid',
        severity: 'warning',
        written: `\`annotations\` sets \`${key}\`, which is a label`,
        allowed: 'annotations that nothing selects by',
        fix: `Remove \`${key}\`.`,
      });
    }
    const free = Object.entries(given).filter(([key]) => !(key in OWNERS));
    if (free.length === 0) return;
    for (const metadata of metadataOf(pods, edit, on))
      metadata.merge({ annotations: Object.fromEntries(free) });
  },
});

/** Who writes what in the cluster, by key. */
const OWNERS = {
  'deployment.kubernetes.io/revision': 'the Deployment controller',
  'deprecated.daemonset.template.generation': 'the DaemonSet controller',
  'kubectl.kubernetes.io/last-applied-configuration': '`kubectl apply`',
  'kubectl.kubernetes.io/restartedAt': '`kubectl rollout restart`',
};

function lengthOf(given: Readonly<Record<string, string>>): number {
  return Object.entries(given).reduce((sum, [key, text]) => sum + key.length + text.length, 0);
}
