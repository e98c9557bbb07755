import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';

/** What a failure of a pod means (Kubernetes API: PodFailurePolicyRule). Exactly one of the two conditions is given. */
export interface PodFailureRuleProperties {
  /** Gives the job up, does not count the failure, counts it, or gives up the index of an indexed job. */
  readonly action: 'FailJob' | 'Ignore' | 'Count' | 'FailIndex';
  /**
   * Exit codes of the component's own container.
   * @default - as `onPodConditions` says
   */
  readonly onExitCodes?: { readonly operator: 'In' | 'NotIn'; readonly values: readonly number[] };
  /**
   * Conditions of the pod that hold: `DisruptionTarget` is one that had to make room.
   * @default - as `onExitCodes` says
   */
  readonly onPodConditions?: readonly string[];
}

export interface PodFailurePolicyProperties {
  /** Rules; the first that fits decides, and else the failure counts. */
  readonly rules: readonly PodFailureRuleProperties[];
}

const codes = z
  .strictObject({
    operator: z.enum(['In', 'NotIn']),
    values: z.array(z.int().min(0).max(255)).min(1).readonly(),
  })
  .refine(({ operator, values }) => operator === 'NotIn' || !values.includes(0), {
    path: ['values'],
    error: 'codes of failures, which 0 is not',
  });

/**
 * Says what failures of a task's pods mean (Kubernetes API: PodFailurePolicy). The task's `restartPolicy` must be
 * `Never`.
 *
 * @example Task
 * podFailurePolicy({ rules: [{ action: 'Ignore', onPodConditions: ['DisruptionTarget'] }] })
 */
export const podFailurePolicy: TraitFactory<PodFailurePolicyProperties, 'pods'> = defineTrait({
  name: 'pod-failure-policy',
  package: '@strake/traits',
  summary: "Says what failures of a task's pods mean.",
  properties: propertiesOf<PodFailurePolicyProperties>()({
    rules: z
      .array(
        z
          .strictObject({
            action: z.enum(['FailJob', 'Ignore', 'Count', 'FailIndex']),
            onExitCodes: codes.optional(),
            onPodConditions: z.array(z.string().min(1)).min(1).readonly().optional(),
          })
          .refine(
            ({ onExitCodes, onPodConditions }) =>
              (onExitCodes === undefined) !== (onPodConditions === undefined),
            'exactly one of `onExitCodes` and `onPodConditions`',
          ),
      )
      .min(1)
      .max(20)
      .readonly(),
  }),
  needs: [Pods],
  apply({ edit, report, pods }, { rules }) {
    const template = edit(pods.workload).at(pods.template);
    const restartPolicy = template.read('spec.restartPolicy');
    const job = pods.template.slice(0, -'.template'.length);
    if (restartPolicy !== 'Never') return report(misplaced(pods.workload.kind));
    const written = rules.map(({ action, onExitCodes, onPodConditions }) => ({
      action,
      onExitCodes: onExitCodes && { containerName: pods.container, ...onExitCodes },
      onPodConditions: onPodConditions?.map((type) => ({ type, status: 'True' })),
    }));
    edit(pods.workload).at(job).set('podFailurePolicy.rules', written);
  },
});

function misplaced(kind: string) {
  return {
    code: 'trait-misplaced',
    written: `\`podFailurePolicy\` on a component that is a ${kind} whose pods may start again`,
    allowed: 'a task whose `restartPolicy` is `Never`, so that failures are those of pods',
    fix: 'Set `restartPolicy: Never`, or detach `podFailurePolicy`.',
  } as const;
}
