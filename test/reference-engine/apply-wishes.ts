import type { JsonValue } from '@strake/core';
import type { Structure } from '../../packages/core/src/kubernetes/structure.ts';
import { memberAskedFor, text } from './settle-wishes.ts';
import { isKeyedList, isTreeMap, treeAt, treeOf, valueOf, type Tree, type TreeMap } from './tree.ts';
import { isAtOrBelow, sameAddress, structureAt, type Complaints, type Wish } from './wish.ts';

/** What a layer is applied to, and what it says on the way. */
export interface Application {
  readonly structure: Structure;
  /** Standing wishes of the layers below. */
  readonly lower: readonly Wish[];
  readonly complaints: Complaints;
  readonly delegated: (wish: Wish) => void;
}

/** Makes the standing wishes come true, one after the other, from the root down. */
export function applyWishes(
  value: JsonValue | undefined,
  wishes: Wish[],
  to: Application,
): JsonValue | undefined {
  const holder: TreeMap = { entries: new Map() };
  if (value !== undefined) holder.entries.set('', treeOf(value, to.structure));
  const root = () => holder.entries.get('');
  const deepest = Math.max(0, ...wishes.map(({ address }) => address.length));
  for (let depth = 0; depth <= deepest + 1; depth++) {
    dropUnselected(depth, root(), wishes, to);
    const due = wishes.filter(({ lost, address }) => !lost && address.length === depth);
    for (const wish of due) if (wish.write.options.locked === true) checkLock(wish, root(), to);
    for (const wish of due) fulfil(wish, holder, wishes, to);
    wishes.push(...impliedWishes(depth, root(), wishes, to.structure));
  }
  return valueOf(root());
}

/** Element addresses of a depth that are not there and that no merge names. */
function dropUnselected(
  depth: number,
  root: Tree | undefined,
  wishes: Wish[],
  { structure, complaints }: Application,
): void {
  for (const { address, lost } of wishes) {
    if (lost || depth === 0 || address.length < depth) continue;
    const list = address.slice(0, depth - 1);
    const element = address.slice(0, depth);
    const listStructure = structureAt(structure, list);
    const at = treeAt(root, list);
    if (listStructure?.list === undefined && !Array.isArray(at)) continue;
    const isKeyed = listStructure?.list === 'map';
    const within = wishes.filter((wish) => isAtOrBelow(wish.address, element));
    const isNamed = within.some(
      ({ write: { operation } }) => operation.kind === 'create' || operation.steps.length < depth,
    );
    if (isKeyed && (isNamed || (isKeyedList(at) && treeAt(root, element) !== undefined))) continue;
    const standing = within.filter((wish) => !wish.lost);
    if (isKeyed && standing.every(({ wants }) => wants === 'absent')) continue;
    complaints.push(`no-such-element ${list.join(' ')}`);
    for (const wish of standing) wish.lost = true;
  }
}

function checkLock(
  { wants, address, value }: Wish,
  root: Tree | undefined,
  { lower, complaints }: Application,
): void {
  if (wants !== 'exact' && wants !== 'absent') return;
  const current = valueOf(treeAt(root, address));
  const wanted = wants === 'exact' ? value : undefined;
  if (text(current) === text(wanted)) return;
  const isRemoved = lower.some((wish) => wish.wants === 'absent' && isAtOrBelow(address, wish.address));
  if (current !== undefined || isRemoved) complaints.push(`locked ${address.join(' ')}`);
}

function fulfil(wish: Wish, holder: TreeMap, wishes: readonly Wish[], to: Application): void {
  const { address, wants, values = [] } = wish;
  const current = treeAt(holder, ['', ...address]);
  const structure = structureAt(to.structure, address);
  switch (wants) {
    case 'exact':
      if (wish.fills === true && current !== undefined && text(valueOf(current)) !== text(wish.value)) {
        to.complaints.push(`list-has-no-key ${address.join(' ')}`);
        return undefined;
      }
      return put(holder, address, treeOf(wish.value ?? null, structure), wishes, to.structure);
    case 'items': {
      const list: JsonValue[] = Array.isArray(current) ? [...current] : [];
      for (const each of values) if (!list.some((known) => text(known) === text(each))) list.push(each);
      return put(holder, address, list, wishes, to.structure);
    }
    case 'map': {
      const isThere = structure?.list === 'map' ? isKeyedList(current) : isTreeMap(current);
      return isThere ? undefined : put(holder, address, emptyTree(structure), wishes, to.structure);
    }
    case 'absent':
      return take(holder, address);
    case 'delegated':
      take(holder, address);
      return to.delegated(wish);
  }
}

