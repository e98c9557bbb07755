import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isJsonObject,
  type JsonValue,
  type KubernetesObject,
  type LockedApplication,
  type Manifest,
} from '@strake/core';
import { plan, type Change, type FilePlace, type Plan, type PlanOptions } from '@strake/gitops';
import { parse } from 'yaml';
import { objectKey, withWriters, type ObjectChange } from './object-change.ts';
import { valueChanges } from './value-changes.ts';

/** The manifests whose files stand otherwise in the repository, by path: only these are kept while rendering. */
export type DifferingManifests = Map<string, Manifest>;

export interface DifferingOptions {
  /** Folder of the repository. */
  readonly directory: string;
  readonly kept: DifferingManifests;
  /** How the plan is made. */
  readonly planned: PlanOptions;
}

/** Hands applications on, one after the other, and keeps what of them differs from the repository. */
export function* differing(
  rendered: Iterable<LockedApplication>,
  { directory, kept, planned }: DifferingOptions,
): Generator<LockedApplication> {
  for (const application of rendered) {
    let manifests: ReadonlyMap<string, Manifest> | undefined;
    for (const { path, contents } of plan('', [application], planned).files) {
      if (!isOfObject(path) || textOf(directory, path) === contents) continue;
      manifests ??= new Map(application.manifests.map((each) => [objectKey(each.object), each]));
      const object = objectOf(contents);
      const manifest = object && manifests.get(objectKey(object));
      if (manifest !== undefined) kept.set(path, manifest);
    }
    yield application;
  }
}

/** What of which objects a write of the plan would change, whatever the files they stand in. */
export function repositoryChanges(
  { files }: Plan,
  changes: readonly Change[],
  directory: string,
  kept: DifferingManifests,
): readonly ObjectChange[] {
  const contents = new Map(files.map((file) => [file.path, file.contents]));
  const old = new Map<string, Side>();
  const wanted = new Map<string, Side>();
  for (const file of changes) {
    if (file.change === 'unchanged' || !isOfObject(file.path)) continue;
    addSide(old, file, textOf(directory, file.path));
    addSide(wanted, file, contents.get(file.path));
  }
  return [...new Set([...old.keys(), ...wanted.keys()])]
    .flatMap((key) => changeOf(old.get(key), wanted.get(key), kept))
    .toSorted((left, right) => (rankOf(left) < rankOf(right) ? -1 : 1));
}

interface Side {
  readonly file: FilePlace;
  readonly object: KubernetesObject;
}

function addSide(sides: Map<string, Side>, file: FilePlace, text: string | undefined): void {
  const object = text === undefined ? undefined : objectOf(text);
  if (object !== undefined)
    sides.set(`${file.environment}/${file.application}/${objectKey(object)}`, { file, object });
}

function changeOf(old: Side | undefined, wanted: Side | undefined, kept: DifferingManifests): ObjectChange[] {
  const side = wanted ?? old;
  if (side === undefined) return [];
  const { environment, application } = side.file;
  const manifest = wanted && (kept.get(wanted.file.path) ?? { object: wanted.object, delegations: [] });
  const place = { environment, application, object: side.object };
  if (old === undefined) return [{ ...place, change: 'added', values: [], by: manifest?.writer }];
  if (wanted === undefined || manifest === undefined) return [{ ...place, change: 'removed', values: [] }];
  const values = valueChanges(wanted.object, old.object, wanted.object);
  if (values.length === 0) return [];
  return [{ ...place, change: 'changed', values: values.map((each) => withWriters(each, manifest)) }];
}

function rankOf({ environment, application, object }: ObjectChange): string {
  return [environment, application, object.kind, object.metadata.namespace, object.metadata.name].join('\0');
}

/** The list of a folder's files follows from the objects, and is none that a cluster gets. */
function isOfObject(path: string): boolean {
  return path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml');
}

function textOf(directory: string, path: string): string | undefined {
  try {
    return readFileSync(join(directory, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** A file that was edited by hand may hold anything. */
function objectOf(text: string): KubernetesObject | undefined {
  try {
    const value: JsonValue = parse(text, { maxAliasCount: 100, logLevel: 'silent' });
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: JsonValue): value is KubernetesObject {
  return (
    isJsonObject(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isJsonObject(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}
