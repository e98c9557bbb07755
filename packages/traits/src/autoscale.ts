import { defineTrait, Pods, propertiesOf, Scalable, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { containerResources } from './container-resources.ts';
import { outOfRange } from './out-of-range.ts';
import { replicas } from './replicas.ts';
import { resources } from './resources.ts';
import { metricOf, scalingMetricsSchema } from './scaling-metrics.ts';
import type { ScalingMetricProperties } from './scaling-metric.ts';
import { scalingRulesSchema, type ScalingRulesProperties } from './scaling-rules.ts';
import { unrequested, utilizationMetrics } from './utilization.ts';

export interface AutoscaleProperties {
  /**
   * The fewest pods.
   * @default - the count of an attached `replicas`, else 1
   */
  readonly min?: number;
  /** The most pods. */
  readonly max: number;
  /**
   * Use of CPU that is aimed at, in percent of what the container requests.
   * @default - 80 when `memory` and `metrics` are left out too
   */
  readonly cpu?: number;
  /**
   * Use of memory that is aimed at, in percent of what the container requests.
   * @default - memory does not count
   */
  readonly memory?: number;
  /**
   * What else is measured: metrics of pods, of an object, from outside, or of other containers.
   * @default - none
   */
  readonly metrics?: readonly ScalingMetricProperties[];
  /**
   * How fast pods are removed.
   * @default - after 300 seconds of less use, any number at once
   */
  readonly scaleDown?: ScalingRulesProperties;
  /**
   * How fast pods are added.
   * @default - at once, by 4 pods or to the double every 15 seconds
   */
  readonly scaleUp?: ScalingRulesProperties;
}

/**
 * Lets Kubernetes choose the number of pods by their use of CPU and memory, and by other metrics (Kubernetes API:
 * HorizontalPodAutoscaler autoscaling/v2). Percentages are of requests, so the container must request what is aimed at.
 *
 * @example
 * autoscale({ max: 10, metrics: [{ type: 'Pods', name: 'http_requests_per_second', averageValue: 50 }] })
 */
export const autoscale: TraitFactory<AutoscaleProperties, 'scalable' | 'pods'> = defineTrait({
  name: 'autoscale',
  package: '@strake/traits',
  summary: 'Lets Kubernetes choose the number of pods by their use of CPU and memory.',
  properties: propertiesOf<AutoscaleProperties>()({
    min: z.int().min(1).optional(),
    max: z.int().min(1),
    cpu: z.int().min(1).optional(),
    memory: z.int().min(1).optional(),
    metrics: scalingMetricsSchema.optional(),
    scaleDown: scalingRulesSchema.optional(),
    scaleUp: scalingRulesSchema.optional(),
  }).refine(({ min = 1, max }) => min <= max, { path: ['max'], error: 'a number that is not below `min`' }),
  needs: [Scalable, Pods],
  absorbs: { replicas },
  knows: { resources },
  apply(
    { edit, create, report, component, scalable, pods, absorbed, known },
    { min, max, cpu, memory, metrics = [], scaleDown, scaleUp },
  ) {
    const { workload } = scalable;
    const count = absorbed.replicas?.count;
    const least = min ?? 1;
    if (count !== undefined && (count < least || count > max)) report(outOfRange(count, least, max));
    const isOpen = cpu === undefined && memory === undefined && metrics.length === 0;
    const utilization = isOpen ? { cpu: 80 } : { cpu, memory };
    const own = pods.container;
    const written = edit(workload).at(pods.template).read(['spec', 'containers', own, 'resources']);
    const requested = { ...containerResources(written).requests, ...known.resources?.requests };
    for (const problem of unrequested(utilization, requested, 'autoscale')) report(problem);
    edit(workload).delegate('spec.replicas', { to: 'HorizontalPodAutoscaler' });
    create({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: component.name },
      spec: {
        scaleTargetRef: { apiVersion: workload.apiVersion, kind: workload.kind, name: workload.name },
        minReplicas: min ?? count ?? 1,
        maxReplicas: max,
        metrics: [...utilizationMetrics(own, utilization), ...metrics.map((each) => metricOf(each, own))],
        behavior: scaleDown === undefined && scaleUp === undefined ? undefined : { scaleDown, scaleUp },
      },
    });
  },
});
