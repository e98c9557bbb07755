import { defineTrait, Pods, propertiesOf, Scalable, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { containerResources } from './container-resources.ts';
import { replicas } from './replicas.ts';
import { resources } from './resources.ts';
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
   * @default - 80 when `memory` is left out too
   */
  readonly cpu?: number;
  /**
   * Use of memory that is aimed at, in percent of what the container requests.
   * @default - memory does not count
   */
  readonly memory?: number;
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
 * Lets Kubernetes choose the number of pods by their use of CPU and memory (Kubernetes API: HorizontalPodAutoscaler
 * autoscaling/v2). Percentages are of requests, so the container must request what is aimed at.
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
    scaleDown: scalingRulesSchema.optional(),
    scaleUp: scalingRulesSchema.optional(),
  }).refine(({ min = 1, max }) => min <= max, { path: ['max'], error: 'a number that is not below `min`' }),
  needs: [Scalable, Pods],
  absorbs: { replicas },
  knows: { resources },
  apply(
    { edit, create, report, component, scalable, pods, absorbed, known },
    { min, max, cpu, memory, scaleDown, scaleUp },
  ) {
    const { workload } = scalable;
    const count = absorbed.replicas?.count;
    const least = min ?? 1;
    if (count !== undefined && (count < least || count > max)) {
      report({
        code: 'property-invalid',
        written: `\`count\` of \`replicas\` is ${count} beside \`autoscale\``,
        allowed: `a count from ${least} to ${max}, as \`autoscale\` says`,
        fix: 'Correct `count`, or detach `replicas`: `autoscale` decides the number of pods.',
      });
    }
    const utilization = cpu === undefined && memory === undefined ? { cpu: 80 } : { cpu, memory };
    const container = edit(workload).at(pods.template).at(['spec', 'containers', pods.container]);
    const requested = {
      ...containerResources(container.read('resources')).requests,
      ...known.resources?.requests,
    };
    for (const problem of unrequested(utilization, requested)) report(problem);
    edit(workload).delegate('spec.replicas', { to: 'HorizontalPodAutoscaler' });
    create({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: component.name },
      spec: {
        scaleTargetRef: { apiVersion: workload.apiVersion, kind: workload.kind, name: workload.name },
        minReplicas: min ?? count ?? 1,
        maxReplicas: max,
        metrics: utilizationMetrics(pods.container, utilization),
        behavior: scaleDown === undefined && scaleUp === undefined ? undefined : { scaleDown, scaleUp },
      },
    });
  },
});
