import { ApiObject, type ApiObjectProps, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { hidden } from './hidden.ts';
import {
  isJsonArray,
  isJsonObject,
  isPlainJson,
  setEntry,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
} from './json.ts';

const bodies = hidden<JsonObject | undefined>('plain-body');

/** An API object that remembers its values where they are plain, for as long as nobody patches it. */
export class PlainObject extends ApiObject {
  constructor(parent: Construct, id: string, body: ApiObjectProps) {
    super(parent, id, body);
    if (isPlainJson(body)) bodies.set(this, body);
  }

  override addJsonPatch(...patches: JsonPatch[]): void {
    bodies.set(this, undefined);
    super.addJsonPatch(...patches);
  }
}

/**
 * The JSON of an object of plain values, without cdk8s' search for tokens in them, which takes longer than all else
 * that happens to an object. Undefined for any other object.
 */
export function plainJson(object: ApiObject): JsonObject | undefined {
  const body = bodies.get(object);
  return body && { ...body, metadata: metadataJson(object.metadata) };
}

/** The fields in which cdk8s 2 keeps an object's metadata, besides the additional ones. */
const FIELDS = ['name', 'namespace', 'annotations', 'finalizers', 'ownerReferences', 'labels'] as const;

/** What `toJson()` of the metadata returns, without the search for tokens where there is none to find. */
function metadataJson(metadata: ApiObject['metadata']): JsonObject {
  const additional: unknown = Reflect.get(metadata, '_additionalAttributes');
  if (!isJsonObject(additional)) return metadata.toJson();
  const all: MutableJsonObject = { ...additional };
  for (const field of FIELDS) all[field] = Reflect.get(metadata, field);
  return isPlainJson(all) ? (withoutEmpty(all) ?? {}) : metadata.toJson();
}

function withoutEmpty(map: JsonObject): JsonObject | undefined {
  const kept: MutableJsonObject = {};
  let isEmpty = true;
  for (const key in map) {
    const value = map[key];
    const entry = isJsonArray(value)
      ? listWithoutEmpty(value)
      : isJsonObject(value)
        ? withoutEmpty(value)
        : value;
    if (entry === undefined) continue;
    isEmpty = false;
    setEntry(kept, key, entry);
  }
  return isEmpty ? undefined : kept;
}

function listWithoutEmpty(list: readonly JsonValue[]): JsonValue | undefined {
  if (list.length === 0) return undefined;
  return list.map((item) => (isJsonObject(item) ? (withoutEmpty(item) ?? {}) : item));
}
