import type { JsonValue, Write } from '@strake/core';
import { elementKey, type Structure } from '../../packages/core/src/kubernetes/structure.ts';
import { isMap } from './tree.ts';
import {
  fullAddress,
  isAtOrBelow,
  isOfOther,
  sameAddress,
  structureAt,
  type Complaints,
  type Wish,
} from './wish.ts';

/** All wishes of one layer, each for one address, in the order of the writes. */
export function wishesOf(writes: readonly Write[], structure: Structure, complaints: Complaints): Wish[] {
  const wishes: Wish[] = [];
  for (const write of writes) {
    for (const wish of wishesOfWrite(write, structure, complaints)) {
      // A writer that says something about a whole place takes back what it said there before.
      for (const earlier of wishes)
        if (!isOfOther(earlier, wish) && takesBack(wish, earlier)) earlier.lost = true;
      wishes.push(wish);
    }
  }
  return wishes;
}

function takesBack(wish: Wish, earlier: Wish): boolean {
  if (wish.wants === 'delegated')
    return earlier.wants === 'delegated' && sameAddress(earlier.address, wish.address);
  if (wish.wants !== 'exact' && wish.wants !== 'absent') return false;
  return earlier.wants !== 'delegated' && isAtOrBelow(earlier.address, wish.address);
}

function wishesOfWrite(write: Write, structure: Structure, complaints: Complaints): Wish[] {
  const { operation } = write;
  const address = operation.kind === 'create' ? [] : fullAddress(structure, operation.steps);
  const here = structureAt(structure, address);
  const base = { write, address, lost: false };
  switch (operation.kind) {
    case 'create':
    case 'merge':
      complaints.push(...badLists(operation.value, here, address));
      return wishesOfValue(operation.value, address, here, write, complaints);
    case 'set': {
      const bad = badLists(operation.value, here, address);
      complaints.push(...bad);
      return bad.length > 0 ? [] : [{ ...base, wants: 'exact', value: operation.value }];
    }
    case 'append':
      if (here?.list !== 'map') return [{ ...base, wants: 'items', values: operation.values }];
      complaints.push(`list-has-key ${address.join(' ')}`);
      return [];
    case 'remove':
      return [{ ...base, wants: 'absent' }];
    case 'delegate':
      return [{ ...base, wants: 'delegated', to: operation.to }];
  }
}

/** One complaint for each element that has no key or the key of an element before it. */
function badLists(value: JsonValue, structure: Structure | undefined, address: readonly string[]): string[] {
  if (structure === undefined) return [];
  if (isMap(value)) {
    return Object.entries(value).flatMap(([key, entry]) =>
      entry === undefined ? [] : badLists(entry, structure.field(key), [...address, key]),
    );
  }
  if (!Array.isArray(value) || (structure.list !== 'map' && structure.list !== 'set')) return [];
  const names = value.map((element: JsonValue) =>
    structure.list === 'set'
      ? JSON.stringify(element)
      : isMap(element)
        ? elementKey(element, structure.keys)
        : undefined,
  );
  return value.flatMap((element: JsonValue, index) => {
    const name = names[index];
    const isBad = name === undefined || names.indexOf(name) < index;
    const below = name === undefined ? [] : badLists(element, structure.element, [...address, name]);
    return [...(isBad ? [`list-duplicate-key ${address.join(' ')}`] : []), ...below];
  });
}

function wishesOfValue(
  value: JsonValue,
  address: readonly string[],
  structure: Structure | undefined,
  write: Write,
  complaints: Complaints,
  isInElement = false,
): Wish[] {
  const base = { write, address, lost: false };
  const isCreate = write.operation.kind === 'create';
  if (Array.isArray(value)) {
    if (structure?.list === 'map') return wishesOfElements(value, address, structure, write, complaints);
    if (structure?.list === 'set') return [{ ...base, wants: 'items', values: value }];
    if (isCreate) return [{ ...base, wants: 'exact', value }];
    if (isInElement) return [{ ...base, wants: 'exact', value, fills: true }];
    complaints.push(`list-has-no-key ${address.join(' ')}`);
    return [];
  }
  if (isMap(value) && structure?.list === undefined) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    if (entries.length === 0) return [{ ...base, wants: 'map' }];
    return entries.flatMap(([key, entry]) =>
      wishesOfValue(
        entry as JsonValue,
        [...address, key],
        structure?.field(key),
        write,
        complaints,
        isInElement,
      ),
    );
  }
  if (value === null && !isCreate) {
    complaints.push(`value-invalid ${address.join(' ')}`);
    return [];
  }
  return [{ ...base, wants: 'exact', value }];
}

function wishesOfElements(
  list: readonly JsonValue[],
  address: readonly string[],
  structure: Structure,
  write: Write,
  complaints: Complaints,
): Wish[] {
  if (list.length === 0) return [{ write, address, lost: false, wants: 'map' }];
  const byName = new Map<string, JsonValue>();
  for (const element of list) {
    const name = isMap(element) ? elementKey(element, structure.keys) : undefined;
    if (name !== undefined && !byName.has(name)) byName.set(name, element);
  }
  return [...byName].flatMap(([name, element]) =>
    wishesOfValue(element, [...address, name], structure.element, write, complaints, true),
  );
}
