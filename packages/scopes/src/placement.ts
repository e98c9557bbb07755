import { defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { labelsSchema } from './labels.ts';
import { placePods } from './place-pods.ts';
import { spreadPods, zonesSchema, type PlacementZones } from './spread-pods.ts';

/** What keeps pods off a node that do not tolerate it (Kubernetes API: Taint). */
export interface PlacementTaint {
  readonly key: string;
  /**
   * @default - none
   */
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Nodes of one sort, and whose pods run there. */
export interface PlacementPool {
  /** Labels that its nodes have: `{ 'node.kubernetes.io/pool': 'web' }`. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /**
   * Taints that its nodes have; the pods tolerate them.
   * @default - none
   */
  readonly taints?: readonly PlacementTaint[];
  /**
   * Components whose pods run there: `cart/web`, or `cart` for a whole application.
   * @default - all
   */
  readonly components?: readonly string[];
  /**
   * Labels of the pods that run there.
   * @default - all
   */
  readonly podLabels?: Readonly<Record<string, string>>;
}

export interface PlacementProperties {
  /**
   * Nodes by sort. The first pool that a component fits is its.
   * @default - all nodes are alike
   */
  readonly pools?: readonly PlacementPool[];
  /**
   * How replicas are spread over zones that nobody spreads otherwise.
   * @default - not at all
   */
  readonly zones?: PlacementZones;
  /**
   * Whether a node selector of a component or trait that names other nodes is a finding. Otherwise a component with a node
   * selector or node affinity of its own runs where that says.
   * @default false
   */
  readonly locked?: boolean;
}

const labels = labelsSchema.refine((given) => Object.keys(given).length > 0, 'at least one label');
const key = z.string().min(1).max(317);

/**
 * Says on which nodes the pods of which components run, and spreads replicas over zones.
 *
 * @example
 * placement({ pools: [{ nodeSelector: { 'node.kubernetes.io/pool': 'web' } }], zones: {} })
 */
export const placement: ScopeFactory<PlacementProperties> = defineScope({
  name: 'placement',
  package: '@strake/scopes',
  summary: 'Says on which nodes the pods of which components run.',
  properties: propertiesOf<PlacementProperties>()({
    pools: z
      .array(
        z.strictObject({
          nodeSelector: labels,
          taints: z
            .array(
              z.strictObject({
                key,
                value: z.string().max(63).optional(),
                effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
              }),
            )
            .readonly()
            .optional(),
          components: z.array(z.string().min(1)).min(1).readonly().optional(),
          podLabels: labels.optional(),
        }),
      )
      .min(1)
      .readonly()
      .optional(),
    zones: zonesSchema.optional(),
    locked: z.boolean().optional(),
  }).refine(({ pools, zones }) => pools !== undefined || zones !== undefined, '`pools` or `zones`'),
  application(context, { pools = [], zones, locked = false }) {
    for (const component of context.components) {
      placePods(component, { pools, locked }, context);
      if (zones !== undefined) spreadPods(component, zones, context);
    }
  },
});
