import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { isClusterScoped } from './kubernetes/cluster-scoped.ts';
import type { ObjectIdentity } from './writes/problem.ts';

/** A plain Kubernetes object, with the fields that every one of them has. */
export interface KubernetesObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
}

/** The metadata of an object that is written to a repository: it always has a name. */
export interface ObjectMetadata extends JsonObject {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function isKubernetesObject(value: JsonValue | undefined): value is KubernetesObject {
  return (
    isJsonObject(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isJsonObject(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}

/** The object in the namespace that it belongs to: its own, else the given one, and none for cluster-wide kinds. */
export function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  const { namespace: own, ...metadata } = object.metadata;
  if (isClusterScoped(object.apiVersion, object.kind))
    return own === undefined ? object : { ...object, metadata };
  return own === undefined ? { ...object, metadata: { ...object.metadata, namespace } } : object;
}

export function identityOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectIdentity {
  return { apiVersion, kind, name: metadata.name, namespace: metadata.namespace };
}

/** The API group of an apiVersion: '' for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** One text for one object of a cluster, whatever version of its API it is written in. */
export function identityKey({ apiVersion, kind, name, namespace = '' }: ObjectIdentity): string {
  return `${groupOf(apiVersion)}/${kind}/${namespace}/${name}`;
}
