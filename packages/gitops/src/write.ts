import process from 'node:process';
import { StrakeError, type Finding } from '@strake/core';
import { changesOf, isInside, type Change, type ChangeKind, type Changes } from './changes.ts';
import { contentHash } from './content-hash.ts';
import { formatInventory, type Inventory } from './inventory.ts';
import { ENVIRONMENTS, inventoryPath, isTemporaryName, temporaryName } from './layout.ts';
import { readOwnership, type Ownership } from './ownership.ts';
import type { Plan } from './plan.ts';
import { openRepository, type RepositoryFolder } from './repository.ts';
import { parentOf, Surroundings } from './standing.ts';

export interface WriteOptions {
  /**
   * Whether files that were edited by hand are overwritten. Files of other owners never are.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Whether to say only what would be done.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** What a write did, or would do. */
export interface WriteResult {
  readonly changes: readonly Change[];
  /** What becomes of the project's inventory, which is no file of any application. */
  readonly inventory: Exclude<ChangeKind, 'removed'>;
  /** With an error among them nothing was written, unless it is `repository-inaccessible`: then run it again. */
  readonly findings: readonly Finding[];
}

/**
 * Brings the files of a project in a repository to what a plan wants, and leaves all others alone.
 *
 * A write can be cut off at any instant, and the next one ends where it would have. That takes three rules.
 * First the inventory gets to know everything that will be there: a file that is replaced is known by the hash that it
 * has and, as `pending`, by the hash that it will have; an added one as `pending` only. So, wherever the write ends, the
 * next one knows each file of the project by one of two hashes, and takes none for an edited or a foreign one.
 * Then each file is written under a temporary name beside its own, and renamed: it has its old bytes or its new ones. A
 * temporary file that is left over is in a folder of a path that the inventory knows, where the next write removes it.
 * Last, once no file is left to change, the inventory forgets what was. Until then it still knows files that are gone
 * already, which makes nothing worse: a file that is in no plan and not there is forgotten, and its empty folder removed.
 *
 * This holds when the process dies. When the machine dies, what the disk had not yet taken is found as `file-edited`.
 */
export function write(plan: Plan, directory: string, options: WriteOptions = {}): WriteResult {
  return writeTo(openRepository(directory), plan, options);
}

/** As `write`, through steps that a test can watch and cut off. */
export function writeTo(repository: RepositoryFolder, plan: Plan, options: WriteOptions): WriteResult {
  let result: WriteResult = { changes: [], inventory: 'unchanged', findings: plan.findings };
  try {
    const surroundings = new Surroundings(repository);
    const ownership = readOwnership(plan.project, repository, surroundings);
    if (hasError(ownership.findings))
      return { ...result, findings: [...result.findings, ...ownership.findings] };
    const { force: isForced = false, dryRun = false } = options;
    const changes = changesOf(plan, { reader: repository, surroundings, ownership, isForced });
    const write = new Write(repository, plan, ownership, changes);
    const findings = [...result.findings, ...changes.findings];
    result = { changes: changes.changes, inventory: write.inventoryChange, findings };
    if (!dryRun && !hasError(findings)) write.carryOut(surroundings);
    return result;
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    return { ...result, findings: [...result.findings, ...error.findings] };
  }
}

/** The steps of one write, in their order. */
class Write {
  readonly #repository: RepositoryFolder;
  readonly #plan: Plan;
  readonly #ownership: Ownership;
  readonly #changes: Changes;
  readonly #hashes: ReadonlyMap<string, string>;
  readonly #inventory: string;

  constructor(repository: RepositoryFolder, plan: Plan, ownership: Ownership, changes: Changes) {
    this.#repository = repository;
    this.#plan = plan;
    this.#ownership = ownership;
    this.#changes = changes;
    this.#hashes = new Map(
      plan.files.map(({ path, contents }) => [path, contentHash(Buffer.from(contents))]),
    );
    this.#inventory = formatInventory(plan.project, this.#afterwards());
  }

  get inventoryChange(): WriteResult['inventory'] {
    const { text } = this.#ownership;
    if (text === this.#inventory || (text === undefined && this.#hashes.size === 0)) return 'unchanged';
    return text === undefined ? 'added' : 'changed';
  }

  carryOut(surroundings: Surroundings): void {
    for (const path of this.#leftovers(surroundings)) this.#repository.remove(path);
    if (this.inventoryChange === 'unchanged' && this.#paths('added', 'changed').size === 0) return;
    this.#replaceInventory(formatInventory(this.#plan.project, this.#meanwhile()), this.#ownership.text);
    const written = this.#paths('added', 'changed');
    for (const { path, contents } of this.#plan.files) if (written.has(path)) this.#replace(path, contents);
    const removed = this.#paths('removed');
    for (const path of removed) this.#repository.remove(path);
    for (const path of [...removed, ...this.#changes.vanished]) this.#removeEmptyFolders(parentOf(path));
    this.#replaceInventory(this.#inventory, undefined);
  }

  /** The inventory while files change: what is there, and what will be. */
  #meanwhile(): Inventory {
    const { files, pending } = this.#ownership.inventory;
    return {
      files: new Map([...files, ...this.#changes.replaced, ...this.#hashesOf('unchanged')]),
      pending: new Map([...pending, ...this.#hashesOf('added', 'changed')]),
    };
  }

  /** The inventory at the end: the plan, and what is in folders that the plan does not speak for. */
  #afterwards(): Inventory {
    const { files, pending } = this.#ownership.inventory;
    const others = [...files].filter(([path]) => !this.#isCovered(path));
    return {
      files: new Map([...others, ...this.#hashes]),
      pending: new Map([...pending].filter(([path]) => !this.#isCovered(path))),
    };
  }

  #isCovered(path: string): boolean {
    return isInside(path, this.#plan.folders);
  }

  #paths(...kinds: readonly ChangeKind[]): ReadonlySet<string> {
    return new Set(
      this.#changes.changes.flatMap(({ path, change }) => (kinds.includes(change) ? [path] : [])),
    );
  }

  #hashesOf(...kinds: readonly ChangeKind[]): [path: string, hash: string][] {
    const paths = this.#paths(...kinds);
    return [...this.#hashes].filter(([path]) => paths.has(path));
  }

  #leftovers(surroundings: Surroundings): string[] {
    const paths = [
      inventoryPath(this.#plan.project),
      ...this.#changes.changes.map(({ path }) => path),
      ...this.#changes.vanished,
    ];
    return [...new Set(paths.map(parentOf))].flatMap((folder) =>
      [...surroundings.entries(folder)].flatMap(([entry, kind]) =>
        kind === 'file' && isTemporaryName(entry, this.#plan.project) ? [`${folder}/${entry}`] : [],
      ),
    );
  }

  #replaceInventory(text: string, before: string | undefined): void {
    if (text !== before) this.#replace(inventoryPath(this.#plan.project), text);
  }

  #replace(path: string, contents: string): void {
    const temporary = `${parentOf(path)}/${temporaryName(this.#plan.project, process.pid)}`;
    this.#repository.create(temporary, contents);
    this.#repository.rename(temporary, path);
  }

  #removeEmptyFolders(folder: string): void {
    if (folder !== ENVIRONMENTS && this.#repository.removeFolder(folder))
      this.#removeEmptyFolders(parentOf(folder));
  }
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
