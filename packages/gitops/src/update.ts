import type { Finding } from '@strake/core';
import { changesOf, insideOf, type ChangeKind, type Changes } from './changes.ts';
import { contentHash } from './content-hash.ts';
import { EMPTY_INVENTORY, formatInventory, type Inventory } from './inventory.ts';
import { inventoryPath } from './layout.ts';
import { readOwnership, type Ownership } from './ownership.ts';
import type { Plan } from './plan.ts';
import type { RepositoryReader } from './repository.ts';
import { Surroundings } from './standing.ts';

/** What a plan makes of a repository, be it a folder on disk or a commit. */
export interface Update {
  readonly changes: Changes;
  readonly ownership: Ownership;
  readonly surroundings: Surroundings;
  /** Hashes of the planned files, by path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** The bytes of the inventory once all is done. */
  readonly inventory: string;
  readonly inventoryChange: Exclude<ChangeKind, 'removed'>;
  /** With an error among them nothing may be changed. */
  readonly findings: readonly Finding[];
}

const NO_CHANGES: Changes = {
  changes: [],
  findings: [],
  written: [],
  removed: [],
  replaced: new Map(),
  vanished: [],
};

/** Compares a plan with a repository, by the rules of ownership. Changes nothing. */
export function updateOf(plan: Plan, reader: RepositoryReader, isForced: boolean): Update {
  const surroundings = new Surroundings(reader);
  const hashes = new Map<string, string>();
  for (const { path, contents } of plan.files) hashes.set(path, contentHash(contents));
  const own: Inventory = { files: hashes, pending: EMPTY_INVENTORY.pending };
  const text = formatInventory(plan.project, own);
  const ownership = readOwnership(plan.project, reader, surroundings, { ok: true, inventory: own, text });
  const isOwnershipKnown = !hasError(ownership.findings);
  const changes = isOwnershipKnown
    ? changesOf(plan, { reader, surroundings, ownership, isForced, planned: hashes })
    : NO_CHANGES;
  const others = elsewhere(plan, ownership);
  const inventory =
    others.files.size === 0 && others.pending.size === 0
      ? text
      : formatInventory(plan.project, { ...others, files: new Map([...others.files, ...hashes]) });
  return {
    changes,
    ownership,
    surroundings,
    hashes,
    inventory,
    inventoryChange: isOwnershipKnown ? inventoryChange(ownership, inventory, hashes) : 'unchanged',
    findings: isOwnershipKnown ? changes.findings : ownership.findings,
  };
}

/** The files that an update writes, with their bytes, and those that it removes. */
export function fileChanges(plan: Plan, { changes, inventory, inventoryChange }: Update) {
  const contents = new Map(changes.written.map((file) => [file.path, file.contents]));
  const files = new Map(
    changes.changes
      .filter(({ change }) => change !== 'unchanged')
      .map(({ path }) => [path, contents.get(path)] as const),
  );
  return inventoryChange === 'unchanged' ? files : files.set(inventoryPath(plan.project), inventory);
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** What the inventory has in folders that the plan does not speak for. It stays. */
function elsewhere({ folders }: Plan, { inventory }: Ownership): Inventory {
  const isHere = insideOf(folders);
  return { files: without(inventory.files, isHere), pending: without(inventory.pending, isHere) };
}

function without(
  hashes: ReadonlyMap<string, string>,
  isGone: (path: string) => boolean,
): Map<string, string> {
  const left = new Map<string, string>();
  for (const [path, hash] of hashes) if (!isGone(path)) left.set(path, hash);
  return left;
}

function inventoryChange(
  { text }: Ownership,
  inventory: string,
  hashes: ReadonlyMap<string, string>,
): Update['inventoryChange'] {
  if (text === inventory || (text === undefined && hashes.size === 0)) return 'unchanged';
  return text === undefined ? 'added' : 'changed';
}
