import {
  isJsonArray,
  isJsonObject,
  listType,
  type JsonValue,
  type KubernetesObject,
  type RenderedApplication,
} from '@strake/core';
import { pathText } from '@strake/core/tools';

/** One value somewhere in some objects, as a text that two renders share where they agree. */
export interface Leaf {
  /** Kind and name: `Deployment/web`. */
  readonly object: string;
  /** Where it stands; elements of lists by what Kubernetes tells them apart by, or at no position at all. */
  readonly path: string;
  readonly value: string;
}

/**
 * All values of rendered objects by a text that is unique to each. The order of a list's elements plays no part: it
 * follows the order in which traits are attached (docs/decisions/0003).
 */
export function leavesOf(applications: readonly RenderedApplication[]): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const { manifests } of applications) {
    for (const { object } of manifests) {
      const { kind, metadata } = object;
      const name = `${kind}/${metadata.name}`;
      for (const { path, value } of leavesBelow(object, object, [])) {
        leaves.set([object.apiVersion, metadata.namespace, name, path, value].join('\0'), {
          object: name,
          path,
          value,
        });
      }
    }
  }
  return leaves;
}

function* leavesBelow(
  object: KubernetesObject,
  value: JsonValue,
  steps: readonly string[],
): Generator<{ readonly path: string; readonly value: string }> {
  if (isJsonArray(value)) {
    const { type, keyOf } = listType(object, steps);
    for (const each of value) {
      const key = type === 'map' ? keyOf(each) : undefined;
      if (key === undefined) yield { path: `${pathText(steps)}[]`, value: textOf(each) };
      else yield* leavesBelow(object, each, [...steps, key]);
    }
    return;
  }
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  if (entries.length === 0) yield { path: pathText(steps), value: textOf(value) };
  for (const [key, entry] of entries)
    if (entry !== undefined) yield* leavesBelow(object, entry, [...steps, key]);
}

/** The same text for values with the same content, whatever the order of their keys. */
export function textOf(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${textOf(value[key] ?? null)}`);
  return `{${entries.join(',')}}`;
}