function emptyTree(structure: Structure | undefined): Tree {
  return structure?.list === 'map' ? { elements: new Map(), added: new Set() } : { entries: new Map() };
}

/** Puts a value at an address; what is missing on the way is made, and what stands in the way gives way. */
function put(
  holder: TreeMap,
  address: readonly string[],
  tree: Tree,
  wishes: readonly Wish[],
  structure: Structure,
): void {
  const steps = ['', ...address];
  let at: Tree = holder;
  steps.forEach((step, index) => {
    const here = steps.slice(1, index + 1);
    const isLast = index === steps.length - 1;
    const known = treeAt(at, [step]);
    const belowStructure = structureAt(structure, here);
    const fits = belowStructure?.list === 'map' ? isKeyedList(known) : isTreeMap(known);
    const next = isLast ? tree : fits && known !== undefined ? known : emptyTree(belowStructure);
    if (isTreeMap(at)) at.entries.set(step, next);
    if (isKeyedList(at)) {
      if (!at.elements.has(step)) at.added.add(step);
      at.elements.set(step, next);
      sortAdded(at, here.slice(0, -1), wishes);
    }
    at = next;
  });
}

/** New elements stand behind the others, in the order in which the writes of the layer first name them. */
function sortAdded(
  list: { elements: Map<string, Tree | undefined>; added: Set<string> },
  address: readonly string[],
  wishes: readonly Wish[],
): void {
  const rank = (key: string) =>
    list.added.has(key) ? wishes.findIndex((wish) => isAtOrBelow(wish.address, [...address, key])) : -1;
  list.elements = new Map([...list.elements].toSorted(([left], [right]) => rank(left) - rank(right)));
}

function take(holder: TreeMap, address: readonly string[]): void {
  const steps = ['', ...address];
  const parent = treeAt(holder, steps.slice(0, -1));
  const step = steps.at(-1) ?? '';
  if (isTreeMap(parent)) parent.entries.delete(step);
  if (isKeyedList(parent) && parent.elements.has(step)) parent.elements.set(step, undefined);
}

/** A member of a union that is asked for drives out the others, and takes the discriminator with it. */
function impliedWishes(
  depth: number,
  root: Tree | undefined,
  wishes: readonly Wish[],
  structure: Structure,
): Wish[] {
  const standing = wishes.filter(({ lost }) => !lost);
  const maps = standing
    .filter(({ address }) => address.length > depth)
    .map(({ address }) => address.slice(0, depth));
  const distinct = maps.filter((map, index) => maps.findIndex((other) => sameAddress(other, map)) === index);
  return distinct.flatMap((map) =>
    (structureAt(structure, map)?.unions ?? []).flatMap((union) => {
      const asking = standing.filter((wish) => memberAskedFor(wish, map, union) !== undefined);
      const first = asking.find(({ write }) => write.options.locked === true) ?? asking[0];
      if (first === undefined) return [];
      const kept = asking.map((wish) => memberAskedFor(wish, map, union));
      const base = { write: first.write, lost: false } as const;
      const isOpen = (address: readonly string[]) =>
        treeAt(root, address) !== undefined && !standing.some((wish) => sameAddress(wish.address, address));
      const gone = union.members.filter((member) => !kept.includes(member) && isOpen([...map, member]));
      const implied: Wish[] = gone.map((member) => ({ ...base, address: [...map, member], wants: 'absent' }));
      const chooser = [...map, union.discriminator ?? '(no discriminator)'];
      const value = union.values?.[union.members.findIndex((member) => kept.includes(member))];
      if (value !== undefined && isOpen(chooser) && treeAt(root, chooser) !== value) {
        implied.push({ ...base, address: chooser, wants: 'exact', value });
      }
      return implied;
    }),
  );
}
