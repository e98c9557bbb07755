import { isJsonArray, isJsonObject } from '../json.ts';
import { claimsAt } from './claims-at.ts';
import type { LayeredObject } from './layered-object.ts';
import { keyOf, structureBelow, valueAt } from './value-at.ts';
import type { Writer } from './write.ts';

/**
 * Who decided what stands at a place of an object, lists counted by index. For a place where nothing stands, who decided
 * the nearest place above it.
 */
export function writersAt(object: LayeredObject, indexed: readonly string[]): readonly Writer[] {
  const steps = keyedSteps(object, indexed);
  const value = valueAt(object.value, object.structure, steps);
  // What was claimed below a scalar changed nothing.
  const hasParts = isJsonArray(value) || isJsonObject(value);
  for (let length = steps.length; length >= 0; length--) {
    const place = steps.slice(0, length);
    const deciding = object.layers
      .map((layer) => claimsAt(layer, place))
      .map(({ standing, node }) => [
        ...standing,
        ...(hasParts && length === steps.length ? (node?.below() ?? []) : []),
      ])
      .findLast((claims) => claims.length > 0);
    if (deciding !== undefined) return [...new Set(deciding.map(({ write }) => write.writer))];
  }
  return [];
}

/** The same place with elements of keyed lists by their keys; a list without keys is one place. */
function keyedSteps({ value, structure: top }: LayeredObject, indexed: readonly string[]): string[] {
  const steps: string[] = [];
  let structure: LayeredObject['structure'] | undefined = top;
  for (const step of indexed) {
    const at = valueAt(value, top, steps);
    const key = isJsonArray(at) ? keyOf(at[Number(step)], structure) : step;
    if (key === undefined) return steps;
    steps.push(key);
    structure = structureBelow(structure, key);
  }
  return steps;
}
