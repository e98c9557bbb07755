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

/** Sets an entry of a map, also one that JavaScript would take for the map's prototype. */
export function setEntry(map: MutableJsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  } else map[key] = value;
}

/** A copy that shares nothing with its original; entries that are undefined are left out. */
export function copyJson(value: JsonObject): MutableJsonObject;
export function copyJson(value: JsonValue): JsonValue;
export function copyJson(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (isJsonArray(value)) return value.map((item) => copyJson(item));
  const copy: MutableJsonObject = {};
  for (const key in value) {
    const entry = value[key];
    if (entry !== undefined) setEntry(copy, key, copyJson(entry));
  }
  return copy;
}

/** How deep values may be; one that contains itself is deeper. */
export const MAX_DEPTH = 200;

/** A copy of a value that shares nothing with it, or undefined where some part of it is nothing that JSON can hold. */
export function copyIfJson(value: unknown, depth = 0): JsonValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'object':
      if (value === null) return value;
      if (depth > MAX_DEPTH) return undefined;
      return Array.isArray(value) ? copyList(value, depth) : copyMap(value, depth);
    default:
      return undefined;
  }
}

function copyList(list: readonly unknown[], depth: number): JsonValue | undefined {
  const copy: JsonValue[] = [];
  for (const item of list) {
    const copied = copyIfJson(item, depth + 1);
    if (copied === undefined) return undefined;
    copy.push(copied);
  }
  return copy;
}

function copyMap(map: object, depth: number): JsonValue | undefined {
  if (!isPlain(map)) return undefined;
  const copy: MutableJsonObject = {};
  for (const key in map) {
    const entry = map[key];
    if (entry === undefined) continue;
    const copied = copyIfJson(entry, depth + 1);
    if (copied === undefined) return undefined;
    setEntry(copy, key, copied);
  }
  return copy;
}

/** Whether an object is a map of no class, of whatever realm. */
export function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether a value holds nothing but JSON, in plain maps, with no null in them. */
export function isPlainJson(value: unknown): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  if (value === null) return false;
  if (Array.isArray(value)) return value.every((item) => item !== undefined && isPlainJson(item));
  if (!isPlain(value)) return false;
  for (const key in value) if (!isPlainJson(value[key])) return false;
  return true;
}
