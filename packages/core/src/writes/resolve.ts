import { copyJson, isJsonArray, isJsonObject, sameJson, type JsonValue, type MutableJsonObject } from '../json.ts';
import { elementKey, type Structure } from '../kubernetes/structure.ts';
import { claimsWithin, type Claim, type ClaimNode } from './claim.ts';
import { valueText, writeProblem, type ObjectIdentity, type Report } from './problem.ts';
import { settle } from './settle.ts';
import { resolveUnion } from './unions.ts';
import type { Write } from './write.ts';

/** What a walk over the claims of one layer needs to know about the object they are for. */
export interface Resolving {
  readonly object: ObjectIdentity;
  readonly report: Report;
  /** Called for every field that this layer leaves to a controller. */
  readonly delegate: (steps: readonly string[], to: string, write: Write) => void;
  /** The writes of lower layers that decided the value at a place. */
  readonly lowerWrites: (steps: readonly string[]) => readonly Write[];
}

/** A place that is being resolved. */
export interface Spot {
  readonly node: ClaimNode;
  readonly structure: Structure | undefined;
  readonly steps: readonly string[];
}

/** The value at a place after one layer's claims; undefined when the place is to be empty. */
export function resolve(spot: Spot, current: JsonValue | undefined, to: Resolving): JsonValue | undefined {
  const { node, steps } = spot;
  settle(node, { object: to.object, steps }, to.report);
  let value = current;
  for (const claim of node.claims) value = resolveClaim(claim, value, spot, to);
  return node.children.size === 0 ? value : resolveChildren(spot, value, to);
}

function resolveClaim(
  claim: Claim,
  current: JsonValue | undefined,
  { steps, structure }: Spot,
  to: Resolving,
): JsonValue | undefined {
  switch (claim.kind) {
    case 'exact':
      if (claim.write.options.locked === true) reportLocked(claim.write, claim.value, current, steps, to);
      return copyJson(claim.value);
    case 'items':
      return union(isJsonArray(current) ? current : [], claim.values);
    case 'map':
      return current ?? (structure?.list === 'map' ? [] : {});
    case 'absent':
      return undefined;
    case 'delegated':
      to.delegate(steps, claim.to, claim.write);
      return undefined;
  }
}

function resolveChildren(spot: Spot, current: JsonValue | undefined, to: Resolving): JsonValue | undefined {
  if (spot.structure?.list === 'map' || isJsonArray(current)) return resolveElements(spot, current, to);
  const map: MutableJsonObject = isJsonObject(current) && !isJsonArray(current) ? current : {};
  for (const union of spot.structure?.unions ?? []) resolveUnion(union, spot, map, to);
  for (const [key, node] of spot.node.children) {
    const below = { node, structure: spot.structure?.field(key), steps: [...spot.steps, key] };
    const value = resolve(below, map[key], to);
    if (value === undefined) delete map[key];
    else map[key] = value;
  }
  return current === undefined && Object.keys(map).length === 0 ? undefined : map;
}

function resolveElements(spot: Spot, current: JsonValue | undefined, to: Resolving): JsonValue | undefined {
  const { node, structure } = spot;
  const list: (JsonValue | undefined)[] = isJsonArray(current) ? [...current] : [];
  const keys = list.map((element) => keyOf(element, structure));
  for (const [key, below] of node.children) {
    const index = keys.indexOf(key);
    if (index < 0 && !below.upsert) {
      reportMissing(spot, key, keys, to);
      continue;
    }
    const steps = [...spot.steps, key];
    const value = resolve({ node: below, structure: structure?.element, steps }, list[index], to);
    if (index < 0) list.push(value);
    else list[index] = value;
  }
  const kept = list.filter((element) => element !== undefined);
  return current === undefined && kept.length === 0 ? undefined : kept;
}

function keyOf(element: JsonValue | undefined, structure: Structure | undefined): string | undefined {
  return isJsonObject(element) ? elementKey(element, structure?.keys ?? []) : undefined;
}

function union(list: readonly JsonValue[], values: readonly JsonValue[]): readonly JsonValue[] {
  const result = [...list];
  for (const value of values) {
    if (!result.some((item) => sameJson(item, value))) result.push(copyJson(value));
  }
  return result;
}

function reportMissing(spot: Spot, key: string, keys: readonly (string | undefined)[], to: Resolving): void {
  const below = spot.node.children.get(key);
  const writes = below === undefined ? [] : [...claimsWithin(below)];
  if (writes.every(({ kind }) => kind === 'absent')) return;
  const known = keys.filter((each) => each !== undefined);
  to.report(
    writeProblem('no-such-element', writes.map(({ write }) => write), { object: to.object, steps: spot.steps }, {
      written: `the element \`${key}\` is selected`,
      allowed: known.length === 0 ? 'the list has no elements with a key' : `one of ${known.join(', ')}`,
      fix: 'Select an element that exists, or add one with merge().',
    }),
  );
}

function reportLocked(
  write: Write,
  wanted: JsonValue,
  current: JsonValue | undefined,
  steps: readonly string[],
  to: Resolving,
): void {
  if (current === undefined || sameJson(current, wanted)) return;
  to.report(
    writeProblem('locked', [write, ...to.lowerWrites(steps)], { object: to.object, steps }, {
      written: `it is ${valueText(current, steps)}`,
      allowed: `${valueText(wanted, steps)}, locked by \`${write.writer.definition}\``,
      fix: 'Remove the lower value, or ask the cluster operators to unlock the field.',
    }),
  );
}
