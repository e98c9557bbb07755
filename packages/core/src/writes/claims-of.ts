import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { elementKey, type Structure } from '../kubernetes/structure.ts';
import { addClaim, childOf, type ClaimNode } from './claim.ts';
import { placeText, valueText, writeProblem, type ObjectIdentity, type Report } from './problem.ts';
import type { Write } from './write.ts';

/** A place that claims are added to, and what Kubernetes says about it. */
interface Spot {
  readonly node: ClaimNode;
  readonly structure: Structure | undefined;
  readonly steps: readonly string[];
}

/** What a write needs to know while it is turned into claims. */
interface Claiming {
  readonly write: Write;
  readonly object: ObjectIdentity;
  readonly report: Report;
}

/** Adds to the trie under `root` what a write claims. */
export function addClaims(root: ClaimNode, structure: Structure, claiming: Claiming): void {
  const { operation } = claiming.write;
  const top: Spot = { node: root, structure, steps: [] };
  if (operation.kind === 'create') return claimValue(top, operation.value, claiming);
  const spot = operation.steps.reduce(stepInto, top);
  switch (operation.kind) {
    case 'merge':
      return claimValue(spot, operation.value, claiming);
    case 'append':
      return claimItems(spot, operation.values, claiming);
    case 'set':
      return addClaim(spot.node, { write: claiming.write, kind: 'exact', value: operation.value });
    case 'remove':
      return addClaim(spot.node, { write: claiming.write, kind: 'absent' });
    case 'delegate':
      return addClaim(spot.node, { write: claiming.write, kind: 'delegated', to: operation.to });
  }
}

function stepInto(spot: Spot, step: string): Spot {
  const structure = spot.structure?.list === 'map' ? spot.structure.element : spot.structure?.field(step);
  return { node: childOf(spot.node, step), structure, steps: [...spot.steps, step] };
}

function claimValue(spot: Spot, value: JsonValue, claiming: Claiming): void {
  const { write } = claiming;
  if (isJsonArray(value)) return claimList(spot, value, claiming);
  if (isJsonObject(value)) return claimMap(spot, value, claiming);
  if (value === null && write.operation.kind === 'merge') return reportNull(spot, claiming);
  addClaim(spot.node, { write, kind: 'exact', value });
}

function claimMap(spot: Spot, value: JsonObject, claiming: Claiming): void {
  const keys = Object.keys(value);
  if (keys.length === 0) addClaim(spot.node, { write: claiming.write, kind: 'map' });
  for (const key of keys) {
    const entry = value[key];
    if (entry !== undefined) claimValue(stepInto(spot, key), entry, claiming);
  }
}

function claimList(spot: Spot, value: readonly JsonValue[], claiming: Claiming): void {
  const { write } = claiming;
  if (spot.structure?.list === 'map') return claimElements(spot, value, claiming);
  if (spot.structure?.list === 'set') return claimItems(spot, value, claiming);
  if (write.operation.kind === 'create') return addClaim(spot.node, { write, kind: 'exact', value });
  claiming.report(
    writeProblem('list-has-no-key', [write], { object: claiming.object, steps: spot.steps }, {
      written: `\`${write.writer.definition}\` merges ${valueText(value, spot.steps)}`,
      allowed: 'append() adds to a list whose elements have no key, set() replaces it',
      fix: `Use append() or set() on this list in \`${write.writer.definition}\`.`,
    }),
  );
}

function claimElements(spot: Spot, value: readonly JsonValue[], claiming: Claiming): void {
  const keys = spot.structure?.keys ?? [];
  if (value.length === 0) addClaim(spot.node, { write: claiming.write, kind: 'map' });
  const seen = new Set<string>();
  for (const element of value) {
    const key = isJsonObject(element) ? elementKey(element, keys) : undefined;
    if (key === undefined || seen.has(key)) {
      reportElement(spot, element, claiming);
      continue;
    }
    seen.add(key);
    const below = stepInto(spot, key);
    below.node.upsert = true;
    claimValue(below, element, claiming);
  }
}

function claimItems(spot: Spot, values: readonly JsonValue[], claiming: Claiming): void {
  const { write } = claiming;
  if (spot.structure?.list !== 'map') return addClaim(spot.node, { write, kind: 'items', values });
  claiming.report(
    writeProblem('list-has-key', [write], { object: claiming.object, steps: spot.steps }, {
      written: `\`${write.writer.definition}\` appends ${valueText(values, spot.steps)}`,
      allowed: `elements of this list are merged by ${spot.structure.keys.join(' and ')}`,
      fix: `Use merge() on this list in \`${write.writer.definition}\`.`,
    }),
  );
}

function reportElement(spot: Spot, element: JsonValue, { write, object, report }: Claiming): void {
  const keys = (spot.structure?.keys ?? []).join(' and ');
  report(
    writeProblem('list-duplicate-key', [write], { object, steps: spot.steps }, {
      written: `\`${write.writer.definition}\` writes the element ${valueText(element, spot.steps)}`,
      allowed: `elements of ${placeText({ object, steps: spot.steps })} have a ${keys} of their own`,
      fix: `Give each element its own ${keys}.`,
    }),
  );
}

function reportNull(spot: Spot, { write, object, report }: Claiming): void {
  report(
    writeProblem('value-invalid', [write], { object, steps: spot.steps }, {
      written: `\`${write.writer.definition}\` merges null`,
      allowed: 'a value; remove() claims that there is none',
      fix: `Use remove() in \`${write.writer.definition}\`, or leave the entry out.`,
    }),
  );
}
