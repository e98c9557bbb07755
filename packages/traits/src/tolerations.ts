import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { labelKey, labelValue } from './labels.ts';

/** A taint of nodes, and how far it is tolerated (Kubernetes API: Toleration). */
export interface ToleratedTaintProperties {
  /** Key of the taint. */
  readonly key: string;
  /**
   * Whether the taint's value must be `value`, or any value is tolerated.
   * @default - 'Equal' beside `value`, else 'Exists'
   */
  readonly operator?: 'Equal' | 'Exists';
  /**
   * Value of the taint.
   * @default - any value
   */
  readonly value?: string;
  /**
   * Effect of the taint.
   * @default - every effect
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * Seconds that a pod stays on a node after it got the taint. Beside the effect `NoExecute` only.
   * @default - it stays for good
   */
  readonly tolerationSeconds?: number;
}

export interface TolerationsProperties {
  /** The taints that are tolerated. */
  readonly taints: readonly ToleratedTaintProperties[];
}

const taint = z
  .strictObject({
    key: labelKey,
    operator: z.enum(['Equal', 'Exists']).optional(),
    value: labelValue.optional(),
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
    tolerationSeconds: z.int().min(0).optional(),
  })
  .refine(({ operator, value }) => value === undefined || operator !== 'Exists', {
    path: ['value'],
    error: 'no `value` beside the operator `Exists`, which tolerates every value',
  })
  .refine(({ operator, value }) => operator !== 'Equal' || value !== undefined, {
    path: ['value'],
    error: 'a `value` beside the operator `Equal`',
  })
  .refine(({ effect, tolerationSeconds }) => tolerationSeconds === undefined || effect === 'NoExecute', {
    path: ['tolerationSeconds'],
    error: '`tolerationSeconds` beside the effect `NoExecute` only',
  });

/**
 * Lets pods run on nodes that repel other pods (Kubernetes API: Toleration).
 *
 * @example
 * tolerations({ taints: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] })
 */
export const tolerations: TraitFactory<TolerationsProperties, 'pods'> = defineTrait({
  name: 'tolerations',
  package: '@strake/traits',
  summary: 'Lets pods run on nodes that repel other pods.',
  properties: propertiesOf<TolerationsProperties>()({ taints: z.array(taint).min(1).readonly() }),
  needs: [Pods],
  apply({ edit, pods }, { taints }) {
    const values = taints.map(({ operator, value, ...rest }) => ({
      ...rest,
      operator: operator ?? (value === undefined ? 'Exists' : 'Equal'),
      value,
    }));
    edit(pods.workload).at(pods.template).append('spec.tolerations', values);
  },
});
