import type { Finding } from '@strake/core';
import { contentHash } from './content-hash.ts';
import { saysKeep } from './agents/kept-objects.ts';
import { fileEdited, fileForeign, folderForeign, objectPruned, pathUnsafe } from './file-findings.ts';
import { hardChanges } from './hard-changes.ts';
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
  /** The files that are added or changed. */
  readonly written: readonly PlannedFile[];
  /** Paths of the files that are removed. */
  readonly removed: readonly string[];
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
  /** What the plan has, by path. */
  readonly planned: ReadonlyMap<string, unknown>;
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
  const changes: Change[] = [];
  const written: PlannedFile[] = [];
  for (const file of files) {
    const change = plannedChange(file, comparison);
    changes.push(asChange(file, change));
    if (change !== 'unchanged') written.push(file);
  }
  const removed: string[] = [];
  const vanished: string[] = [];
  for (const path of unplanned(folders, input)) {
    const file = ownedFile(path);
    if (!stillThere(file, comparison)) vanished.push(path);
    else {
      changes.push(asChange(file, 'removed'));
      removed.push(path);
    }
  }
  return {
    changes: changes.toSorted((left, right) => (left.path < right.path ? -1 : 1)),
    findings: [...comparison.findings.values()],
    written,
    removed: removed.toSorted(),
    replaced: comparison.replaced,
    vanished,
  };
}

/** The paths of the inventory that are in one of the folders, and not in the plan. */
function unplanned(folders: readonly string[], { ownership, planned }: ComparisonInput): ReadonlySet<string> {
  const isHere = insideOf(folders);
  const paths = new Set<string>();
  for (const hashes of [ownership.inventory.files, ownership.inventory.pending])
    for (const path of hashes.keys()) if (!planned.has(path) && isHere(path)) paths.add(path);
  return paths;
}

export function isInside(path: string, folders: readonly string[]): boolean {
  return insideOf(folders)(path);
}

/** What tells whether a path is in one of the folders, in the same time however many they are. */
export function insideOf(folders: readonly string[]): (path: string) => boolean {
  const all = new Set(folders);
  return (path) => {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
      if (all.has(path.slice(0, end))) return true;
    return false;
  };
}

/** Texts are encoded into it one after the other, so that none leaves bytes behind. */
const encoded = Buffer.allocUnsafe(64 * 1024);
const MOST_BYTES_PER_UNIT = 3;

function plannedChange(file: PlannedFile, comparison: Comparison): ChangeKind {
  const { surroundings, reader, ownership } = comparison;
  if (ownership.claims.size > 0) reportClaim(file, comparison);
  const standing = surroundings.at(file.path);
  if (standing.kind === 'nothing') return 'added';
  if (!isFile(file, standing, comparison)) return 'changed';
  const bytes = reader.read(file.path) ?? Buffer.alloc(0);
  if (isTextOf(bytes, file.contents)) return 'unchanged';
  if (!isOwned(file.path, ownership)) {
    report(fileForeign(file, standing), comparison);
    return 'changed';
  }
  compareHash(file, bytes, comparison);
  for (const each of hardChanges(file, bytes, comparison.isForced)) report(each, comparison);
  return 'changed';
}

function isTextOf(bytes: Buffer, text: string): boolean {
  if (text.length * MOST_BYTES_PER_UNIT > encoded.length) return Buffer.from(text).equals(bytes);
  return bytes.compare(encoded, 0, encoded.write(text)) === 0;
}

function reportClaim({ path, environment }: FilePlace, comparison: Comparison): void {
  const folder = claimOf(path);
  const owner = comparison.ownership.claims.get(folder);
  if (owner !== undefined) report(folderForeign(folder, environment, owner), comparison);
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
  const { code, path, object = '', environments } = finding;
  findings.set([code, path, object, environments.join(' ')].join('\n'), finding);
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
