import { isJsonArray, isJsonObject, type JsonValue, type KubernetesObject } from '@strake/core';
import type { ChangedFile } from '@strake/gitops';
import { parse } from 'yaml';
import { objectKey, type ObjectChangeKind } from '../diff/object-change.ts';
import { valueChanges, type ValueChange } from '../diff/value-changes.ts';

/** An object that a commit adds, changes or removes. */
export interface ChangedObject {
  readonly environment: string;
  readonly application: string;
  readonly object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>;
  readonly change: Exclude<ObjectChangeKind, 'pruned'>;
  /** What differs in it; of objects that change only. */
  readonly values: readonly ValueChange[];
  /** Whether it is the entry of an image lock, and none that a cluster gets. */
  readonly isImage: boolean;
}

interface Side {
  readonly file: ChangedFile;
  readonly object: KubernetesObject;
}

const LARGEST = 1_048_576;

/** What becomes of which objects, whatever files they stand in. Sorted by place, kind and name. */
export function changedObjects(files: readonly ChangedFile[]): readonly ChangedObject[] {
  const old = new Map<string, Side>();
  const wanted = new Map<string, Side>();
  for (const file of files) {
    addSides(old, file, file.before);
    addSides(wanted, file, file.after);
  }
  return [...new Set([...old.keys(), ...wanted.keys()])]
    .flatMap((key) => changeOf(old.get(key), wanted.get(key)))
    .toSorted((left, right) => (rankOf(left) < rankOf(right) ? -1 : 1));
}

function changeOf(old: Side | undefined, wanted: Side | undefined): ChangedObject[] {
  const side = wanted ?? old;
  if (side === undefined) return [];
  const { environment, application } = side.file;
  const isImage = side.object.apiVersion === '';
  const place = { environment, application, object: side.object, isImage };
  if (old === undefined) return [{ ...place, change: 'added', values: [] }];
  if (wanted === undefined) return [{ ...place, change: 'removed', values: [] }];
  const values = valueChanges(wanted.object, { ...old.object }, { ...wanted.object });
  return values.length === 0 ? [] : [{ ...place, change: 'changed', values }];
}

function addSides(sides: Map<string, Side>, file: ChangedFile, text: string | undefined): void {
  if (text === undefined || text.length > LARGEST) return;
  for (const object of objectsOf(file.path, text))
    sides.set(`${file.environment}/${file.application}/${objectKey(object)}`, { file, object });
}

/** What a file says: an object, or the images of a lock. The list of a folder's files follows from the objects. */
function objectsOf(path: string, text: string): readonly KubernetesObject[] {
  if (!path.endsWith('.yaml')) return [];
  const value = parsed(text);
  if (path.startsWith('images/')) return imagesOf(value);
  return !path.endsWith('/kustomization.yaml') && isObject(value) ? [value] : [];
}

function imagesOf(lock: JsonValue | undefined): readonly KubernetesObject[] {
  const images = isJsonObject(lock) ? lock['images'] : undefined;
  if (!isJsonArray(images)) return [];
  return images.flatMap((image) => {
    if (!isJsonObject(image)) return [];
    const { name, ...chosen } = image;
    return typeof name === 'string' ? [{ apiVersion: '', kind: 'Image', metadata: { name }, ...chosen }] : [];
  });
}

/** A file that was edited by hand may hold anything. */
function parsed(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = parse(text, { maxAliasCount: 100, uniqueKeys: false, logLevel: 'silent' });
    return value;
  } catch {
    return undefined;
  }
}

function isObject(value: JsonValue | undefined): value is KubernetesObject {
  return (
    isJsonObject(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isJsonObject(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}

function rankOf({ environment, application, object: { kind, metadata } }: ChangedObject): string {
  return [environment, application, kind, metadata.namespace, metadata.name].join('\0');
}
