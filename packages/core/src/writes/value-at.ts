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
    at = partOf(at, known, step);
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

function partOf(
  value: JsonValue | undefined,
  structure: Structure | undefined,
  step: string,
): JsonValue | undefined {
  if (isJsonArray(value)) {
    const key = fullStep(structure, step);
    return value.find((element) => keyOf(element, structure) === key);
  }
  return isJsonObject(value) && structure?.list === undefined ? entryOf(value, step) : undefined;
}
