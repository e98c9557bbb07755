import type { JsonValue, TraitContext } from '@strake/core';
import { isAtLeast } from './kubernetes-version.ts';

/** The list of a pod that sidecars stand in. Since Kubernetes 1.29, init containers may go on running. */
export function sidecarPlace(kubernetes: string): 'initContainers' | 'containers' {
  return isAtLeast(kubernetes, '1.29') ? 'initContainers' : 'containers';
}

/** What there is to say where Kubernetes has no sidecars: pods that are to end never do. */
export function withoutNativeSidecars(
  kubernetes: string,
  restartPolicy: JsonValue | undefined,
): Parameters<TraitContext['report']>[0] {
  const endsByItself = restartPolicy === 'Never' || restartPolicy === 'OnFailure';
  return {
    code: 'property-invalid',
    severity: endsByItself ? 'error' : 'warning',
    written: endsByItself
      ? `\`sidecar\` on pods that are to end, in an environment of Kubernetes ${kubernetes}`
      : `\`sidecar\` in an environment of Kubernetes ${kubernetes}: ordinary containers, in no order with the others`,
    allowed: endsByItself
      ? 'Kubernetes 1.29 or later: earlier ones wait for the sidecars to end, which they never do'
      : 'Kubernetes 1.29 or later, where sidecars start first and end last',
    fix: endsByItself
      ? 'Detach `sidecar` here, or upgrade the cluster.'
      : 'Make sure that the container waits for what it needs, or upgrade the cluster.',
  };
}
