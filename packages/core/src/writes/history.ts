import { isJsonArray, isJsonObject, type JsonValue } from '../json.ts';
import type { Structure } from '../kubernetes/structure.ts';
import { claimsAt } from './claims-at.ts';
import type { LayeredObject } from './layered-object.ts';
import { pathText } from './path.ts';
import { keyOf, structureBelow } from './value-at.ts';
import type { Write } from './write.ts';

/** How one value of an object came to be. */
export interface LeafHistory {
  /** Where it stands: `spec.template.spec.containers.web.image`. */
  readonly path: string;
  readonly value: JsonValue;
  /** Every write that claimed it, lowest layer first; in a layer, those that lost to others come first. */
  readonly writes: readonly Write[];
  /** Those of the last layer that claimed it and did not lose: what stands is their doing. */
  readonly decidedBy: readonly Write[];
}

interface Leaf {
  readonly steps: readonly string[];
  readonly value: JsonValue;
}

/** The writes behind every leaf of an object. A list whose elements have no key is one leaf. */
export function historyOf(object: LayeredObject): readonly LeafHistory[] {
  if (object.value === undefined) return [];
  return leavesOf(object.value, object.structure, []).map(({ steps, value }) => {
    const layers = object.layers.map((layer) => claimsAt(layer, steps));
    const deciding = layers.findLast(({ standing }) => standing.length > 0)?.standing ?? [];
    return {
      path: pathText(steps),
      value,
      writes: distinct(
        layers.flatMap(({ beaten, standing }) => [...beaten, ...standing].map(({ write }) => write)),
      ),
      decidedBy: distinct(deciding.map(({ write }) => write)),
    };
  });
}

function leavesOf(value: JsonValue, structure: Structure | undefined, steps: readonly string[]): Leaf[] {
  const entries = entriesOf(value, structure);
  if (entries.length === 0) return [{ steps, value }];
  return entries.flatMap(([step, entry]) =>
    leavesOf(entry, structureBelow(structure, step), [...steps, step]),
  );
}

function entriesOf(value: JsonValue, structure: Structure | undefined): [step: string, entry: JsonValue][] {
  if (isJsonArray(value)) {
    if (structure?.list !== 'map') return [];
    return value.map((element, index) => [keyOf(element, structure) ?? String(index), element]);
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : [[key, entry]]));
}

function distinct(writes: readonly Write[]): readonly Write[] {
  return [...new Set(writes)];
}
