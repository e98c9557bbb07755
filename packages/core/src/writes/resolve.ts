import { writerName } from '../code-name.ts';
import {
  isJsonArray,
  isJsonObject,
  sameJson,
  setEntry,
  type JsonValue,
  type MutableJsonObject,
} from '../json.ts';
import type { Claim, ClaimNode } from './claim.ts';
import { listHasNoKey } from './claims-of.ts';
import { valueText, writeProblem, type ObjectIdentity, type Report } from './problem.ts';
import { claimUnion } from './unions.ts';
import { entryOf, keyOf } from './value-at.ts';
import type { Write } from './write.ts';

/** What a walk over the claims of one layer needs to know about the object they are for. */
export interface Resolving {
  readonly object: ObjectIdentity;
  readonly report: Report;
  /** Called for every field that this layer leaves to a controller. */
  readonly delegate: (steps: readonly string[], to: string, write: Write) => void;
  /** What lower layers claimed of a place. */
  readonly lowerClaims: (steps: readonly string[]) => readonly Claim[];
}

/**
 * The value at a place after the standing claims of one layer; undefined when nothing is to stand there. Values are
 * never changed in place: what no claim touches is the same value as before.
 */
export function resolve(
  node: ClaimNode,
  current: JsonValue | undefined,
  to: Resolving,
): JsonValue | undefined {
  let value = current;
  for (const claim of node.claims) {
    if (claim.kind === 'delegated') {
      to.delegate(node.steps, claim.to, claim.write);
      return undefined;
    }
    if (claim.write.options.locked === true) reportLocked(claim, current, node, to);
    value = isRefused(claim, value, node, to) ? value : resolveClaim(claim, value, node);
  }
  if (node.children === undefined) return value;
  if (node.structure?.list !== undefined || isJsonArray(value)) return resolveElements(node, value, to);
  return resolveEntries(node, value, to);
}

/** A list without keys that a merge would have to replace. */
function isRefused(claim: Claim, current: JsonValue | undefined, node: ClaimNode, to: Resolving): boolean {
  if (claim.kind !== 'exact' || claim.fills !== true) return false;
  if (current === undefined || sameJson(current, claim.value)) return false;
  to.report(listHasNoKey(claim.write, claim.value, { object: to.object, steps: node.steps }));
  return true;
}

function resolveClaim(
  claim: Claim,
  current: JsonValue | undefined,
  { structure }: ClaimNode,
): JsonValue | undefined {
  switch (claim.kind) {
    case 'exact':
      return claim.value;
    case 'items':
      return union(isJsonArray(current) ? current : [], claim.values);
    case 'map':
      if (structure?.list === 'map') return isJsonArray(current) ? current : [];
      return isJsonObject(current) ? current : {};
    case 'absent':
    case 'delegated':
      return undefined;
  }
}

function resolveEntries(
  node: ClaimNode,
  current: JsonValue | undefined,
  to: Resolving,
): JsonValue | undefined {
  const map: MutableJsonObject = isJsonObject(current) ? { ...current } : {};
  for (const union of node.structure?.unions ?? []) claimUnion(union, node, map);
  for (const [key, child] of node.children ?? []) {
    const value = resolve(child, entryOf(map, key), to);
    if (value !== undefined) setEntry(map, key, value);
    else if (key in map) delete map[key];
  }
  return isJsonObject(current) || Object.keys(map).length > 0 ? map : current;
}

function resolveElements(
  node: ClaimNode,
  current: JsonValue | undefined,
  to: Resolving,
): JsonValue | undefined {
  const list: (JsonValue | undefined)[] = isJsonArray(current) ? [...current] : [];
  const indexes = new Map(list.map((element, index) => [keyOf(element, node.structure), index]));
  for (const [key, child] of node.children ?? []) {
    const index = indexes.get(key) ?? list.length;
    if (index === list.length && !isMade(child)) reportMissing(child, indexes, to);
    else list[index] = resolve(child, list[index], to);
  }
  const kept = list.filter((element) => element !== undefined);
  return isJsonArray(current) || kept.length > 0 ? kept : current;
}

/** Whether a merge of this layer names the element: then it is made when it is missing. */
function isMade(element: ClaimNode): boolean {
  if (element.parent?.structure?.list !== 'map') return false;
  const { depth } = element;
  return element.someEver(
    ({ write: { operation } }) => operation.kind === 'create' || operation.steps.length < depth,
  );
}

function union(list: readonly JsonValue[], values: readonly JsonValue[]): readonly JsonValue[] {
  const result = [...list];
  for (const value of values) {
    if (!result.some((item) => sameJson(item, value))) result.push(value);
  }
  return result;
}

function reportMissing(
  element: ClaimNode,
  known: ReadonlyMap<string | undefined, number>,
  to: Resolving,
): void {
  const claims = element.within();
  const list = element.parent;
  const isKeyed = list?.structure?.list === 'map';
  if (claims.length === 0 || (isKeyed && claims.every(({ kind }) => kind === 'absent'))) return;
  const keys = [...known.keys()].filter((key) => key !== undefined);
  const writes = claims.map(({ write }) => write);
  const place = { object: to.object, steps: list?.steps ?? [] };
  element.beatWithin(() => true);
  to.report(
    writeProblem('no-such-element', writes, place, {
      written: `the element \`${element.step}\` is selected`,
      allowed:
        keys.length > 0
          ? `one of ${keys.join(', ')}`
          : `a list ${isKeyed ? 'that has elements' : 'whose elements have a key'}`,
      fix: isKeyed
        ? 'Select an element that exists, or add one with merge().'
        : 'Use set() on the whole list.',
    }),
  );
}

/** A locked claim is about what lower layers wrote; where they wrote nothing it is one like others. */
function reportLocked(
  claim: Claim,
  current: JsonValue | undefined,
  { steps }: ClaimNode,
  to: Resolving,
): void {
  if (claim.kind !== 'exact' && claim.kind !== 'absent') return;
  const wanted = claim.kind === 'exact' ? claim.value : undefined;
  if (sameJson(current, wanted)) return;
  const lower = to.lowerClaims(steps);
  if (current === undefined && !lower.some(({ kind }) => kind === 'absent')) return;
  const writes = [claim, ...lower].map(({ write }) => write);
  const place = { object: to.object, steps };
  to.report(
    writeProblem('locked', writes, place, {
      written: `it is ${current === undefined ? 'removed' : valueText(current, steps)}`,
      allowed: `${wanted === undefined ? 'nothing' : valueText(wanted, steps)}, locked by ${writerName(claim.write.writer)}`,
      fix: 'Remove the lower value, or ask the cluster operators to unlock the field.',
    }),
  );
}
