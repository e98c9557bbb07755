import { defineTrait, Pods, propertiesOf, Scalable, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { autoscale } from './autoscale.ts';
import { blockingBudget } from './blocking-budget.ts';
import { scaledObject } from './keda/scaled-object.ts';
import { isAtLeast } from './kubernetes-version.ts';
import { replicas } from './replicas.ts';

export interface DisruptionBudgetProperties {
  /**
   * How many pods may be away at the same time, as a number or a percentage. Instead of `minAvailable`.
   * @default - 1 when `minAvailable` is left out too
   */
  readonly maxUnavailable?: number | string;
  /**
   * How many pods must stay, as a number or a percentage.
   * @default - as many as `maxUnavailable` leaves
   */
  readonly minAvailable?: number | string;
  /**
   * Whether pods that are not ready may always go, or only when enough others are.
   * @default - 'AlwaysAllow' since Kubernetes 1.27, else 'IfHealthyBudget'
   */
  readonly unhealthyPodEvictionPolicy?: 'AlwaysAllow' | 'IfHealthyBudget';
}

const amount = z
  .union([z.int().min(0), z.string().regex(/^(\d{1,2}|100)%$/, 'a number, or a percentage such as `25%`')])
  .optional();

/**
 * Says how many pods may be away while nodes are drained (Kubernetes API: PodDisruptionBudget policy/v1). A budget that
 * would block every drain is refused.
 *
 * @example
 * disruptionBudget({ maxUnavailable: 1 })
 */
export const disruptionBudget: TraitFactory<DisruptionBudgetProperties, 'pods' | 'scalable'> = defineTrait({
  name: 'disruption-budget',
  package: '@strake/traits',
  summary: 'Says how many pods may be away while nodes are drained.',
  properties: propertiesOf<DisruptionBudgetProperties>()({
    maxUnavailable: amount,
    minAvailable: amount,
    unhealthyPodEvictionPolicy: z.enum(['AlwaysAllow', 'IfHealthyBudget']).optional(),
  }).refine(
    ({ maxUnavailable, minAvailable }) => maxUnavailable === undefined || minAvailable === undefined,
    {
      path: ['minAvailable'],
      error: 'no `minAvailable` beside `maxUnavailable`',
    },
  ),
  needs: [Pods, Scalable],
  knows: { replicas, autoscale, scaledObject },
  apply({ edit, create, report, component, environment, pods, scalable, known }, properties) {
    const { minAvailable, maxUnavailable = minAvailable === undefined ? 1 : undefined } = properties;
    const written = countSchema.parse(edit(scalable.workload).read('spec.replicas'));
    const count = known.replicas?.count ?? written;
    const scaled = known.autoscale ?? known.scaledObject;
    const given = known.autoscale?.min ?? known.scaledObject?.minReplicaCount;
    const least = scaled === undefined ? count : (given ?? known.replicas?.count ?? 1);
    const stay =
      minAvailable === undefined ? least - podsOf(maxUnavailable, least) : podsOf(minAvailable, least);
    if (least > 0 && stay >= least) report(blockingBudget(minAvailable, maxUnavailable, least));
    const mayGo = isAtLeast(environment.kubernetes, '1.27') ? 'AlwaysAllow' : undefined;
    create({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: component.name },
      spec: {
        maxUnavailable,
        minAvailable,
        unhealthyPodEvictionPolicy: properties.unhealthyPodEvictionPolicy ?? mayGo,
        selector: { matchLabels: pods.labels },
      },
    });
  },
});

const countSchema = z.number().catch(1);

/** Kubernetes rounds up shares of pods. */
function podsOf(amount: number | string = 0, all: number): number {
  return typeof amount === 'number' ? amount : Math.ceil((Number.parseInt(amount, 10) * all) / 100);
}
