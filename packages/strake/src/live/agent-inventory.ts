import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type KubernetesObject,
} from '@strake/core';
import type { ObjectStub } from './cluster.ts';
import type { LiveObject } from './live-object.ts';

/** Whether a Kustomization of Flux or an Application of Argo CD syncs a folder of the repository. */
export function syncsFolder({ spec }: KubernetesObject, folder: string): boolean {
  const { path, source, sources } = mapOf(spec);
  const paths = [path, mapOf(source)['path'], ...itemsOf(sources).map((each) => mapOf(each)['path'])];
  return paths.some((each) => typeof each === 'string' && each.replaceAll(/^\.?\/|\/$/g, '') === folder);
}

/** The objects that an agent knows of as its own. */
export function agentInventory({ status }: LiveObject): ObjectStub[] {
  return [
    ...itemsOf(mapOf(status['inventory'])['entries']).flatMap(fluxEntry),
    ...itemsOf(status['resources']).flatMap(argocdEntry),
  ];
}

/** `<namespace>_<name>_<group>_<kind>`, in which a colon of the name is written as two underscores. */
function fluxEntry(entry: JsonValue): ObjectStub[] {
  const { id, v } = mapOf(entry);
  const [, namespace = '', name = '', group = '', kind = ''] =
    /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(typeof id === 'string' ? id : '') ?? [];
  return stub({ group, version: v, kind, namespace, name: name.replaceAll('__', ':') });
}

function argocdEntry(entry: JsonValue): ObjectStub[] {
  const { group, version, kind, namespace, name } = mapOf(entry);
  return stub({ group, version, kind, namespace, name });
}

function stub({ group, version, kind, namespace, name }: JsonObject): ObjectStub[] {
  if (typeof version !== 'string' || typeof kind !== 'string' || typeof name !== 'string' || name === '')
    return [];
  const apiVersion = typeof group === 'string' && group !== '' ? `${group}/${version}` : version;
  const isNamespaced = typeof namespace === 'string' && namespace !== '';
  return [{ apiVersion, kind, metadata: { name, ...(isNamespaced && { namespace }) } }];
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}
