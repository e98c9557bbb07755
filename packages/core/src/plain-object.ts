import { ApiObject, type ApiObjectProps, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { hidden } from './hidden.ts';
import { isPlainJson, type JsonObject } from './json.ts';

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
  return body && { ...body, metadata: object.metadata.toJson() };
}
