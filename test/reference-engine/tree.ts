import type { JsonObject, JsonValue } from '@strake/core';
import { elementKey, type Structure } from '../../packages/core/src/kubernetes/structure.ts';

/**
 * A value in which keyed lists are maps: every keyed list is a `KeyedList`, so that one way of walking fits all.
 * A removed element is undefined and keeps its position.
 */
export type Tree = string | number | boolean | null | readonly JsonValue[] | TreeMap | KeyedList | Misfit;

export interface TreeMap {
  entries: Map<string, Tree>;
}

/** A map where a list belongs: it has no parts. */
export interface Misfit {
  misfit: JsonObject;
}

export interface KeyedList {
  elements: Map<string, Tree | undefined>;
  /** Elements that merges of this layer added: they stand behind the others. */
  added: Set<string>;
}

export function isMap(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isTreeMap(tree: Tree | undefined): tree is TreeMap {
  return typeof tree === 'object' && tree !== null && 'entries' in tree && !Array.isArray(tree);
}

export function isKeyedList(tree: Tree | undefined): tree is KeyedList {
  return typeof tree === 'object' && tree !== null && 'elements' in tree;
}

export function treeOf(value: JsonValue, structure: Structure | undefined): Tree {
  if (Array.isArray(value)) {
    if (structure?.list !== 'map') return value;
    const named = value.map((element: JsonValue, index): [string, Tree] => [
      (isMap(element) ? elementKey(element, structure.keys) : undefined) ?? `#${index}`,
      treeOf(element, structure.element),
    ]);
    return { elements: new Map(named), added: new Set() };
  }
  if (!isMap(value)) return value;
  if (structure?.list !== undefined) return { misfit: value };
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return {
    entries: new Map(entries.map(([key, entry]) => [key, treeOf(entry as JsonValue, structure?.field(key))])),
  };
}

export function valueOf(tree: Tree | undefined): JsonValue | undefined {
  if (isTreeMap(tree))
    return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, valueOf(entry)]));
  if (isKeyedList(tree)) {
    return [...tree.elements.values()]
      .filter((element) => element !== undefined)
      .map((element) => valueOf(element) as JsonValue);
  }
  return typeof tree === 'object' && tree !== null && 'misfit' in tree ? tree.misfit : tree;
}

/** What stands at an address; undefined when nothing does. */
export function treeAt(tree: Tree | undefined, address: readonly string[]): Tree | undefined {
  let at = tree;
  for (const step of address) {
    at = isTreeMap(at) ? at.entries.get(step) : isKeyedList(at) ? at.elements.get(step) : undefined;
  }
  return at;
}
