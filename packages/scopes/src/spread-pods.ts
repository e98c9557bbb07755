import { Pods, propertiesOf, Scalable, type ApplicationScopeContext, type Component } from '@strake/core';
import * as z from 'zod';
import { mapsIn } from './json-parts.ts';
import { writtenPods } from './written-pods.ts';

/** How replicas are spread (Kubernetes API: TopologySpreadConstraint). */
export interface PlacementZones {
  /**
   * Label of nodes by which zones are told apart.
   * @default 'topology.kubernetes.io/zone'
   */
  readonly topologyKey?: string;
  /**
   * By how many pods one zone may have more than another.
   * @default 1
   */
  readonly maxSkew?: number;
  /** @default 'ScheduleAnyway' */
  readonly whenUnsatisfiable?: 'ScheduleAnyway' | 'DoNotSchedule';
}

/** The schema of how replicas are spread. */
export const zonesSchema = propertiesOf<PlacementZones>()({
  topologyKey: z.string().min(1).max(317).optional(),
  maxSkew: z.int().min(1).optional(),
  whenUnsatisfiable: z.enum(['ScheduleAnyway', 'DoNotSchedule']).optional(),
});

/** Spreads the replicas of a component over zones, unless somebody spreads them over those already. */
export function spreadPods(
  component: Component,
  {
    topologyKey = 'topology.kubernetes.io/zone',
    maxSkew = 1,
    whenUnsatisfiable = 'ScheduleAnyway',
  }: PlacementZones,
  context: ApplicationScopeContext,
): void {
  const pods = writtenPods(component, context);
  if (pods === undefined || Scalable.tryOf(component) === undefined) return;
  const known = mapsIn(pods.spec['topologySpreadConstraints']);
  if (known.some((constraint) => constraint['topologyKey'] === topologyKey)) return;
  const labelSelector = { matchLabels: Pods.of(component).selector };
  pods.writer.merge({
    topologySpreadConstraints: [{ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }],
  });
}
