import { ApiObject } from 'cdk8s';
import { plainJson } from './plain-object.ts';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
} from './json.ts';

/**
 * The object that a cdk8s `ApiObject` stands for, with every field that was given.
 *
 * The classes that cdk8s generates copy only fields that their Kubernetes version knows, in the form that
 * they know, and drop the rest, JSON patches included. What they drop is taken from the object before that copy.
 */
export function losslessJson(object: ApiObject): JsonValue | undefined {
  const plain = plainJson(object);
  if (plain !== undefined) return plain;
  const filtered: JsonValue | undefined = object.toJson();
  if (object.toJson === ApiObject.prototype.toJson) return filtered;
  const raw: JsonValue | undefined = ApiObject.prototype.toJson.call(object);
  return withLost(filtered, raw);
}

/** `filtered` where it is defined, else what `raw` holds there. */
function withLost(filtered: JsonValue | undefined, raw: JsonValue | undefined): JsonValue | undefined {
  if (filtered === undefined) return raw === undefined ? undefined : unwrapped(raw);
  if (isJsonArray(filtered) && isJsonArray(raw)) return listWithLost(filtered, raw);
  if (isJsonArray(filtered) || isJsonArray(raw)) return filtered;
  if (!isJsonObject(filtered) || !isJsonObject(raw)) return filtered;
  return mapWithLost(filtered, raw);
}

function listWithLost(filtered: readonly JsonValue[], raw: readonly JsonValue[]): JsonValue {
  const length = Math.max(filtered.length, raw.length);
  return Array.from({ length }, (_, index) => withLost(filtered[index], raw[index]) ?? null);
}

function mapWithLost(filtered: JsonObject, raw: JsonObject): JsonObject {
  const result: MutableJsonObject = { ...filtered };
  const apiNames = new Map(Object.keys(filtered).map((name) => [alias(name), name]));
  const renamed = new Set(
    Object.keys(raw)
      .filter((key) => !(key in filtered))
      .map(alias),
  );
  for (const [key, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    const name = key in filtered ? key : (apiNames.get(alias(key)) ?? key);
    if (name !== key && name in raw) continue;
    // Where both names are given, the generated class has read its own name only.
    const isOverlooked = name === key && name in filtered && renamed.has(alias(key));
    result[name] = isOverlooked ? unwrapped(value) : withLost(filtered[name], value);
  }
  return result;
}

/** One spelling for a field's API name and for the name that a generated class gives it. */
function alias(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** A value without the wrappers that generated classes put around quantities and ports. */
function unwrapped(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(unwrapped);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined,
  );
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'value' && typeof only[1] !== 'object') return only[1];
  return Object.fromEntries(entries.map(([key, entry]) => [key, unwrapped(entry)]));
}
