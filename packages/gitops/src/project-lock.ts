import { randomBytes } from 'node:crypto';
import { finding, StrakeError } from '@strake/core';
import { pathUnsafe } from './file-findings.ts';
import { inventoryPath, STRAKE } from './layout.ts';
import type { RepositoryFolder, RepositoryReader } from './repository.ts';
import { isHere, isRunning, thisProcess, type RunningProcess } from './running-process.ts';
import { Surroundings } from './standing.ts';

/** A file that says that a process writes, or wants to. Its name says all, so that it is never there in part. */
interface LockFile {
  readonly path: string;
  readonly holder: RunningProcess;
}

/** How a writer takes the lock of its project. */
export interface LockTaking {
  /**
   * The process that takes it.
   * @default - this one
   */
  readonly holder?: RunningProcess;
  /**
   * Milliseconds that it waits for others.
   * @default 10000
   */
  readonly patience?: number;
}

const NAME = /^([0-9a-f]{12})-(\d{1,10})-(\d*)-[0-9a-f]{12}$/;
const EXTENSION = '.lock';
const PATIENCE = 10_000;
const PAUSE = 10;

/**
 * Takes the lock of a project, and gives what releases it.
 *
 * Every writer puts a file of its own beside the inventory and then looks for those of others; alone there, it has the
 * lock. Of two that meet, at least the later one sees the other. The one whose file comes first by name stays and waits,
 * all others withdraw until it is gone. A name is never used twice, so the file of a process that has died can be
 * removed by anybody at any time, which no single file for all could.
 */
export function takeLock(repository: RepositoryFolder, project: string, taking: LockTaking = {}): () => void {
  const { holder = thisProcess(), patience = PATIENCE } = taking;
  const end = Date.now() + patience;
  for (;;) {
    const own = pathOf(project, holder);
    const standing = new Surroundings(repository).at(own);
    if (standing.kind !== 'nothing') throw new StrakeError([pathUnsafe(standing)]);
    repository.create(own, '');
    const [other] = thoseBefore(own, repository, project, end);
    if (other === undefined) return () => repository.remove(own);
    repository.remove(own);
    if (Date.now() >= end) throw new StrakeError([busy(other)]);
    waitUntil(end, () => runningLocks(repository, project).length === 0);
  }
}

/** The locks to withdraw from, be it at once or since time is over; none once the own one is alone. */
function thoseBefore(
  own: string,
  repository: RepositoryFolder,
  project: string,
  end: number,
): readonly LockFile[] {
  let others: readonly LockFile[] = [];
  try {
    waitUntil(end, () => {
      others = runningLocks(repository, project, own);
      return others.length === 0 || others.some(({ path }) => path < own);
    });
    return others;
  } catch (error) {
    repository.remove(own);
    throw error;
  }
}

/** Paths of locks that processes of a project have left when they died. */
export function abandonedLocks(reader: RepositoryReader, project: string): string[] {
  return locksOf(reader, project).flatMap(({ path, holder }) => (isRunning(holder) ? [] : [path]));
}

/** The locks of other processes that run; those of processes that have died are removed. */
function runningLocks(repository: RepositoryFolder, project: string, own?: string): LockFile[] {
  return locksOf(repository, project).filter(({ path, holder }) => {
    if (path === own) return false;
    if (isRunning(holder)) return true;
    repository.remove(path);
    return false;
  });
}

/** Asks again and again, at least once, until it is so or the time is over. */
function waitUntil(end: number, isSo: () => boolean): void {
  while (!isSo() && Date.now() < end) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
}

function locksOf(reader: RepositoryReader, project: string): LockFile[] {
  const prefix = prefixOf(project);
  return [...new Surroundings(reader).entries(STRAKE)].flatMap(([name, kind]) => {
    if (kind !== 'file' || !name.startsWith(prefix) || !name.endsWith(EXTENSION)) return [];
    const [, machine, id, started] = NAME.exec(name.slice(prefix.length, -EXTENSION.length)) ?? [];
    if (machine === undefined || id === undefined || started === undefined) return [];
    return [{ path: `${STRAKE}/${name}`, holder: { machine, id: Number(id), started } }];
  });
}

function pathOf(project: string, { machine, id, started }: RunningProcess): string {
  const unique = randomBytes(6).toString('hex');
  return `${STRAKE}/${prefixOf(project)}${machine}-${id}-${started}-${unique}${EXTENSION}`;
}

/** No name of a project has a dot there, so no project takes another one's lock for its own. */
function prefixOf(project: string): string {
  return inventoryPath(project).slice(`${STRAKE}/`.length, -'json'.length);
}

function busy({ path, holder }: LockFile) {
  return finding({
    code: 'repository-busy',
    path,
    written: `process ${holder.id} of ${isHere(holder) ? 'this machine' : 'another machine or container'} writes the files of the project`,
    allowed: 'one writer of a project at a time',
    fix: isHere(holder)
      ? 'Wait until that process ends, and run it again.'
      : `Wait until that process ends, and run it again; delete \`${path}\` if it has ended without removing it.`,
  });
}
