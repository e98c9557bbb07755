import type { JsonValue, Write } from '@strake/core';
import * as fc from 'fast-check';
import type { Structure } from '../../packages/core/src/kubernetes/structure.ts';
import { isKeyedList, isTreeMap, treeOf, valueOf, type Tree } from './tree.ts';
import { isAtOrBelow, isBelow, structureAt } from './wish.ts';
import { wishesOf } from './wishes-of.ts';

/** The same writes in another order of their writers; each writer's own keep theirs. */
export function arbitraryOrder(writes: readonly Write[]): fc.Arbitrary<Write[]> {
  const writers = [...new Set(writes.map(({ writer }) => writer))];
  return fc
    .shuffledSubarray(writers, { minLength: writers.length })
    .map((order) => order.flatMap((writer) => writes.filter((write) => write.writer === writer)));
}

/** The same text for values that differ in the positions of list elements at most. */
export function regardlessOfPositions(value: JsonValue | undefined): string {
  if (Array.isArray(value))
    return `[${value
      .map((each: JsonValue) => regardlessOfPositions(each))
      .toSorted()
      .join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).map(([key, entry]) => `${key}:${regardlessOfPositions(entry)}`);
  return `{${entries.toSorted().join()}}`;
}

/** The leaves of a value that no write says anything about, by address. */
export function unmentioned(
  value: JsonValue,
  writes: readonly Write[],
  structure: Structure,
): Map<string, string> {
  const addresses = wishesOf(writes, structure, []).map(({ address }) => address);
  const leaves = leavesOf(treeOf(value, structure), []).filter(
    ([leaf]) =>
      !addresses.some((address) => isAtOrBelow(leaf, address) || isBelow(address, leaf)) &&
      !unionsAbove(leaf, structure).some((map) => addresses.some((address) => isBelow(address, map))),
  );
  return new Map(leaves.map(([address, text]) => [address.join(' '), text]));
}

/** All leaves of a value, by address. */
export function leavesByAddress(value: JsonValue, structure: Structure): Map<string, string> {
  return new Map(leavesOf(treeOf(value, structure), []).map(([address, text]) => [address.join(' '), text]));
}

function unionsAbove(address: readonly string[], structure: Structure): readonly string[][] {
  return address
    .map((_, depth) => address.slice(0, depth))
    .filter((map) => (structureAt(structure, map)?.unions.length ?? 0) > 0);
}

function leavesOf(
  tree: Tree | undefined,
  address: readonly string[],
): [address: readonly string[], text: string][] {
  const parts = isTreeMap(tree) ? tree.entries : isKeyedList(tree) ? tree.elements : undefined;
  if (parts === undefined || parts.size === 0) return [[address, JSON.stringify(valueOf(tree))]];
  return [...parts].flatMap(([step, part]) => leavesOf(part, [...address, step]));
}
