import { isJsonArray, isJsonObject, sameJson, type JsonObject, type JsonValue } from '../json.ts';
import type { Structure } from '../kubernetes/structure.ts';
import { entryOf, keyOf, structureBelow } from './value-at.ts';
import type { Operation } from './write.ts';

interface Place {
  readonly steps: readonly string[];
  readonly structure: Structure | undefined;
}

/** The operations that turn one value into another: of maps and keyed lists only what differs. */
export function differences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  place: Place,
): Operation[] {
  if (sameJson(before, after)) return [];
  if (after === undefined) return [{ kind: 'remove', steps: place.steps }];
  if (isJsonArray(before) && isJsonArray(after)) return listDifferences(before, after, place);
  if (isJsonObject(before) && isJsonObject(after) && place.structure?.list === undefined) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      differences(entryOf(before, name), entryOf(after, name), below(place, name)),
    );
  }
  return [{ kind: 'set', steps: place.steps, value: after }];
}

/** A list is one value, unless its elements have keys and those that stay keep their order. */
function listDifferences(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  place: Place,
): Operation[] {
  const known = byKey(before, place.structure);
  const wanted = byKey(after, place.structure);
  const kept = known && wanted && [...known.keys()].filter((key) => wanted.has(key));
  const isInOrder = kept?.every((key, index) => wanted && [...wanted.keys()][index] === key) ?? false;
  const added = wanted && [...wanted].slice(kept?.length).map(([, element]) => element);
  const isMade = added?.every((element) => !holdsNull(element)) ?? false;
  if (!known || !wanted || !isInOrder || !isMade) return [{ kind: 'set', steps: place.steps, value: after }];
  const changes = [...known].flatMap(([key, element]) =>
    differences(element, wanted.get(key), below(place, key)),
  );
  return added === undefined || added.length === 0 ? changes : [...changes, merged(place.steps, added)];
}

/** New elements come by a merge, which makes those that are missing. */
function merged(steps: readonly string[], elements: readonly JsonValue[]): Operation {
  return { kind: 'merge', steps: steps.slice(0, -1), value: { [steps.at(-1) ?? '']: elements } };
}

function byKey(list: readonly JsonValue[], structure: Structure | undefined) {
  if (structure?.list !== 'map') return undefined;
  const elements = new Map<string, JsonObject>();
  for (const element of list) {
    const key = keyOf(element, structure);
    if (key === undefined || !isJsonObject(element)) return undefined;
    elements.set(key, element);
  }
  return elements.size === list.length ? elements : undefined;
}

/** A merge does not write null. */
function holdsNull(value: JsonValue | undefined): boolean {
  if (value === null) return true;
  if (isJsonArray(value)) return value.some(holdsNull);
  return isJsonObject(value) && Object.values(value).some(holdsNull);
}

function below({ steps, structure }: Place, step: string): Place {
  return { steps: [...steps, step], structure: structureBelow(structure, step) };
}
