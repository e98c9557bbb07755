import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';

/** A map that is read; an empty one where something else stands. */
export function mapIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A list of maps that is read; what is no map in it is left out. */
export function mapsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter((each) => isJsonObject(each)) : [];
}

/** A list of texts that is read; what is no text in it is left out. */
export function textsIn(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A text that is read. */
export function textIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number that is read. */
export function numberIn(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Whether a map has all these entries. */
export function hasEntries(map: JsonObject, entries: JsonObject): boolean {
  return Object.entries(entries).every(([key, value]) => value === undefined || map[key] === value);
}
