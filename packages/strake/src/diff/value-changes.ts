import {
  isJsonArray,
  isJsonObject,
  listType,
  sameJson,
  type JsonObject,
  type JsonValue,
  type KubernetesObject,
} from '@strake/core';

/** One place at which two versions of an object differ. */
export interface ValueChange {
  /** Where it stands; elements of lists by Kubernetes' key, or by index where they have none. */
  readonly steps: readonly string[];
  /** Of the steps, those that name a value and no element: by these a secret is known. */
  readonly names: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

interface Place {
  readonly kind: Pick<KubernetesObject, 'apiVersion' | 'kind'>;
  readonly steps: readonly string[];
  readonly names: readonly string[];
  /** The key of the list's element that the place is directly in. */
  readonly element?: string;
}

/** What differs between two versions of an object: of maps and lists only the parts that do. */
export function valueChanges(
  { apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly ValueChange[] {
  return changesAt(before, after, { kind: { apiVersion, kind }, steps: [], names: [] });
}

function changesAt(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  place: Place,
): readonly ValueChange[] {
  if (sameJson(before, after)) return [];
  if (isJsonArray(before) && isJsonArray(after)) return listChanges(before, after, place);
  if (isJsonObject(before) && isJsonObject(after)) return mapChanges(before, after, place);
  const { steps, names } = place;
  return [{ steps, names, before, after }];
}

function mapChanges(before: JsonObject, after: JsonObject, place: Place): readonly ValueChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changesAt(entry(before, key), entry(after, key), intoMap(place, key)));
}

function listChanges(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  place: Place,
): readonly ValueChange[] {
  const { type, keyOf } = listType(place.kind, place.steps);
  const old = type === 'map' ? keyed(before, keyOf) : undefined;
  const wanted = type === 'map' ? keyed(after, keyOf) : undefined;
  if (old === undefined || wanted === undefined) return elementChanges(before, after, place);
  const changes = [...new Set([...old.keys(), ...wanted.keys()])].flatMap((key) =>
    changesAt(old.get(key), wanted.get(key), intoElement(place, key)),
  );
  // The same elements in another order: for some lists, such as init containers, that is a change.
  if (changes.length > 0) return changes;
  const { steps, names } = place;
  return [{ steps, names, before: [...old.keys()], after: [...wanted.keys()] }];
}

function keyed(list: readonly JsonValue[], keyOf: (element: JsonValue) => string | undefined) {
  const elements = new Map<string, JsonValue>();
  for (const element of list) {
    const key = keyOf(element);
    if (key === undefined || elements.has(key)) return undefined;
    elements.set(key, element);
  }
  return elements;
}

/** Of a list without keys, what lies between its equal beginning and its equal end. */
function elementChanges(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  place: Place,
): readonly ValueChange[] {
  const { steps, names } = place;
  if (![...before, ...after].every(isJsonObject)) return [{ steps, names, before, after }];
  const start = before.findIndex((element, index) => !sameJson(element, after[index]));
  const first = start < 0 ? before.length : start;
  const room = Math.min(before.length, after.length) - first;
  let end = 0;
  while (end < room && sameJson(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const counts = Math.max(before.length, after.length) - first - end;
  const old = before.slice(first, before.length - end);
  const wanted = after.slice(first, after.length - end);
  return Array.from({ length: counts }, (_, index) =>
    changesAt(old[index], wanted[index], intoElement(place, String(first + index))),
  ).flat();
}

function intoMap({ kind, steps, names, element }: Place, key: string): Place {
  const owner = key === 'value' && element !== undefined ? [element] : [];
  return { kind, steps: [...steps, key], names: [...names, ...owner, key] };
}

function intoElement({ kind, steps, names }: Place, key: string): Place {
  return { kind, steps: [...steps, key], names, element: key };
}

function entry(map: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
