import { defineTrait, propertiesOf, Scalable, type TraitFactory } from '@strake/core';
import * as z from 'zod';

export interface ReplicasProperties {
  /** How many pods run at the same time; 0 stops the component. */
  readonly count: number;
}

/**
 * Sets how many pods a component has.
 *
 * @example
 * replicas({ count: 3 })
 */
export const replicas: TraitFactory<ReplicasProperties, 'scalable'> = defineTrait({
  name: 'replicas',
  package: '@strake/traits',
  summary: 'Sets how many pods a component has.',
  properties: propertiesOf<ReplicasProperties>()({ count: z.int().min(0) }),
  needs: [Scalable],
  apply: ({ edit, scalable }, { count }) => edit(scalable.workload).set('spec.replicas', count),
});
