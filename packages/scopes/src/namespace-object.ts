import type { KubernetesObject } from '@strake/core';

/** Labels of the objects that applications share. */
export const SHARED_LABELS = { 'app.kubernetes.io/managed-by': 'strake' } as const;

/** The Namespace of that name, as every scope that writes to it ensures it. */
export function namespaceObject(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: SHARED_LABELS } };
}
