import type { EntryKind, RepositoryReader } from './repository.ts';

/** What stands at a path. */
export interface Standing {
  readonly kind: EntryKind | 'nothing';
  /** Where it stands: the path, spelt as on disk, or what is in the way to it. */
  readonly at: string;
}

const NO_ENTRIES: ReadonlyMap<string, EntryKind> = new Map();

type Folder = { readonly entries: ReadonlyMap<string, EntryKind> } | { readonly standing: Standing };

/** Looks at paths of a repository without following a link. Each folder is read once. */
export class Surroundings {
  readonly #reader: RepositoryReader;
  readonly #folders = new Map<string, Folder>();
  /** The folder that was asked for last: paths come folder by folder. */
  #last: { readonly path: string; readonly folder: Folder } | undefined;

  constructor(reader: RepositoryReader) {
    this.#reader = reader;
  }

  /** What stands at a path. A name in another case counts, since on some file systems it is the same file. */
  at(path: string): Standing {
    const end = path.lastIndexOf('/');
    const folder = this.#parent(path, end);
    if ('standing' in folder) return folder.standing;
    const name = path.slice(end + 1);
    const kind = folder.entries.get(name);
    if (kind !== undefined) return { kind, at: path };
    const alike = sameButCase(folder.entries, name);
    if (alike === undefined) return { kind: 'nothing', at: path };
    const at = path.slice(0, end + 1) + alike;
    return { kind: folder.entries.get(alike) ?? 'nothing', at };
  }

  /** What is in a folder; nothing when there is no such folder. */
  entries(path: string): ReadonlyMap<string, EntryKind> {
    const folder = this.#folder(path);
    return 'entries' in folder ? folder.entries : NO_ENTRIES;
  }

  /** The folder of a path whose last `/` is at `end`. */
  #parent(path: string, end: number): Folder {
    const last = this.#last;
    if (last !== undefined && last.path.length === end && path.startsWith(last.path)) return last.folder;
    const parent = path.slice(0, Math.max(end, 0));
    const folder = this.#folder(parent);
    this.#last = { path: parent, folder };
    return folder;
  }

  #folder(path: string): Folder {
    let folder = this.#folders.get(path);
    if (folder === undefined) this.#folders.set(path, (folder = this.#readFolder(path)));
    return folder;
  }

  #readFolder(path: string): Folder {
    const standing: Standing = path === '' ? { kind: 'folder', at: '' } : this.at(path);
    if (standing.kind === 'folder' && standing.at === path) return { entries: this.#reader.entries(path) };
    return { standing };
  }
}

/** The folder that a path is in: '' for the repository's root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The folders that paths are in, each once; quick where paths come folder by folder. */
export function parentsOf(paths: Iterable<string>): ReadonlySet<string> {
  const parents = new Set<string>();
  let last: string | undefined;
  for (const path of paths) {
    if (last !== undefined && isChild(path, last)) continue;
    last = parentOf(path);
    parents.add(last);
  }
  return parents;
}

function isChild(path: string, folder: string): boolean {
  return path.lastIndexOf('/') === folder.length && path.startsWith(folder);
}

function sameButCase(entries: ReadonlyMap<string, EntryKind>, name: string): string | undefined {
  for (const each of entries.keys())
    if (each.length === name.length && each.toLowerCase() === name) return each;
  return undefined;
}
