import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import type { Problem, RolloutTarget } from './rollout-target.ts';
import type { Rollout } from './rollout-properties.ts';

/**
 * Leaves the number of pods to Flagger, which scales the new revision to none between two rollouts. The number that
 * `replicas` gives is kept by an autoscaler that Flagger copies: in Git it would be undone and done again without end.
 */
export function scalerOf(
  { edit, create, component, pods: { workload, template }, absorbed, known }: RolloutTarget,
  { primaryScalerReplicas, primaryScalerQueries }: Rollout,
): JsonObject | undefined {
  if (workload.kind === 'DaemonSet') {
    edit(workload).at(template).delegate(['spec', 'nodeSelector', 'flagger.app/scale-to-zero'], TO);
    return undefined;
  }
  const reference = { ...AUTOSCALER, name: component.name };
  if (known.autoscale !== undefined) return { ...reference, primaryScalerReplicas };
  if (known.scaledObject !== undefined)
    return { ...SCALED_OBJECT, name: component.name, primaryScalerReplicas, primaryScalerQueries };
  const written = z.int().min(1).safeParse(edit(workload).read('spec.replicas')).data;
  const count = absorbed.replicas?.count ?? written;
  edit(workload).delegate('spec.replicas', TO);
  if (count === undefined) return undefined;
  const { apiVersion, kind, name } = workload;
  const scaleTargetRef = { apiVersion, kind, name };
  create({
    ...AUTOSCALER,
    metadata: { name: component.name },
    spec: { scaleTargetRef, minReplicas: count, maxReplicas: count },
  });
  return reference;
}

/** What Flagger cannot do to the number of pods. */
export function scalingProblems(
  trait: string,
  { absorbed, known }: RolloutTarget,
  rollout: Rollout,
): Problem[] {
  const { primaryScalerReplicas, primaryScalerQueries } = rollout;
  const isScaled = known.autoscale !== undefined || known.scaledObject !== undefined;
  const problems: Problem[] = [];
  if (absorbed.replicas?.count === 0 && !isScaled) problems.push(stopped(trait));
  if (primaryScalerReplicas !== undefined && !isScaled)
    problems.push(unscaled(trait, 'primaryScalerReplicas', '`autoscale` or `scaledObject`'));
  if (primaryScalerQueries !== undefined && known.scaledObject === undefined)
    problems.push(unscaled(trait, 'primaryScalerQueries', '`scaledObject`'));
  return problems;
}

const TO = { to: 'Flagger' };
const AUTOSCALER = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' } as const;
const SCALED_OBJECT = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' } as const;

function stopped(trait: string): Problem {
  return {
    code: 'trait-conflict',
    written: `\`count\` of \`replicas\` is 0 beside \`${trait}\``,
    allowed: 'at least one pod, which Flagger starts for every new revision',
    fix: `Detach \`${trait}\` while the component is stopped.`,
  };
}

function unscaled(trait: string, property: string, scaler: string): Problem {
  return {
    code: 'trait-requires',
    written: `\`${property}\` of \`${trait}\` without ${scaler}`,
    allowed: `\`${property}\` beside an attached ${scaler}`,
    fix: `Attach ${scaler}, or remove the property.`,
  };
}
