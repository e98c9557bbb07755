import type { JsonObject, JsonValue, KubernetesObject } from '@strake/core';
import { isKind } from './gateway-hosts.ts';
import { mapIn, numberIn, textIn } from './json-parts.ts';

/** How many pods of a workload there may be. */
export interface PodCount {
  /** While nothing is rolled out. */
  readonly steady: number;
  /** While a new revision is rolled out beside the old one. */
  readonly rolling: number;
}

/** A KEDA ScaledObject without a maximum (keda.sh, ScaledObject specification). */
const KEDA_MAXIMUM = 100;

/** How many pods a workload may have, by what scales it and how it is rolled out. */
export function podCount(workload: KubernetesObject, objects: readonly KubernetesObject[]): PodCount {
  const spec = mapIn(workload['spec']);
  if (workload.kind === 'CronJob') return same(parallelism(mapIn(mapIn(spec['jobTemplate'])['spec'])));
  if (workload.kind === 'Job') return same(parallelism(spec));
  // A DaemonSet has a pod on every node, of which nothing is known here.
  if (workload.kind === 'DaemonSet') return same(1);
  const steady = maximum(workload, objects) ?? numberIn(spec['replicas']) ?? 1;
  if (objects.some((object) => isCanaryOf(object, workload))) return { steady, rolling: 2 * steady };
  return { steady, rolling: steady + surge(workload, spec, steady) };
}

function same(count: number): PodCount {
  return { steady: count, rolling: count };
}

function parallelism(spec: JsonObject): number {
  return numberIn(spec['parallelism']) ?? 1;
}

function maximum(workload: KubernetesObject, objects: readonly KubernetesObject[]): number | undefined {
  const found = objects.flatMap((object) => {
    const spec = mapIn(object['spec']);
    const target = mapIn(spec['scaleTargetRef']);
    if (target['name'] !== workload.metadata.name || (target['kind'] ?? 'Deployment') !== workload.kind)
      return [];
    if (isKind(object, 'autoscaling', 'HorizontalPodAutoscaler')) return numberIn(spec['maxReplicas']) ?? [];
    if (isKind(object, 'keda.sh', 'ScaledObject')) return numberIn(spec['maxReplicaCount']) ?? KEDA_MAXIMUM;
    return [];
  });
  return found.length === 0 ? undefined : Math.max(...found);
}

function isCanaryOf(object: KubernetesObject, { kind, metadata: { name } }: KubernetesObject): boolean {
  const target = mapIn(mapIn(object['spec'])['targetRef']);
  return isKind(object, 'flagger.app', 'Canary') && target['kind'] === kind && target['name'] === name;
}

function surge({ kind }: KubernetesObject, spec: JsonObject, count: number): number {
  const strategy = mapIn(spec['strategy']);
  if (kind !== 'Deployment' || textIn(strategy['type']) === 'Recreate') return 0;
  return shareOf(mapIn(strategy['rollingUpdate'])['maxSurge'] ?? '25%', count);
}

function shareOf(given: JsonValue, count: number): number {
  if (typeof given === 'number') return given;
  return Math.ceil((Number(textIn(given)?.replace('%', '') ?? 0) * count) / 100);
}
