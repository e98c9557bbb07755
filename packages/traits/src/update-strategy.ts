import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { updateFieldsOf } from './update-fields.ts';
import { updateProblem } from './update-problem.ts';

export interface UpdateStrategyProperties {
  /**
   * `RollingUpdate` replaces pods by and by, `Recreate` ends all old ones first, `OnDelete` waits until somebody
   * deletes them. A Deployment has the first two, a StatefulSet and a DaemonSet the first and the last.
   * @default 'RollingUpdate'
   */
  readonly type?: 'RollingUpdate' | 'Recreate' | 'OnDelete';
  /**
   * How many pods there may be too many, as a number or a percentage. StatefulSets have no such thing.
   * @default - '25%', 0 of a DaemonSet
   */
  readonly maxSurge?: number | string;
  /**
   * How many pods may be missing, as a number or a percentage.
   * @default - '25%', 1 of a StatefulSet or a DaemonSet
   */
  readonly maxUnavailable?: number | string;
  /**
   * Ordinal from which pods of a StatefulSet are replaced.
   * @default 0
   */
  readonly partition?: number;
  /**
   * Seconds that a new pod is ready before it counts.
   * @default 0
   */
  readonly minReadySeconds?: number;
  /**
   * Seconds without progress after which an update of a Deployment has failed.
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;
  /**
   * How many old revisions are kept.
   * @default 10
   */
  readonly revisionHistoryLimit?: number;
}

const count = z.int().min(0).optional();
const share = z
  .union([z.int().min(0), z.string().regex(/^(\d{1,2}|100)%$/, 'a number, or a percentage such as `25%`')])
  .optional();

/**
 * Says how a workload replaces its pods (Kubernetes API: DeploymentStrategy and its like).
 *
 * @example
 * updateStrategy({ maxSurge: 1, maxUnavailable: 0 })
 */
export const updateStrategy: TraitFactory<UpdateStrategyProperties, 'pods'> = defineTrait({
  name: 'update-strategy',
  package: '@strake/traits',
  summary: 'Says how a workload replaces its pods.',
  properties: propertiesOf<UpdateStrategyProperties>()({
    type: z.enum(['RollingUpdate', 'Recreate', 'OnDelete']).optional(),
    maxSurge: share,
    maxUnavailable: share,
    partition: count,
    minReadySeconds: count,
    progressDeadlineSeconds: count,
    revisionHistoryLimit: count,
  })
    .refine(hasEntry, 'at least one property')
    .refine(({ maxSurge, maxUnavailable }) => !isNone(maxSurge) || !isNone(maxUnavailable), {
      path: ['maxUnavailable'],
      error: 'at least one pod in `maxSurge` or `maxUnavailable`',
    })
    .refine(({ progressDeadlineSeconds: most = 600, minReadySeconds: least = 0 }) => least < most, {
      path: ['minReadySeconds'],
      error: 'fewer seconds than `progressDeadlineSeconds`, which is 600 by default',
    }),
  needs: [Pods],
  apply({ edit, report, pods: { workload } }, properties) {
    const fields = updateFieldsOf(workload);
    const problem = updateProblem(fields, workload.kind, properties);
    if (problem !== undefined) report(problem);
    if (fields === undefined || problem !== undefined) return;
    const { type, maxSurge, maxUnavailable, partition, ...spec } = properties;
    const rollingUpdate = { maxSurge, maxUnavailable, partition };
    const isRolling = hasEntry(rollingUpdate);
    const strategy = isRolling ? { type: 'RollingUpdate', rollingUpdate } : { type };
    edit(workload).merge({ spec: { ...spec, [fields.strategy]: hasEntry(strategy) ? strategy : undefined } });
  },
});

function isNone(share: number | string | undefined): boolean {
  return share === 0 || share === '0%';
}
