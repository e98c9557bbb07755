import type { KubernetesObject } from '@strake/core';

/**
 * How Flux sees the health of kinds that have no condition `Ready` (Flux: Kustomization.spec.healthCheckExprs). A canary
 * that runs counts as healthy: it takes longer than a sync may.
 */
const CHECKS = [
  {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    failed: `status.conditions.exists(e, e.type == 'Synced' && e.status == 'False')`,
    current: `status.conditions.exists(e, e.type == 'Synced' && e.status == 'True')`,
  },
  {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    failed: `status.phase == 'Failed'`,
    current: `status.phase != 'Failed'`,
  },
] as const;

/** The checks that these objects need. */
export function healthChecks(objects: readonly KubernetesObject[]) {
  return CHECKS.filter(({ apiVersion, kind }) =>
    objects.some((object) => object.kind === kind && groupOf(object.apiVersion) === groupOf(apiVersion)),
  );
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
