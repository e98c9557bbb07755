import type { EntryKind, RepositoryReader } from './repository.ts';

/** What stands at a path. */
export interface Standing {
  readonly kind: EntryKind | 'nothing';
  /** Where it stands: the path, spelt as on disk, or what is in the way to it. */
  readonly at: string;
}

type Folder = { readonly entries: ReadonlyMap<string, EntryKind> } | { readonly standing: Standing };

/** Looks at paths of a repository without following a link. Each folder is read once. */
export class Surroundings {
  readonly #reader: RepositoryReader;
  readonly #folders = new Map<string, Folder>();

  constructor(reader: RepositoryReader) {
    this.#reader = reader;
  }

  /** What stands at a path. A name in another case counts, since on some file systems it is the same file. */
  at(path: string): Standing {
    const { parent, name } = split(path);
    const folder = this.#folder(parent);
    if ('standing' in folder) return folder.standing;
    const kind = folder.entries.get(name);
    if (kind !== undefined) return { kind, at: path };
    const alike = sameButCase(folder.entries, name);
    if (alike === undefined) return { kind: 'nothing', at: path };
    const at = parent === '' ? alike : `${parent}/${alike}`;
    return { kind: folder.entries.get(alike) ?? 'nothing', at };
  }

  /** What is in a folder; nothing when there is no such folder. */
  entries(path: string): ReadonlyMap<string, EntryKind> {
    const folder = this.#folder(path);
    return 'entries' in folder ? folder.entries : new Map();
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
  return split(path).parent;
}

function split(path: string): { readonly parent: string; readonly name: string } {
  const end = path.lastIndexOf('/');
  return { parent: path.slice(0, Math.max(end, 0)), name: path.slice(end + 1) };
}

function sameButCase(entries: ReadonlyMap<string, EntryKind>, name: string): string | undefined {
  for (const each of entries.keys())
    if (each.length === name.length && each.toLowerCase() === name) return each;
  return undefined;
}
