import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { labelKey } from './labels.ts';

/** How even the spread is (Kubernetes API: TopologySpreadConstraint). */
export interface SpreadConstraintProperties {
  /**
   * By how many pods two places may differ.
   * @default 1
   */
  readonly maxSkew?: number;
  /**
   * Whether a pod that no place can take evenly is started all the same, or waits.
   * @default 'ScheduleAnyway'
   */
  readonly whenUnsatisfiable?: 'ScheduleAnyway' | 'DoNotSchedule';
  /**
   * Keys of pod labels whose value tells apart what is spread on its own; `pod-template-hash` spreads every
   * revision of a Deployment.
   * @default - all pods of the component are spread together
   */
  readonly matchLabelKeys?: readonly string[];
}

export interface SpreadProperties extends SpreadConstraintProperties {
  /**
   * Key of the node label whose values are the places: `topology.kubernetes.io/zone`. Several keys may be given, each
   * with what differs from the other properties.
   */
  readonly by: string | Readonly<Record<string, SpreadConstraintProperties>>;
}

const constraintShape = {
  maxSkew: z.int().min(1).optional(),
  whenUnsatisfiable: z.enum(['ScheduleAnyway', 'DoNotSchedule']).optional(),
  matchLabelKeys: z.array(labelKey).min(1).readonly().optional(),
};

/**
 * Spreads a component's pods evenly over zones, nodes or other places (Kubernetes API: topologySpreadConstraints).
 *
 * @example
 * spread({ by: 'topology.kubernetes.io/zone' })
 */
export const spread: TraitFactory<SpreadProperties, 'pods'> = defineTrait({
  name: 'spread',
  package: '@strake/traits',
  summary: 'Spreads pods evenly over zones, nodes or other places.',
  properties: propertiesOf<SpreadProperties>()({
    ...constraintShape,
    by: z.union([
      labelKey,
      z.record(labelKey, z.strictObject(constraintShape)).refine(hasEntry, 'at least one label').readonly(),
    ]),
  }),
  needs: [Pods],
  apply({ edit, pods }, { by, ...shared }) {
    const pod = edit(pods.workload).at(pods.template).at('spec');
    const constraints: Readonly<Record<string, SpreadConstraintProperties>> =
      typeof by === 'string' ? { [by]: {} } : by;
    for (const [topologyKey, own] of Object.entries(constraints)) {
      const maxSkew = own.maxSkew ?? shared.maxSkew ?? 1;
      const whenUnsatisfiable = own.whenUnsatisfiable ?? shared.whenUnsatisfiable ?? 'ScheduleAnyway';
      const matchLabelKeys = own.matchLabelKeys ?? shared.matchLabelKeys;
      const labelSelector = { matchLabels: pods.selector };
      pod.merge({ topologySpreadConstraints: [{ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }] });
      if (matchLabelKeys === undefined) continue;
      pod.set(
        ['topologySpreadConstraints', `${topologyKey}/${whenUnsatisfiable}`, 'matchLabelKeys'],
        matchLabelKeys,
      );
    }
  },
});
