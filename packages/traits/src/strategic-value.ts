import {
  isJsonArray,
  isJsonObject,
  listType,
  sameJson,
  type JsonObject,
  type JsonValue,
  type ListType,
} from '@strake/core';

/** A place in the objects of a kind. */
export interface StrategicPlace {
  readonly kind: { readonly apiVersion: string; readonly kind: string };
  readonly steps: readonly string[];
}

const FROM_LIST = '$deleteFromPrimitiveList/';

/** What stands at a place after a strategic merge; undefined when nothing does. */
export function strategicValue(
  current: JsonValue | undefined,
  patch: JsonValue,
  place: StrategicPlace,
): JsonValue | undefined {
  if (isJsonArray(patch)) return mergedList(isJsonArray(current) ? current : [], patch, place);
  if (!isJsonObject(patch)) return patch;
  const { $patch, $retainKeys, ...fields } = patch;
  if ($patch === 'delete') return undefined;
  if ($patch === 'replace') return fields;
  const map = isJsonObject(current) ? retained(current, $retainKeys) : {};
  return Object.entries(fields).reduce<JsonObject>((merged, [name, value]) => {
    if (value === undefined) return merged;
    if (name.startsWith(FROM_LIST)) return without(merged, name.slice(FROM_LIST.length), value);
    const next = value === null ? undefined : strategicValue(merged[name], value, below(place, name));
    return { ...merged, [name]: next };
  }, map);
}

function mergedList(
  current: readonly JsonValue[],
  patch: readonly JsonValue[],
  place: StrategicPlace,
): readonly JsonValue[] {
  const list = listType(place.kind, place.steps);
  const isReplaced = patch.some((item) => isJsonObject(item) && sameJson(item, { $patch: 'replace' }));
  const items = patch.filter((item) => !isJsonObject(item) || !sameJson(item, { $patch: 'replace' }));
  if (isReplaced || list.type === 'atomic') return items;
  if (list.type === 'set') return [...current, ...items.filter((item) => !current.includes(item))];
  return items.reduce<readonly JsonValue[]>(
    (merged, item) => mergedElement(merged, item, list, place),
    current,
  );
}

function mergedElement(
  list: readonly JsonValue[],
  item: JsonValue,
  { keyOf }: ListType,
  place: StrategicPlace,
): readonly JsonValue[] {
  const key = keyOf(item);
  const index = key === undefined ? -1 : list.findIndex((element) => keyOf(element) === key);
  const next = strategicValue(list[index], item, below(place, key ?? ''));
  if (index < 0) return next === undefined ? list : [...list, next];
  return next === undefined ? list.toSpliced(index, 1) : list.with(index, next);
}

function retained(map: JsonObject, keys: JsonValue | undefined): JsonObject {
  if (!isJsonArray(keys)) return map;
  return Object.fromEntries(Object.entries(map).filter(([name]) => keys.includes(name)));
}

function without(map: JsonObject, name: string, values: JsonValue): JsonObject {
  const list = map[name];
  if (!isJsonArray(list) || !isJsonArray(values)) return map;
  return { ...map, [name]: list.filter((item) => !values.some((value) => sameJson(value, item))) };
}

function below({ kind, steps }: StrategicPlace, step: string): StrategicPlace {
  return { kind, steps: [...steps, step] };
}

const DIRECTIVE = /^\$(patch|retainKeys|deleteFromPrimitiveList\/.+)$/;

/** What starts with `$` in a patch and says nothing here. */
export function unknownDirectives(patch: JsonValue | undefined): string[] {
  if (isJsonArray(patch)) return patch.flatMap(unknownDirectives);
  if (!isJsonObject(patch)) return [];
  const unknown = Object.keys(patch).filter((name) => name.startsWith('$') && !DIRECTIVE.test(name));
  return [...unknown, ...Object.values(patch).flatMap(unknownDirectives)];
}
