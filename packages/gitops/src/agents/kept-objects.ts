import { isJsonObject, type KubernetesObject } from '@strake/core';

const KEPT = ['CustomResourceDefinition', 'Namespace', 'PersistentVolumeClaim'];

/**
 * Whether an object outlives its file: with it, data would be gone. The volumes of a StatefulSet outlive it by themselves,
 * unless it says otherwise (Kubernetes: persistentVolumeClaimRetentionPolicy).
 */
export function isKept({ kind, spec }: KubernetesObject, kinds: readonly string[] = KEPT): boolean {
  if (kinds.includes(kind)) return true;
  if (kind !== 'StatefulSet' || !isJsonObject(spec)) return false;
  const policy = spec['persistentVolumeClaimRetentionPolicy'];
  return isJsonObject(policy) && policy['whenDeleted'] === 'Delete';
}
