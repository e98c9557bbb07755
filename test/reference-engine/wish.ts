import type { JsonValue } from '@strake/core';
import type { Structure } from '../../packages/core/src/kubernetes/structure.ts';
import type { Write } from '@strake/core';

/** One thing that one write wants at one address of an object. */
export interface Wish {
  readonly write: Write;
  readonly address: readonly string[];
  readonly wants: 'exact' | 'map' | 'items' | 'absent' | 'delegated';
  readonly value?: JsonValue;
  readonly values?: readonly JsonValue[];
  /** An exact wish that replaces nothing: a list without keys in an element of a merge. */
  readonly fills?: boolean;
  readonly to?: string;
  /** Wishes that lost, to a sibling or in a conflict, are kept but do nothing. */
  lost: boolean;
}

/** What the reference engine has to say, as `code address`. */
export type Complaints = string[];

export function sameAddress(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && isAtOrBelow(left, right);
}

export function isAtOrBelow(address: readonly string[], above: readonly string[]): boolean {
  return above.every((step, index) => address[index] === step);
}

export function isBelow(address: readonly string[], above: readonly string[]): boolean {
  return address.length > above.length && isAtOrBelow(address, above);
}

export function wantsSomething({ wants }: Wish): boolean {
  return wants === 'exact' || wants === 'map' || wants === 'items';
}

export function isOverride({ write }: Wish): boolean {
  return write.options.override === true;
}

export function isOfOther(left: Wish, right: Wish): boolean {
  return left.write.writer !== right.write.writer;
}

/** What Kubernetes says about an address. */
export function structureAt(structure: Structure, address: readonly string[]): Structure | undefined {
  let at: Structure | undefined = structure;
  for (const step of address) at = at?.list === 'map' ? at.element : at?.field(step);
  return at;
}

/** An address with ports named in full: `80` is `80/TCP`. */
export function fullAddress(structure: Structure, steps: readonly string[]): string[] {
  const address: string[] = [];
  for (const step of steps) {
    const keys = structureAt(structure, address)?.keys ?? [];
    address.push(keys.includes('protocol') && !/\//.test(step) ? `${step}/TCP` : step);
  }
  return address;
}
