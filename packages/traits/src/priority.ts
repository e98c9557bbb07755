import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import { objectName } from './object-name.ts';

export interface PriorityProperties {
  /** Name of a PriorityClass of the cluster. */
  readonly priorityClassName: string;
}

/**
 * Says how important pods are when a node has no room for all (Kubernetes API: PodSpec.priorityClassName).
 *
 * @example
 * priority({ priorityClassName: 'business-critical' })
 */
export const priority: TraitFactory<PriorityProperties, 'pods'> = defineTrait({
  name: 'priority',
  package: '@strake/traits',
  summary: 'Says how important pods are when a node has no room for all.',
  properties: propertiesOf<PriorityProperties>()({ priorityClassName: objectName }),
  needs: [Pods],
  apply({ edit, report, pods, namespace }, { priorityClassName }) {
    if (priorityClassName.startsWith('system-') && namespace !== 'kube-system') {
      report({
        code: 'property-invalid',
        severity: 'warning',
        written: `\`${priorityClassName}\` in the namespace \`${namespace}\``,
        allowed: 'a class of your own: those of the system evict what the cluster itself needs',
        fix: 'Name a PriorityClass that the cluster operators made for applications.',
      });
    }
    edit(pods.workload).at(pods.template).set('spec.priorityClassName', priorityClassName);
  },
});
