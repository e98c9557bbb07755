import type { EntryKind, RepositoryReader } from '../repository.ts';

/** What stands at one path of a commit. */
interface TreeEntry {
  readonly kind: EntryKind;
  /** Name of the object that git keeps it in; '' for what is not in git yet. */
  readonly id: string;
  readonly size: number;
}

/** A file that is written, or removed where there are no contents. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/** Files of which this much and no more is read. */
const LARGEST = 64 * 1024 * 1024;
const LINE = /^(\d{6}) \w+ ([0-9a-f]+) +(-|\d+)\t([\s\S]+)$/;

/** The files of a commit, read as those of a folder on disk are. */
export class RepositoryTree implements RepositoryReader {
  readonly #entries: ReadonlyMap<string, TreeEntry>;
  readonly #contents: ReadonlyMap<string, Buffer>;
  #folders: ReadonlyMap<string, ReadonlyMap<string, EntryKind>> | undefined;

  constructor(
    entries: ReadonlyMap<string, TreeEntry> = new Map(),
    contents: ReadonlyMap<string, Buffer> = new Map(),
  ) {
    this.#entries = entries;
    this.#contents = contents;
  }

  /** The tree that `git ls-tree -r -l -z` lists. */
  static parse(listing: Buffer): RepositoryTree {
    const lines = listing.toString('utf8').split('\0');
    return new RepositoryTree(
      new Map(
        lines.flatMap((line): [string, TreeEntry][] => {
          const [, mode = '', id = '', size = '', path = ''] = LINE.exec(line) ?? [];
          return path === '' ? [] : [[path, { kind: kindOf(mode), id, size: Number(size) || 0 }]];
        }),
      ),
    );
  }

  entries(folder: string): ReadonlyMap<string, EntryKind> {
    this.#folders ??= foldersOf(this.#entries);
    return this.#folders.get(folder) ?? new Map();
  }

  read(file: string, atMost = Infinity): Buffer | undefined {
    const entry = this.#entries.get(file);
    if (entry === undefined || entry.size > Math.min(atMost, LARGEST)) return undefined;
    const contents = this.#contents.get(file);
    if (contents === undefined) throw new TypeError(`${file} was not loaded`);
    return contents;
  }

  /** Paths of all files, sorted as git sorts them. */
  files(): string[] {
    return [...this.#entries].flatMap(([path, { kind }]) => (kind === 'file' ? [path] : []));
  }

  idOf(path: string): string | undefined {
    return this.#entries.get(path)?.id;
  }

  /** The names of the objects that hold these files, where the files are there and not yet loaded. */
  missing(paths: Iterable<string>): ReadonlyMap<string, string> {
    return new Map(
      [...paths].flatMap((path): [string, string][] => {
        const entry = this.#entries.get(path);
        const isWanted = entry?.kind === 'file' && entry.size <= LARGEST && !this.#contents.has(path);
        return isWanted ? [[path, entry.id]] : [];
      }),
    );
  }

  withContents(contents: ReadonlyMap<string, Buffer>): RepositoryTree {
    return new RepositoryTree(this.#entries, new Map([...this.#contents, ...contents]));
  }

  /** The tree once these files are written and removed. */
  withChanges(changes: FileChanges): RepositoryTree {
    const entries = new Map(this.#entries);
    const all = new Map(this.#contents);
    for (const [path, contents] of changes) {
      entries.delete(path);
      all.delete(path);
      if (contents === undefined) continue;
      const bytes = Buffer.from(contents);
      entries.set(path, { kind: 'file', id: '', size: bytes.length });
      all.set(path, bytes);
    }
    return new RepositoryTree(entries, all);
  }
}

function kindOf(mode: string): EntryKind {
  if (mode.startsWith('100')) return 'file';
  return mode === '120000' ? 'link' : 'other';
}

function foldersOf(
  entries: ReadonlyMap<string, TreeEntry>,
): ReadonlyMap<string, ReadonlyMap<string, EntryKind>> {
  const folders = new Map<string, Map<string, EntryKind>>();
  for (const [path, { kind }] of entries) {
    let child = path;
    let childKind = kind;
    while (child !== '') {
      const end = child.lastIndexOf('/');
      const folder = child.slice(0, Math.max(end, 0));
      const known = folders.get(folder);
      (known ?? folders.set(folder, new Map()).get(folder))?.set(child.slice(end + 1), childKind);
      if (known !== undefined) break;
      [child, childKind] = [folder, 'folder'];
    }
  }
  return folders;
}
