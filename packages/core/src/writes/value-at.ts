import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { elementKey, type Structure } from '../kubernetes/structure.ts';

/** What stands at a place below a value. */
export function valueAt(
  value: JsonValue | undefined,
  structure: Structure | undefined,
  steps: readonly string[],
): JsonValue | undefined {
  let at = value;
  let known = structure;
  for (const step of steps) {
    at = isJsonArray(at) ? elementOf(at, known, step) : isJsonObject(at) ? entryOf(at, step) : undefined;
    known = structureBelow(known, step);
  }
  return at;
}

/** The entry of a map, and never what every JavaScript object has. */
export function entryOf(map: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The text that names a list's element in a path; none when it has no key. */
export function keyOf(element: JsonValue | undefined, structure: Structure | undefined): string | undefined {
  return isJsonObject(element) ? elementKey(element, structure?.keys ?? []) : undefined;
}

/** The structure one step below a place. */
export function structureBelow(structure: Structure | undefined, step: string): Structure | undefined {
  return structure?.list === 'map' ? structure.element : structure?.field(step);
}

/** A step as it is written in full: `80` selects the port `80/TCP`. */
export function fullStep(structure: Structure | undefined, step: string): string {
  return structure?.keys[1] === 'protocol' && !step.includes('/') ? `${step}/TCP` : step;
}

function elementOf(
  list: readonly JsonValue[],
  structure: Structure | undefined,
  step: string,
): JsonValue | undefined {
  const key = fullStep(structure, step);
  return list.find((element) => keyOf(element, structure) === key);
}
