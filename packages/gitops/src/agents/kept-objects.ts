import { isJsonObject, type KubernetesObject } from '@strake/core';

const KEPT = ['CustomResourceDefinition', 'Namespace', 'PersistentVolumeClaim'];

/** Flux: Kustomization, garbage collection; Argo CD: sync options, no prune resources. */
const SAYS_KEEP =
  /^ +kustomize\.toolkit\.fluxcd\.io\/prune: disabled$|^ +argocd\.argoproj\.io\/sync-options: .*Prune=(?:false|confirm)/m;

/** Whether an object's file tells Flux or Argo CD to keep the object when the file is gone. */
export function saysKeep(yaml: string): boolean {
  return SAYS_KEEP.test(yaml);
}

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
