import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';

/** What stands at a path of map keys; undefined where the way ends before. */
export function valueAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>(
    (within, key) => (isJsonObject(within) ? within[key] : undefined),
    value,
  );
}

/** The maps in the list that stands at a path. */
export function mapsAt(value: JsonValue | undefined, ...keys: readonly string[]): readonly JsonObject[] {
  return listAt(value, ...keys).filter(isJsonObject);
}

export function listAt(value: JsonValue | undefined, ...keys: readonly string[]): readonly JsonValue[] {
  const list = valueAt(value, ...keys);
  return isJsonArray(list) ? list : [];
}

/** The text that stands at a path; undefined where that is no text or an empty one. */
export function textAt(value: JsonValue | undefined, ...keys: readonly string[]): string | undefined {
  const text = valueAt(value, ...keys);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** The texts in the list that stands at a path. */
export function textsAt(value: JsonValue | undefined, ...keys: readonly string[]): readonly string[] {
  return listAt(value, ...keys).filter((each) => typeof each === 'string');
}

export function numberAt(value: JsonValue | undefined, ...keys: readonly string[]): number | undefined {
  const number = valueAt(value, ...keys);
  return typeof number === 'number' ? number : undefined;
}

export function mapAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonObject | undefined {
  const map = valueAt(value, ...keys);
  return isJsonObject(map) ? map : undefined;
}

/** The entries of a map of texts, such as labels. */
export function textEntriesAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): readonly (readonly [string, string])[] {
  return Object.entries(mapAt(value, ...keys) ?? {}).flatMap(([key, text]) =>
    typeof text === 'string' ? [[key, text] as const] : [],
  );
}

/** The values that occur more than once, each once. */
export function repeated(values: readonly (string | undefined)[]): readonly string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const value of values) {
    if (value === undefined) continue;
    if (seen.has(value)) again.add(value);
    seen.add(value);
  }
  return [...again];
}
