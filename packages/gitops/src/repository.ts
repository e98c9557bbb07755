import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
  type Dirent,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, refusal } from './refusal.ts';

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
  rename(from: string, to: string): void;
  remove(file: string): void;
  /** Removes a folder if nothing is in it; says whether it is gone. */
  removeFolder(folder: string): boolean;
}

/** A link in place of the file is not followed, and a pipe does not block. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const ONLY_OWN = 'wx';

/**
 * The repository in a folder on disk. Calls are synchronous, which is several times faster for many small files. What
 * the system refuses is thrown as a finding.
 */
export function openRepository(directory: string): RepositoryFolder {
  const refusable = <Result>(path: string, call: (absolute: string) => Result): Result => {
    try {
      return call(join(directory, path));
    } catch (error) {
      throw refusal(error, path) ?? error;
    }
  };
  return {
    entries: (folder) => refusable(folder, (absolute) => entriesOf(absolute)),
    read: (file, atMost = Infinity) => refusable(file, (absolute) => readFile(absolute, atMost)),
    create: (file, contents) => refusable(file, (absolute) => createFile(absolute, contents)),
    rename: (from, to) => refusable(to, (absolute) => renameSync(join(directory, from), absolute)),
    remove: (file) => refusable(file, (absolute) => ignoring(['ENOENT'], () => unlinkSync(absolute))),
    removeFolder: (folder) => refusable(folder, removeEmptyFolder),
  };
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
    return fstatSync(descriptor).size > atMost ? undefined : readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
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
