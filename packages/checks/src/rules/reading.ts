import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';

/** What stands at a path of map keys; undefined where the way ends before. */
export function valueAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  let within = value;
  for (const key of keys) {
    if (!isJsonObject(within)) return undefined;
    within = within[key];
  }
  return within;
}

/** The maps in the list that stands at a path. */
export function mapsAt(value: JsonValue | undefined, ...keys: readonly string[]): readonly JsonObject[] {
  const list = listAt(value, ...keys);
  return list.every(isJsonObject) ? list : list.filter(isJsonObject);
}

export function listAt(value: JsonValue | undefined, ...keys: readonly string[]): readonly JsonValue[] {
  const list = valueAt(value, ...keys);
  return isJsonArray(list) ? list : NONE;
}

const NONE: readonly JsonValue[] = [];

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
  const map = mapAt(value, ...keys);
  const entries: (readonly [string, string])[] = [];
  for (const key of map === undefined ? [] : Object.keys(map)) {
    const text = map?.[key];
    if (typeof text === 'string') entries.push([key, text]);
  }
  return entries;
}

/** The texts that stand in a field of more than one of some maps, each once. */
export function repeated(maps: readonly JsonObject[], field: string): readonly string[] {
  if (maps.length < 2) return [];
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const map of maps) {
    const text = textAt(map, field);
    if (text === undefined) continue;
    if (seen.has(text)) again.add(text);
    seen.add(text);
  }
  return [...again];
}
