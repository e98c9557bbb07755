import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { affinity } from './affinity.ts';
import { hasEntry } from './has-entry.ts';
import { labelKey, labelValue } from './labels.ts';

export interface NodeSelectorProperties {
  /** Labels that a node must have, all of them: `{ 'kubernetes.io/arch': 'arm64' }`. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Runs pods on nodes with certain labels only (Kubernetes API: PodSpec.nodeSelector). What `affinity` requires of nodes
 * holds besides.
 *
 * @example
 * nodeSelector({ labels: { 'kubernetes.io/arch': 'arm64' } })
 */
export const nodeSelector: TraitFactory<NodeSelectorProperties, 'pods'> = defineTrait({
  name: 'node-selector',
  package: '@strake/traits',
  summary: 'Runs pods on nodes with certain labels only.',
  properties: propertiesOf<NodeSelectorProperties>()({
    labels: z.record(labelKey, labelValue).refine(hasEntry, 'at least one label').readonly(),
  }),
  needs: [Pods],
  knows: { affinity },
  apply({ edit, report, pods, known }, { labels }) {
    for (const [key, value] of Object.entries(labels)) {
      const values = known.affinity?.nodes?.required?.[key];
      if (values === undefined || values.includes(value)) continue;
      report({
        code: 'property-invalid',
        written: `\`nodeSelector\` asks for \`${key}\` ${JSON.stringify(value)}, \`affinity\` for ${JSON.stringify(values)}`,
        allowed: 'a value that both allow: else no node fits and no pod starts',
        fix: `Correct \`${key}\` in one of them, or remove it there.`,
      });
    }
    edit(pods.workload)
      .at(pods.template)
      .merge({ spec: { nodeSelector: labels } });
  },
});
