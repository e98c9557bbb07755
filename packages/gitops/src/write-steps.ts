import process from 'node:process';
import { StrakeError } from '@strake/core';
import { EMPTY_INVENTORY, formatInventory, type Inventory } from './inventory.ts';
import { CLUSTERS, ENVIRONMENTS, inventoryPath, isTemporaryName, STRAKE, temporaryName } from './layout.ts';
import type { Plan, PlannedFile } from './plan.ts';
import { abandonedLocks } from './project-lock.ts';
import type { RepositoryFolder } from './repository.ts';
import { parentOf, parentsOf, Surroundings } from './standing.ts';
import type { Update } from './update.ts';

/** What writes of the project have left behind that were cut off. */
interface Leftovers {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** The steps of one write, in their order. */
export class WriteSteps {
  readonly #repository: RepositoryFolder;
  readonly #plan: Plan;
  readonly #update: Update;
  readonly #temporaryName: string;

  constructor(repository: RepositoryFolder, plan: Plan, update: Update) {
    this.#repository = repository;
    this.#plan = plan;
    this.#update = update;
    this.#temporaryName = temporaryName(plan.project, process.pid);
  }

  /** Whether there is anything to do, be it to remove what a process has left that died. */
  isNeeded(): boolean {
    const { changes, inventoryChange } = this.#update;
    if (inventoryChange !== 'unchanged' || changes.written.length > 0 || changes.removed.length > 0)
      return true;
    const { files, folders } = this.#leftovers();
    return (
      files.length > 0 ||
      folders.length > 0 ||
      abandonedLocks(this.#repository, this.#plan.project).length > 0
    );
  }

  /**
   * Whether this is the first write of the project still: each begins with the inventory. Where there is one, nothing says
   * that no other write came in between, for one may have put back what another one changed.
   */
  isFirst(): boolean {
    if (this.#update.ownership.text !== undefined) return false;
    return new Surroundings(this.#repository).at(inventoryPath(this.#plan.project)).kind === 'nothing';
  }

  carryOut(): void {
    const { changes, ownership, inventory, inventoryChange } = this.#update;
    const leftovers = this.#leftovers();
    for (const path of leftovers.files) this.#repository.remove(path);
    for (const path of leftovers.folders) this.#repository.removeFolder(path);
    if (inventoryChange === 'unchanged' && changes.written.length === 0) return;
    this.#replaceInventory(formatInventory(this.#plan.project, this.#meanwhile()), ownership.text);
    for (const [folder, files] of byFolder(changes.written)) this.#writeInto(folder, files);
    for (const path of changes.removed) this.#repository.remove(path);
    for (const path of [...changes.removed, ...changes.vanished]) this.#removeEmptyFolders(parentOf(path));
    this.#replaceInventory(inventory, undefined);
  }

  /** The inventory while files change: what is there, and what will be. */
  #meanwhile(): Inventory {
    const { changes, ownership, hashes } = this.#update;
    if (ownership.text === undefined && changes.written.length === hashes.size)
      return { files: EMPTY_INVENTORY.files, pending: hashes };
    const files = new Map(ownership.inventory.files);
    const pending = new Map(ownership.inventory.pending);
    for (const [path, hash] of changes.replaced) files.set(path, hash);
    for (const { path, change } of changes.changes) {
      const hash = hashes.get(path);
      if (hash !== undefined) (change === 'unchanged' ? files : pending).set(path, hash);
    }
    return { files, pending };
  }

  #leftovers(): Leftovers {
    const { changes, surroundings } = this.#update;
    const paths = changes.changes.map(({ path }) => path);
    const parents = parentsOf([inventoryPath(this.#plan.project), ...paths, ...changes.vanished]);
    const folders = this.#temporaries(STRAKE, 'folder').filter((folder) =>
      [...surroundings.entries(folder).values()].every((kind) => kind === 'file'),
    );
    return {
      files: [
        ...[...parents].flatMap((folder) => this.#temporaries(folder, 'file')),
        ...folders.flatMap((folder) =>
          [...surroundings.entries(folder).keys()].map((name) => `${folder}/${name}`),
        ),
      ],
      folders,
    };
  }

  /** What is in a folder by a name that the project gives to what is unfinished. */
  #temporaries(folder: string, wanted: 'file' | 'folder'): string[] {
    const found: string[] = [];
    for (const [name, kind] of this.#update.surroundings.entries(folder))
      if (kind === wanted && isTemporaryName(name, this.#plan.project)) found.push(`${folder}/${name}`);
    return found;
  }

  #writeInto(folder: string, files: readonly PlannedFile[]): void {
    const { surroundings } = this.#update;
    const temporary = `${STRAKE}/${this.#temporaryName}`;
    const isNew = folder !== '' && surroundings.at(folder).kind === 'nothing';
    const isFree = surroundings.at(temporary).kind === 'nothing';
    if (isNew && isFree && this.#movedInto(folder, files, temporary)) return;
    for (const { path, contents } of files) this.#replace(path, contents);
  }

  /** Whether a folder could be made as a whole. Somebody else may have made it by now, or a disk may begin there. */
  #movedInto(folder: string, files: readonly PlannedFile[], temporary: string): boolean {
    const paths = files.map(({ path }) => temporary + path.slice(folder.length));
    try {
      for (const [index, { contents }] of files.entries())
        this.#repository.create(paths[index] ?? '', contents);
      this.#repository.rename(temporary, folder);
      return true;
    } catch (error) {
      if (!StrakeError.is(error)) throw error;
      for (const path of paths) this.#repository.remove(path);
      this.#repository.removeFolder(temporary);
      return false;
    }
  }

  #replaceInventory(text: string, before: string | undefined): void {
    if (text !== before) this.#replace(inventoryPath(this.#plan.project), text);
  }

  #replace(path: string, contents: string): void {
    const temporary = `${parentOf(path)}/${this.#temporaryName}`;
    this.#repository.create(temporary, contents);
    this.#repository.rename(temporary, path);
  }

  #removeEmptyFolders(folder: string): void {
    if (folder !== ENVIRONMENTS && folder !== CLUSTERS && this.#repository.removeFolder(folder))
      this.#removeEmptyFolders(parentOf(folder));
  }
}

/** Files by the folder that they are in; a folder comes before those that are in it. */
function byFolder(files: readonly PlannedFile[]): readonly (readonly [string, readonly PlannedFile[]])[] {
  const folders = new Map<string, PlannedFile[]>();
  for (const file of files) {
    const folder = parentOf(file.path);
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [file]);
    else known.push(file);
  }
  return [...folders].toSorted(([left], [right]) => (left < right ? -1 : 1));
}
