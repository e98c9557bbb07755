import { writerName } from '../code-name.ts';
import { isJsonArray, isJsonObject, type JsonValue } from '../json.ts';
import type { Structure } from '../kubernetes/structure.ts';
import { writeProblem, type ObjectIdentity } from './problem.ts';
import { keyOf } from './value-at.ts';
import type { Write } from './write.ts';

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
): StrayElement[] {
  const found: StrayElement[] = [];
  if (value !== undefined && structure !== undefined) search(value, structure, [], found);
  return found;
}

export function strayFinding({ steps, key }: StrayElement, write: Write, object: ObjectIdentity) {
  const place = { object, steps };
  return writeProblem('list-duplicate-key', [write], place, {
    written: `${writerName(write.writer)} writes ${key === undefined ? 'an element without a key' : `\`${key}\` twice`}`,
    allowed: 'elements with a key of their own',
    fix: 'Give each element of the list its own key.',
  });
}

/** Searches a value; `steps` lead to it, and are the same when the search is over. */
function search(value: JsonValue, structure: Structure, steps: string[], found: StrayElement[]): void {
  if (isJsonArray(value)) return searchList(value, structure, steps, found);
  if (!isJsonObject(value)) return;
  for (const key of Object.keys(value)) {
    const below = structure.field(key);
    const entry = value[key];
    if (below === undefined || entry === undefined) continue;
    steps.push(key);
    search(entry, below, steps, found);
    steps.pop();
  }
}

function searchList(
  list: readonly JsonValue[],
  structure: Structure,
  steps: string[],
  found: StrayElement[],
): void {
  const { list: type, element: below } = structure;
  if (type !== 'map' && type !== 'set') return;
  const seen = new Set<string>();
  for (const element of list) {
    const key = type === 'set' ? memberText(element) : keyOf(element, structure);
    if (key === undefined || seen.has(key)) found.push({ steps: [...steps], key });
    if (key === undefined) continue;
    seen.add(key);
    steps.push(key);
    if (below !== undefined) search(element, below, steps, found);
    steps.pop();
  }
}

function memberText(member: JsonValue): string {
  return typeof member === 'string' ? member : JSON.stringify(member);
}
