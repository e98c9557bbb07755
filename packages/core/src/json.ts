/** A value that JSON can hold. `undefined` entries of a map are left out when written. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON map. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A JSON map that is still being built. */
export interface MutableJsonObject {
  [key: string]: JsonValue | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether two values have the same content; entries that are undefined count as absent. */
export function sameJson(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (isJsonArray(left)) {
    return (
      isJsonArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameJson(item, right[index]))
    );
  }
  if (!isJsonObject(left) || !isJsonObject(right) || isJsonArray(right)) return false;
  const keys = presentKeys(left);
  return keys.length === presentKeys(right).length && keys.every((key) => sameJson(left[key], right[key]));
}

function presentKeys(value: JsonObject): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}

/** A copy that shares nothing with its original; entries that are undefined are left out. */
export function copyJson(value: JsonObject): MutableJsonObject;
export function copyJson(value: JsonValue): JsonValue;
export function copyJson(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map((item) => copyJson(item));
  if (!isJsonObject(value)) return value;
  const copy: MutableJsonObject = {};
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (entry !== undefined) copy[key] = copyJson(entry);
  }
  return copy;
}

/** Whether a value holds nothing but JSON, in plain maps, with no null in them. */
export function isPlainJson(value: unknown): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  if (value === null) return false;
  if (Array.isArray(value)) return value.every((item) => item !== undefined && isPlainJson(item));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const entry of Object.values(value)) if (!isPlainJson(entry)) return false;
  return true;
}
