import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type KubernetesObject,
} from '@strake/core';
import type { FieldSet } from './field-set.ts';

/** What one manager has done to an object of a cluster. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
  /** `status` or `scale`, where the manager wrote through one. */
  readonly subresource: string | undefined;
  readonly fields: FieldSet;
}

/** An object as a cluster has it. */
export interface LiveObject {
  /** The object without what only the API server and controllers write. */
  readonly object: KubernetesObject;
  readonly managers: readonly ManagedFields[];
  /** Whether another object owns it, which removes it too. */
  readonly isOwned: boolean;
  readonly status: JsonObject;
}

const SERVERS_OWN: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** The objects of kubectl's answer: one, a list, or nothing. */
export function liveObjects(text: string): LiveObject[] {
  if (text.trim() === '') return [];
  const answer: JsonValue = JSON.parse(text);
  if (!isJsonObject(answer)) return [];
  const items = answer['kind'] === 'List' ? answer['items'] : [answer];
  return isJsonArray(items) ? items.flatMap(liveObject) : [];
}

function liveObject(value: JsonValue): LiveObject[] {
  if (!isJsonObject(value)) return [];
  const { status, metadata, ...rest } = value;
  if (!isJsonObject(metadata)) return [];
  const kept = Object.entries(metadata).filter(([name]) => !SERVERS_OWN.has(name));
  const object = { ...rest, metadata: Object.fromEntries(kept) };
  if (!isKubernetesObject(object)) return [];
  const { managedFields = [], ownerReferences = [] } = metadata;
  return [
    {
      object,
      managers: isJsonArray(managedFields) ? managedFields.flatMap(managed) : [],
      isOwned: isJsonArray(ownerReferences) && ownerReferences.length > 0,
      status: isJsonObject(status) ? status : {},
    },
  ];
}

function managed(entry: JsonValue): ManagedFields[] {
  if (!isJsonObject(entry)) return [];
  const { manager, operation, subresource, fieldsV1 } = entry;
  if (typeof manager !== 'string' || !isJsonObject(fieldsV1)) return [];
  return [
    {
      manager,
      operation: typeof operation === 'string' ? operation : '',
      subresource: typeof subresource === 'string' ? subresource : undefined,
      fields: fieldsV1,
    },
  ];
}

function isKubernetesObject(object: JsonObject): object is KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    isJsonObject(metadata) &&
    typeof metadata['name'] === 'string'
  );
}
