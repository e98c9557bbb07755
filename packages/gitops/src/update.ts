import type { Finding } from '@strake/core';
import { changesOf, isInside, type ChangeKind, type Changes } from './changes.ts';
import { contentHash } from './content-hash.ts';
import { formatInventory, type Inventory } from './inventory.ts';
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

const NO_CHANGES: Changes = { changes: [], findings: [], replaced: new Map(), vanished: [] };

/** Compares a plan with a repository, by the rules of ownership. Changes nothing. */
export function updateOf(plan: Plan, reader: RepositoryReader, isForced: boolean): Update {
  const surroundings = new Surroundings(reader);
  const ownership = readOwnership(plan.project, reader, surroundings);
  const isOwnershipKnown = !hasError(ownership.findings);
  const changes = isOwnershipKnown
    ? changesOf(plan, { reader, surroundings, ownership, isForced })
    : NO_CHANGES;
  const hashes = new Map(plan.files.map(({ path, contents }) => [path, contentHash(Buffer.from(contents))]));
  const inventory = formatInventory(plan.project, afterwards(plan, ownership, hashes));
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
  const contents = new Map(plan.files.map((file) => [file.path, file.contents]));
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

/** The inventory at the end: the plan, and what is in folders that the plan does not speak for. */
function afterwards(
  { folders }: Plan,
  { inventory }: Ownership,
  hashes: ReadonlyMap<string, string>,
): Inventory {
  const isOther = ([path]: readonly [path: string, hash: string]) => !isInside(path, folders);
  return {
    files: new Map([...[...inventory.files].filter(isOther), ...hashes]),
    pending: new Map([...inventory.pending].filter(isOther)),
  };
}

function inventoryChange(
  { text }: Ownership,
  inventory: string,
  hashes: ReadonlyMap<string, string>,
): Update['inventoryChange'] {
  if (text === inventory || (text === undefined && hashes.size === 0)) return 'unchanged';
  return text === undefined ? 'added' : 'changed';
}
