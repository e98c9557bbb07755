import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
  type Dirent,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { errorCode, refusal } from './refusal.ts';
import { parentOf } from './standing.ts';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** Reads a repository. Paths have `/` and begin at the repository's root, which is ''. */
export interface RepositoryReader {
  /** What is in a folder, by name. A repository that does not exist yet is empty. */
  entries(folder: string): ReadonlyMap<string, EntryKind>;
  /** The bytes of a file, or undefined when there are more of them than asked for. */
  read(file: string, atMost?: number): Buffer | undefined;
}

/** Reads and changes a repository. Every call is one step, which the system does as a whole or not at all. */
export interface RepositoryFolder extends RepositoryReader {
  /** Writes a file that must not exist yet, after the folders that it is in. The one call that may end halfway. */
  create(file: string, contents: string): void;
  /** Renames a file, or a folder, after the folders that it is to be in. No folder takes the place of one with files. */
  rename(from: string, to: string): void;
  remove(file: string): void;
  /** Removes a folder if nothing is in it; says whether it is gone. */
  removeFolder(folder: string): boolean;
}

/** A link in place of the file is not followed, and a pipe does not block. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const ONLY_OWN = 'wx';
/** Most files are smaller, and read without asking how long they are; what is in here is of the last one. */
const beginning = Buffer.allocUnsafe(64 * 1024);

/**
 * The repository in a folder on disk. Calls are synchronous, which is several times faster for many small files. What
 * the system refuses is thrown as a finding.
 */
export function openRepository(directory: string): RepositoryFolder {
  const root = join(directory, '.', sep);
  // What was put into last is there, unless it has gone since; then it is made again.
  let folder: string | undefined;
  return {
    entries(path) {
      try {
        return entriesOf(root + path);
      } catch (error) {
        throw refused(error, path);
      }
    },
    read(file, atMost = Infinity) {
      try {
        return readFile(root + file, atMost);
      } catch (error) {
        throw refused(error, file);
      }
    },
    create(file, contents) {
      try {
        if (parentOf(file) !== folder) makeFolder(root + (folder = parentOf(file)));
        createFile(root + file, contents);
      } catch (error) {
        throw refused(error, file);
      }
    },
    rename(from, to) {
      if (from === folder) folder = undefined;
      try {
        renameEntry(root + from, root + to);
      } catch (error) {
        throw refused(error, to);
      }
    },
    remove(file) {
      try {
        ignoring(['ENOENT'], () => unlinkSync(root + file));
      } catch (error) {
        throw refused(error, file);
      }
    },
    removeFolder(path) {
      try {
        return removeEmptyFolder(root + path);
      } catch (error) {
        throw refused(error, path);
      }
    },
  };
}

function refused(error: unknown, path: string): unknown {
  return refusal(error, path) ?? error;
}

/** A folder that is gone is empty: another project removes those that it has emptied. */
function entriesOf(absolute: string): ReadonlyMap<string, EntryKind> {
  const entries = ignoring(['ENOENT'], () => readdirSync(absolute, { withFileTypes: true })) ?? [];
  return new Map(entries.map((entry) => [entry.name, kindOf(entry)]));
}

function kindOf(entry: Dirent): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function readFile(absolute: string, atMost: number): Buffer | undefined {
  const descriptor = openSync(absolute, READ);
  try {
    const length = readInto(beginning, descriptor);
    if (length < beginning.length)
      return length > atMost ? undefined : Buffer.from(beginning.subarray(0, length));
    if (fstatSync(descriptor).size > atMost) return undefined;
    return Buffer.concat([beginning, readFileSync(descriptor)]);
  } finally {
    closeSync(descriptor);
  }
}

/** How many bytes of the file it took: all of them, or as many as there is room for. */
function readInto(buffer: Buffer, descriptor: number): number {
  for (let length = 0; ;) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += count;
    if (count === 0 || length === buffer.length) return length;
  }
}

/** What stands in its way is told by the file that is to be in it. */
function makeFolder(absolute: string): void {
  try {
    mkdirSync(absolute, { recursive: true });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

function renameEntry(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
}

/** Its folders may be gone again before the file is in them: another project removes those that are empty. */
function createFile(absolute: string, contents: string, attempts = 10): void {
  try {
    writeFileSync(absolute, contents, { flag: ONLY_OWN });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || attempts === 0) throw error;
    ignoring(['ENOENT'], () => mkdirSync(dirname(absolute), { recursive: true }));
    createFile(absolute, contents, attempts - 1);
  }
}

function removeEmptyFolder(absolute: string): boolean {
  try {
    rmdirSync(absolute);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return true;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

function ignoring<Result>(codes: readonly string[], call: () => Result): Result | undefined {
  try {
    return call();
  } catch (error) {
    if (codes.includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
