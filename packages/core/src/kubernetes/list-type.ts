import type { JsonValue } from '../json.ts';
import { stepsOf, type Path } from '../writes/path.ts';
import { keyOf, structureBelow } from '../writes/value-at.ts';
import { structureOf } from './structure.ts';

/** How Kubernetes merges a list. */
export interface ListType {
  /** Elements by key, as a set of scalars, or not at all (OpenAPI: x-kubernetes-list-type). */
  readonly type: 'map' | 'set' | 'atomic';
  /** What tells an element of a `map` from others, as a path selects it: `web`, `80/TCP`. */
  keyOf(element: JsonValue): string | undefined;
}

/** How the list at a place in the objects of a kind merges. What is not known merges not at all. */
export function listType(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  path: Path,
): ListType {
  const structure = stepsOf(path).reduce(structureBelow, structureOf(apiVersion, kind));
  const type = structure?.list ?? 'atomic';
  return { type, keyOf: (element) => (type === 'map' ? keyOf(element, structure) : undefined) };
}
