import type { Finding } from '@strake/core';
import { contentHash } from './content-hash.ts';
import { saysKeep } from './agents/kept-objects.ts';
import { fileEdited, fileForeign, folderForeign, objectPruned, pathUnsafe } from './file-findings.ts';
import { immutableChange } from './immutable-fields.ts';
import type { Inventory } from './inventory.ts';
import { placeOf } from './layout.ts';
import { claimOf, type Ownership } from './ownership.ts';
import type { FilePlace, Plan, PlannedFile } from './plan.ts';
import type { RepositoryReader } from './repository.ts';
import type { Standing, Surroundings } from './standing.ts';

export type ChangeKind = 'added' | 'changed' | 'removed' | 'unchanged';

/** What a write does, or would do, to one file. */
export interface Change extends FilePlace {
  readonly change: ChangeKind;
}

/** What lies between a plan and a repository. */
export interface Changes {
  /** Sorted by path. */
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Hashes of the files that are replaced or removed, as they are now. */
  readonly replaced: ReadonlyMap<string, string>;
  /** Files of the project that somebody else, or a write that was cut off, has removed already. */
  readonly vanished: readonly string[];
}

interface Comparison {
  readonly reader: RepositoryReader;
  readonly surroundings: Surroundings;
  readonly ownership: Ownership;
  readonly isForced: boolean;
  readonly withheld: ReadonlySet<string>;
  readonly findings: Map<string, Finding>;
  readonly replaced: Map<string, string>;
}

/** Where a plan is compared with what is there. */
export type ComparisonInput = Omit<Comparison, 'findings' | 'replaced' | 'withheld'>;

/** Compares a plan with a repository. Changes nothing. */
export function changesOf({ files, folders, withheld = [] }: Plan, input: ComparisonInput): Changes {
  const comparison: Comparison = {
    ...input,
    withheld: new Set(withheld.map(({ path }) => path)),
    findings: new Map(),
    replaced: new Map(),
  };
  const changes = files.map((file) => asChange(file, plannedChange(file, comparison)));
  const planned = new Set(files.map(({ path }) => path));
  const vanished: string[] = [];
  for (const path of ownedIn(folders, input.ownership.inventory)) {
    if (planned.has(path)) continue;
    const file = ownedFile(path);
    if (stillThere(file, comparison)) changes.push(asChange(file, 'removed'));
    else vanished.push(path);
  }
  return {
    changes: changes.toSorted((left, right) => (left.path < right.path ? -1 : 1)),
    findings: [...comparison.findings.values()],
    replaced: comparison.replaced,
    vanished,
  };
}

/** The paths of an inventory that are in one of the folders. */
export function ownedIn(folders: readonly string[], { files, pending }: Inventory): string[] {
  return [...new Set([...files.keys(), ...pending.keys()])].filter((path) => isInside(path, folders));
}

export function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

function plannedChange(file: PlannedFile, comparison: Comparison): ChangeKind {
  const { surroundings, reader, ownership } = comparison;
  const folder = claimOf(file.path);
  const owner = ownership.claims.get(folder);
  if (owner !== undefined) report(folderForeign(folder, file.environment, owner), comparison);
  const standing = surroundings.at(file.path);
  if (standing.kind === 'nothing') return 'added';
  if (!isFile(file, standing, comparison)) return 'changed';
  const bytes = reader.read(file.path) ?? Buffer.alloc(0);
  if (Buffer.from(file.contents).equals(bytes)) return 'unchanged';
  if (!isOwned(file.path, ownership)) {
    report(fileForeign(file, standing), comparison);
    return 'changed';
  }
  compareHash(file, bytes, comparison);
  const immutable = immutableChange(file, bytes, comparison.isForced);
  if (immutable !== undefined) report(immutable, comparison);
  return 'changed';
}

function stillThere(file: FilePlace, comparison: Comparison): boolean {
  const standing = comparison.surroundings.at(file.path);
  if (standing.kind === 'nothing' || (standing.kind === 'file' && standing.at !== file.path)) return false;
  if (!isFile(file, standing, comparison)) return true;
  const bytes = comparison.reader.read(file.path) ?? Buffer.alloc(0);
  compareHash(file, bytes, comparison);
  if (comparison.withheld.has(file.path) && !saysKeep(bytes.toString('utf8')))
    report(objectPruned(file, comparison.isForced), comparison);
  return true;
}

function isFile(file: FilePlace, standing: Standing, comparison: Comparison): boolean {
  if (standing.kind !== 'file' || standing.at !== file.path) {
    const isAlike = standing.at.length === file.path.length && standing.kind === 'file';
    report(isAlike ? fileForeign(file, standing) : pathUnsafe(standing), comparison);
    return false;
  }
  return true;
}

/** Whether what is there is what the project's last write, or one that was cut off, has left. */
function compareHash(file: FilePlace, bytes: Buffer, comparison: Comparison): void {
  const { ownership, replaced, isForced } = comparison;
  const { files, pending } = ownership.inventory;
  const hash = contentHash(bytes);
  replaced.set(file.path, hash);
  if (hash !== files.get(file.path) && hash !== pending.get(file.path))
    report(fileEdited(file, isForced), comparison);
}

/** One fault in the way to many files is one finding. */
function report(finding: Finding, { findings }: Comparison): void {
  findings.set(`${finding.code} ${finding.path}`, finding);
}

function isOwned(path: string, { inventory: { files, pending } }: Ownership): boolean {
  return files.has(path) || pending.has(path);
}

function ownedFile(path: string): FilePlace {
  return { path, ...placeOf(path) };
}

function asChange({ path, environment, application }: FilePlace, change: ChangeKind): Change {
  return { path, environment, application, change };
}
