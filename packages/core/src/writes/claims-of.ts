import { writerName } from '../code-name.ts';
import type { Finding } from '../finding.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { ClaimNode } from './claim.ts';
import { valueText, writeProblem, type ObjectIdentity, type Place, type Report } from './problem.ts';
import { strayElements, strayFinding } from './stray-elements.ts';
import { keyOf } from './value-at.ts';
import type { Write } from './write.ts';

/** What a write needs to know while it is turned into claims. */
export interface Claiming {
  readonly write: Write;
  readonly object: ObjectIdentity;
  readonly report: Report;
}

/** Adds what a write claims below `root`. */
export function addClaims(root: ClaimNode, claiming: Claiming): void {
  const { write } = claiming;
  const { operation } = write;
  if (operation.kind === 'create') return addMerge(root, operation.value, claiming);
  const node = operation.steps.reduce((above, step) => above.child(step), root);
  switch (operation.kind) {
    case 'merge':
      return addMerge(node, operation.value, claiming);
    case 'append':
      return addAppend(node, operation.values, claiming);
    case 'set':
      if (reportStrays(node, operation.value, claiming)) return;
      return node.add({ write, kind: 'exact', value: operation.value });
    case 'remove':
      return node.add({ write, kind: 'absent' });
    case 'delegate':
      return node.add({ write, kind: 'delegated', to: operation.to });
  }
}

function addMerge(node: ClaimNode, value: JsonObject, claiming: Claiming): void {
  reportStrays(node, value, claiming);
  claimValue(node, value, claiming);
}

/** Claims every value one by one. */
export function claimValue(node: ClaimNode, value: JsonValue, claiming: Claiming): void {
  const { write } = claiming;
  if (isJsonArray(value)) return claimList(node, value, claiming);
  if (isJsonObject(value) && node.structure?.list === undefined) return claimMap(node, value, claiming);
  if (value === null && write.operation.kind === 'merge') return reportNull(node, claiming);
  node.add({ write, kind: 'exact', value });
}

function claimMap(node: ClaimNode, value: JsonObject, claiming: Claiming): void {
  let isEmpty = true;
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (entry === undefined) continue;
    isEmpty = false;
    claimValue(node.child(key), entry, claiming);
  }
  if (isEmpty) node.add({ write: claiming.write, kind: 'map' });
}

function claimList(node: ClaimNode, value: readonly JsonValue[], claiming: Claiming): void {
  const { write, object, report } = claiming;
  if (node.structure?.list === 'map') return claimElements(node, value, claiming);
  if (node.structure?.list === 'set') return node.add({ write, kind: 'items', values: value });
  if (write.operation.kind === 'create') return node.add({ write, kind: 'exact', value });
  // An element that the merge makes has its keyless lists from there: a new container its arguments.
  if (isInElement(node, write)) return node.add({ write, kind: 'exact', value, fills: true });
  report(listHasNoKey(write, value, { object, steps: node.steps }));
}

/** Whether a place is in a list element that the merge itself names. */
function isInElement(node: ClaimNode, { operation }: Write): boolean {
  const depth = operation.kind === 'merge' ? operation.steps.length : 0;
  for (let at = node; at.parent !== undefined && at.depth > depth; at = at.parent) {
    if (at.parent.structure?.list === 'map') return true;
  }
  return false;
}

/** A merge does not say how a list whose elements have no key is to change. */
export function listHasNoKey(write: Write, value: JsonValue, place: Place): Finding {
  return writeProblem('list-has-no-key', [write], place, {
    written: `${writerName(write.writer)} merges ${valueText(value, place.steps)}`,
    allowed: 'append() adds to a list whose elements have no key, set() replaces it',
    fix: `Use append() or set() on this list in ${writerName(write.writer)}.`,
  });
}

function claimElements(node: ClaimNode, value: readonly JsonValue[], claiming: Claiming): void {
  if (value.length === 0) node.add({ write: claiming.write, kind: 'map' });
  const seen = new Set<string>();
  for (const element of value) {
    const key = keyOf(element, node.structure);
    if (key === undefined || seen.has(key)) continue;
    seen.add(key);
    claimValue(node.child(key), element, claiming);
  }
}

function addAppend(node: ClaimNode, values: readonly JsonValue[], { write, object, report }: Claiming): void {
  const { structure } = node;
  if (structure?.list !== 'map') return node.add({ write, kind: 'items', values });
  const place = { object, steps: node.steps };
  report(
    writeProblem('list-has-key', [write], place, {
      written: `${writerName(write.writer)} appends ${valueText(values, place.steps)}`,
      allowed: `elements of this list are merged by ${structure.keys.join(' and ')}`,
      fix: `Use merge() on this list in ${writerName(write.writer)}.`,
    }),
  );
}

function reportStrays(node: ClaimNode, value: JsonValue, { write, object, report }: Claiming): boolean {
  const strays = strayElements(value, node.structure);
  for (const { key, ...stray } of strays) {
    report(strayFinding({ key, steps: [...node.steps, ...stray.steps] }, write, object));
  }
  return strays.length > 0;
}

function reportNull({ steps }: ClaimNode, { write, object, report }: Claiming): void {
  const place = { object, steps };
  report(
    writeProblem('value-invalid', [write], place, {
      written: `${writerName(write.writer)} merges null`,
      allowed: 'a value; remove() claims that there is none',
      fix: `Use remove() in ${writerName(write.writer)}, or leave the entry out.`,
    }),
  );
}
