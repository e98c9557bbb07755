import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import { objectName } from './object-name.ts';

export interface RuntimeClassProperties {
  /** Name of the RuntimeClass, which cluster operators make: `gvisor`. */
  readonly name: string;
}

/**
 * Runs pods by another container runtime (Kubernetes API: RuntimeClass), such as one that keeps them off the node's
 * kernel.
 *
 * @example
 * runtimeClass({ name: 'gvisor' })
 */
export const runtimeClass: TraitFactory<RuntimeClassProperties, 'pods'> = defineTrait({
  name: 'runtime-class',
  package: '@strake/traits',
  summary: 'Runs pods by another container runtime.',
  properties: propertiesOf<RuntimeClassProperties>()({ name: objectName }),
  needs: [Pods],
  apply({ edit, pods }, { name }) {
    edit(pods.workload).at(pods.template).set('spec.runtimeClassName', name);
  },
});
