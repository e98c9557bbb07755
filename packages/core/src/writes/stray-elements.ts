import { isJsonArray, isJsonObject, type JsonValue } from '../json.ts';
import type { Structure } from '../kubernetes/structure.ts';
import { keyOf } from './value-at.ts';

/** An element that its list cannot merge: it has no key, or one that an element before it has. */
export interface StrayElement {
  /** Where the list stands. */
  readonly steps: readonly string[];
  readonly key: string | undefined;
}

/** The stray elements of all lists in a value. */
export function strayElements(
  value: JsonValue | undefined,
  structure: Structure | undefined,
  steps: readonly string[] = [],
): StrayElement[] {
  const found: StrayElement[] = [];
  if (value !== undefined) search(value, structure, steps, found);
  return found;
}

function search(
  value: JsonValue,
  structure: Structure | undefined,
  steps: readonly string[],
  found: StrayElement[],
): void {
  if (structure === undefined) return;
  if (isJsonArray(value)) return searchList(value, structure, steps, found);
  if (!isJsonObject(value)) return;
  for (const key of Object.keys(value)) {
    const below = structure.field(key);
    const entry = value[key];
    if (below !== undefined && entry !== undefined) search(entry, below, [...steps, key], found);
  }
}

function searchList(
  list: readonly JsonValue[],
  structure: Structure,
  steps: readonly string[],
  found: StrayElement[],
): void {
  if (structure.list !== 'map' && structure.list !== 'set') return;
  const seen = new Set<string>();
  for (const element of list) {
    const key = structure.list === 'set' ? JSON.stringify(element) : keyOf(element, structure);
    if (key === undefined || seen.has(key)) found.push({ steps, key });
    else search(element, structure.element, [...steps, key], found);
    if (key !== undefined) seen.add(key);
  }
}
