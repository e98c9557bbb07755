import type { JsonObject, Write } from '@strake/core';
import type { Structure } from '../../packages/core/src/kubernetes/structure.ts';
import { applyWishes } from './apply-wishes.ts';
import { settleWishes } from './settle-wishes.ts';
import { isMap, treeAt, treeOf } from './tree.ts';
import {
  isAtOrBelow,
  isBelow,
  isOfOther,
  isOverride,
  sameAddress,
  wantsSomething,
  type Complaints,
  type Wish,
} from './wish.ts';
import { wishesOf } from './wishes-of.ts';

/**
 * An object on its way through the layers, as design section 4 says it and in no hurry: all writes of a layer become
 * one flat list of wishes, every pair of them is compared, and what stands is done step by step.
 */
export class ReferenceObject {
  readonly structure: Structure;
  readonly lower: Wish[] = [];
  delegations: Wish[] = [];
  value: JsonObject | undefined;
  /** What it was when the whole of it was delegated. */
  withheld: JsonObject | undefined;

  constructor(structure: Structure) {
    this.structure = structure;
  }

  /** Applies one layer; gives what there is to complain of. */
  apply(writes: readonly Write[]): Complaints {
    const complaints: Complaints = [];
    const wishes = wishesOf(writes, this.structure, complaints);
    this.guardDelegations(wishes, complaints);
    guardWithheld(wishes, complaints);
    settleWishes(wishes, this.structure, complaints);
    const value = applyWishes(this.value, wishes, {
      structure: this.structure,
      lower: this.lower,
      complaints,
      delegated: (wish) => {
        if (wish.address.length === 0) this.withheld = this.value ?? this.withheld;
        this.delegations = [
          ...this.delegations.filter(({ address }) => !sameAddress(address, wish.address)),
          wish,
        ];
      },
    });
    this.lower.push(...wishes.filter(({ lost }) => !lost));
    this.value = isMap(value) ? value : undefined;
    return complaints;
  }

  /** Rule 3: who writes what a lower layer delegated must override. */
  guardDelegations(wishes: readonly Wish[], complaints: Complaints): void {
    const refused: Wish[] = [];
    for (const { address } of this.delegations) {
      const writing = wishes.filter(
        (wish) => !wish.lost && wantsSomething(wish) && this.touches(wish, address),
      );
      if (writing.some(isOverride)) {
        this.delegations = this.delegations.filter((each) => !sameAddress(each.address, address));
        if (address.length === 0) this.value = this.withheld;
      } else if (writing.length > 0) {
        complaints.push(`delegated ${address.join(' ')}`);
        refused.push(...writing);
      }
    }
    for (const wish of refused) wish.lost = true;
  }

  touches(wish: Wish, address: readonly string[]): boolean {
    if (isAtOrBelow(wish.address, address)) return true;
    if (!isBelow(address, wish.address) || wish.wants !== 'exact') return false;
    const structure = wish.address.reduce<Structure | undefined>(
      (at, step) => (at?.list === 'map' ? at.element : at?.field(step)),
      this.structure,
    );
    const rest = address.slice(wish.address.length);
    return treeAt(treeOf(wish.value ?? null, structure), rest) !== undefined;
  }
}

/** What a layer writes to an object that another definition of it withholds would be lost without a word. */
function guardWithheld(wishes: readonly Wish[], complaints: Complaints): void {
  const withheld = wishes.filter(
    ({ lost, wants, address }) => !lost && wants === 'delegated' && address.length === 0,
  );
  if (withheld.length === 0) return;
  const writing = wishes.filter(
    (wish) => !wish.lost && wantsSomething(wish) && withheld.every((other) => isOfOther(wish, other)),
  );
  if (writing.length > 0) complaints.push('delegated ');
  for (const wish of writing) wish.lost = true;
}
