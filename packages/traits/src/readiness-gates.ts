import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';

export interface ReadinessGatesProperties {
  /** Conditions that a controller sets on pods: `target-health.elbv2.k8s.aws/web`. */
  readonly conditionTypes: readonly string[];
}

const condition = z
  .string()
  .regex(
    /^([a-z0-9]([-.a-z0-9]*[a-z0-9])?\/)?[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?$/,
    'the type of a condition, such as `example.com/registered`',
  );

/**
 * Lets pods be ready only when a controller says so, too (Kubernetes API: PodReadinessGate): one that registers
 * them with a load balancer.
 *
 * @example
 * readinessGates({ conditionTypes: ['example.com/registered'] })
 */
export const readinessGates: TraitFactory<ReadinessGatesProperties, 'pods'> = defineTrait({
  name: 'readiness-gates',
  package: '@strake/traits',
  summary: 'Lets pods be ready only when a controller says so, too.',
  properties: propertiesOf<ReadinessGatesProperties>()({
    conditionTypes: z.array(condition).min(1).readonly(),
  }),
  needs: [Pods],
  apply({ edit, pods }, { conditionTypes }) {
    const gates = conditionTypes.map((conditionType) => ({ conditionType }));
    edit(pods.workload).at(pods.template).append('spec.readinessGates', gates);
  },
});
