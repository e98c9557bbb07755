import { defineTrait, Pods, propertiesOf, type ObjectWriter, type TraitFactory } from '@strake/core';
import { hasEntry } from './has-entry.ts';
import { nodeAffinitySchema, nodeMatch, type NodeAffinityProperties } from './node-affinity.ts';
import { podAffinitySchema, podTerms, type PodAffinityProperties } from './pod-affinity.ts';

export interface AffinityProperties {
  /**
   * Nodes that pods run on, by the nodes' labels.
   * @default - any node
   */
  readonly nodes?: NodeAffinityProperties;
  /**
   * Pods that pods run near to or apart from.
   * @default - wherever other pods run
   */
  readonly pods?: PodAffinityProperties;
}

/**
 * Chooses where pods run, by the labels of nodes and by what runs there (Kubernetes API: Affinity).
 *
 * @example
 * affinity({ nodes: { required: { 'node.kubernetes.io/pool': ['web'] } } })
 */
export const affinity: TraitFactory<AffinityProperties, 'pods'> = defineTrait({
  name: 'affinity',
  package: '@strake/traits',
  summary: 'Chooses where pods run, by the labels of nodes and by what runs there.',
  properties: propertiesOf<AffinityProperties>()({
    nodes: nodeAffinitySchema.optional(),
    pods: podAffinitySchema.optional(),
  }).refine(hasEntry, 'at least one of `nodes` and `pods`'),
  needs: [Pods],
  apply({ edit, pods: { workload, template, selector } }, { nodes = {}, pods = {} }) {
    const written = edit(workload).at(template).at('spec.affinity');
    const nodeAffinity = written.at('nodeAffinity');
    // Terms are alternatives, so one that was added to others would widen the choice instead of narrowing it.
    if (nodes.required) nodeAffinity.set(REQUIRED, { nodeSelectorTerms: [nodeMatch(nodes.required)] });
    if (nodes.preferred) {
      nodeAffinity.append(
        PREFERRED,
        nodes.preferred.map(({ weight, match }) => ({ weight, preference: nodeMatch(match) })),
      );
    }
    for (const { labels, ...keys } of pods.near ?? [])
      appendTerms(written.at('podAffinity'), podTerms(labels, keys));
    if (pods.apart) appendTerms(written.at('podAntiAffinity'), podTerms(selector, pods.apart));
  },
});

function appendTerms(written: ObjectWriter, { required, preferred }: ReturnType<typeof podTerms>): void {
  if (required) written.append(REQUIRED, [required]);
  if (preferred) written.append(PREFERRED, [{ weight: 100, podAffinityTerm: preferred }]);
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
