import type { KubernetesObject } from './kubernetes-object.ts';
import type { LeafHistory } from './writes/history.ts';
import type { Delegation } from './writes/layered-object.ts';
import type { Writer } from './writes/write.ts';

/** One plain Kubernetes object, and what a controller decides of it at run time. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly delegations: readonly Delegation[];
  /** Who made the object, where that is known. */
  readonly writer?: Writer | undefined;
  /** How every value of it came to be. It is worked out when asked for, while the application is at hand. */
  history?(): readonly LeafHistory[];
  /** Who decided what stands at a place, elements of lists by index: `['spec', 'ports', '0', 'port']`. */
  writersOf?(steps: readonly string[]): readonly Writer[];
  /** Line comments for the written file, such as image markers, by the JSON pointer of the scalar they follow. */
  readonly comments?: ReadonlyMap<string, string>;
}
