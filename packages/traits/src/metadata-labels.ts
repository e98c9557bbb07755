import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { labelKey, labelValue } from './labels.ts';
import { metadataOf, metadataTargetSchema, type MetadataTarget } from './metadata-target.ts';

export interface LabelsProperties {
  /** Values by key: `{ 'example.com/team': 'checkout' }`. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Whether the workload gets them, its pods or both.
   * @default 'both'
   */
  readonly on?: MetadataTarget;
}

/**
 * Labels a component's workload and its pods (Kubernetes API: ObjectMeta.labels).
 *
 * @example
 * labels({ labels: { 'acme.dev/team': 'shop' } })
 */
export const labels: TraitFactory<LabelsProperties, 'pods'> = defineTrait({
  name: 'labels',
  package: '@strake/traits',
  summary: "Labels a component's workload and its pods.",
  properties: propertiesOf<LabelsProperties>()({
    labels: z.record(labelKey, labelValue).refine(hasEntry, 'at least one label').readonly(),
    on: metadataTargetSchema.optional(),
  }),
  needs: [Pods],
  apply({ edit, report, component, pods }, { labels: given, on }) {
    const fixed = { ...component.labels, ...pods.labels, ...pods.selector };
    const free = Object.entries(given).filter(([key]) => !(key in fixed));
    for (const key of Object.keys(given).filter((each) => each in fixed)) {
      report({
        code: 'property-invalid',
        written: `\`labels\` sets \`${key}\`, by which the component's pods are found`,
        allowed: `keys other than ${Object.keys(fixed).toSorted().join(', ')}`,
        fix: `Remove \`${key}\`, or use a key of your own.`,
      });
    }
    if (free.length === 0) return;
    for (const metadata of metadataOf(pods, edit, on)) metadata.merge({ labels: Object.fromEntries(free) });
  },
});
