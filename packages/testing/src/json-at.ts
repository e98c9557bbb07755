import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';

/** What stands at a path of map keys; undefined where the way ends before. */
export function valueAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>(
    (within, key) => (isJsonObject(within) ? within[key] : undefined),
    value,
  );
}

/** The elements of the list at a path; none where there is no list. */
export function listAt(value: JsonValue | undefined, ...keys: readonly string[]): readonly JsonValue[] {
  const list = valueAt(value, ...keys);
  return isJsonArray(list) ? list : [];
}

/** The maps in the list at a path. */
export function mapsAt(value: JsonValue | undefined, ...keys: readonly string[]): readonly JsonObject[] {
  return listAt(value, ...keys).filter(isJsonObject);
}

export function mapAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonObject | undefined {
  const map = valueAt(value, ...keys);
  return isJsonObject(map) ? map : undefined;
}

/** The text at a path; undefined where that is no text or an empty one. */
export function textAt(value: JsonValue | undefined, ...keys: readonly string[]): string | undefined {
  const text = valueAt(value, ...keys);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

export function numberAt(value: JsonValue | undefined, ...keys: readonly string[]): number | undefined {
  const number = valueAt(value, ...keys);
  return typeof number === 'number' ? number : undefined;
}

/** The entries of the map at a path whose values are texts, such as labels. */
export function textsAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapAt(value, ...keys) ?? {}).flatMap(([key, text]) =>
      typeof text === 'string' ? [[key, text]] : [],
    ),
  );
}
