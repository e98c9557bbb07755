import type { KubernetesObject } from './kubernetes-object.ts';
import type { Delegation } from './writes/layered-object.ts';

/** One plain Kubernetes object, and what a controller decides of it at run time. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly delegations: readonly Delegation[];
}
