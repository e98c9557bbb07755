import type { JsonValue } from '@strake/core';
import type { Structure } from '../../packages/core/src/kubernetes/structure.ts';
import type { Union } from '../../packages/core/src/kubernetes/unions.ts';
import {
  isAtOrBelow,
  isBelow,
  isOfOther,
  isOverride,
  sameAddress,
  structureAt,
  wantsSomething,
  type Complaints,
  type Wish,
} from './wish.ts';

/** Decides which wishes of one layer are lost. */
export function settleWishes(wishes: Wish[], structure: Structure, complaints: Complaints): void {
  const standing = () => wishes.filter(({ lost }) => !lost);

  // Rule 3: a delegation beats every other wish of its layer for that place.
  for (const delegation of standing().filter(({ wants }) => wants === 'delegated')) {
    for (const wish of standing()) {
      if (wish.wants !== 'delegated' && isAtOrBelow(wish.address, delegation.address)) wish.lost = true;
    }
  }

  // Rule 2: what overrides beats what does not, unless it only refines a part of it.
  for (const over of standing().filter(isOverride)) {
    for (const wish of standing().filter((each) => !isOverride(each))) {
      const isRefined = isBelow(over.address, wish.address) && wish.wants !== 'items';
      if (disagree(over, wish) && !isRefined) wish.lost = true;
    }
  }

  // Rule 2: what is left must agree. The place nearest to the root is reported, and nothing below it.
  const quarrels = standing().flatMap((upper) =>
    standing()
      .filter((lower) => isAtOrBelow(lower.address, upper.address) && disagree(upper, lower))
      .filter((lower) => isOverride(upper) === isOverride(lower) || sameAddress(upper.address, lower.address))
      .map(() => upper.address),
  );
  for (const address of quarrels.toSorted((left, right) => left.length - right.length)) {
    const involved = standing().filter((wish) => isAtOrBelow(wish.address, address));
    if (
      !involved.some(
        (one) => sameAddress(one.address, address) && involved.some((other) => disagree(one, other)),
      )
    )
      continue;
    complaints.push(`conflict ${address.join(' ')}`);
    for (const wish of involved) wish.lost = true;
  }

  // Who delegates a place delegates all that is in it.
  const delegations = standing().filter(({ wants }) => wants === 'delegated');
  for (const wish of delegations) {
    if (delegations.some((other) => isBelow(wish.address, other.address))) wish.lost = true;
  }

  const maps = new Map<string, readonly string[]>();
  for (const { address } of standing()) {
    for (let depth = 0; depth < address.length; depth++)
      maps.set(address.slice(0, depth).join('\0'), address.slice(0, depth));
  }
  for (const map of [...maps.values()].toSorted((left, right) => right.length - left.length)) {
    for (const union of structureAt(structure, map)?.unions ?? [])
      settleUnionAt(map, union, wishes, complaints);
  }
}

/** Two members of a union asked for by two writers: what overrides wins, else nobody does. */
function settleUnionAt(map: readonly string[], union: Union, wishes: Wish[], complaints: Complaints): void {
  const asking = () =>
    wishes
      .filter((wish) => !wish.lost)
      .flatMap((wish) => {
        const asks = memberAskedFor(wish, map, union);
        return asks === undefined ? [] : [{ wish, asks }];
      });
  const rivals = () => {
    const all = asking();
    return all.filter((one) =>
      all.some((other) => one.asks !== other.asks && isOfOther(one.wish, other.wish)),
    );
  };
  const overs = asking().filter(({ wish }) => isOverride(wish));
  for (const { wish, asks } of asking()) {
    if (!isOverride(wish) && overs.some((over) => over.asks !== asks && isOfOther(over.wish, wish)))
      wish.lost = true;
  }
  if (rivals().length === 0) return;
  complaints.push(`conflict ${map.join(' ')}`);
  const members = new Set(asking().map(({ wish }) => wish.address[map.length]));
  for (const wish of wishes)
    if (isBelow(wish.address, map) && members.has(wish.address[map.length])) wish.lost = true;
}

/** The member of a union that a wish asks for; `(none)` when it sets the discriminator to another value. */
export function memberAskedFor(wish: Wish, map: readonly string[], union: Union): string | undefined {
  if (!isBelow(wish.address, map) || !wantsSomething(wish)) return undefined;
  const field = wish.address[map.length] ?? '';
  if (union.members.includes(field)) return field;
  if (field !== union.discriminator || wish.wants !== 'exact' || wish.address.length !== map.length + 1)
    return undefined;
  const index = (union.values ?? []).findIndex((value) => value === wish.value);
  return union.members[index] ?? '(none)';
}

/** Whether two wishes of different writers cannot both come true. */
function disagree(left: Wish, right: Wish): boolean {
  if (!isOfOther(left, right)) return false;
  if (sameAddress(left.address, right.address)) {
    if (left.wants !== right.wants) return true;
    if (left.wants === 'exact') return text(left.value) !== text(right.value);
    return left.to !== right.to;
  }
  const [upper, lower] = isBelow(left.address, right.address) ? [right, left] : [left, right];
  if (!isBelow(lower.address, upper.address)) return false;
  if (upper.wants === 'delegated') return lower.wants === 'delegated' && upper.to !== lower.to;
  if (lower.wants === 'delegated' || upper.wants === 'map') return false;
  return upper.wants !== 'absent' || lower.wants !== 'absent';
}

/** The same text for the same content, whatever the order of keys. */
export function text(value: JsonValue | undefined): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).toSorted(([left], [right]) => (left < right ? -1 : 1)))
        : each,
    ) ?? ''
  );
}
