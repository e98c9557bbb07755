import { StrakeError, type Finding } from '@strake/core';
import type { Change, ChangeKind } from './changes.ts';
import { STRAKE } from './layout.ts';
import type { Plan } from './plan.ts';
import { takeLock, type LockTaking } from './project-lock.ts';
import { openRepository, type RepositoryFolder } from './repository.ts';
import { hasError, updateOf } from './update.ts';
import { WriteSteps } from './write-steps.ts';

export interface WriteOptions {
  /**
   * Whether files that were edited by hand are overwritten, and objects and counts of pods removed that a controller is to
   * take over. Files of other owners never are overwritten.
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
 * The files of a folder that is not there yet are written into a temporary one beside the inventory, which is renamed once
 * it has all of them.
 * Last, once no file is left to change, the inventory forgets what was. Until then it still knows files that are gone
 * already, which makes nothing worse: a file that is in no plan and not there is forgotten, and its empty folder removed.
 *
 * Two writes of one project would each follow the inventory of the other into the void, so a lock lets one write at a
 * time. It is not taken where there is nothing to write; who takes it looks again, unless the project has no inventory yet.
 *
 * This holds when the process dies. When the machine dies, what the disk had not yet taken is found as `file-edited`.
 */
export function write(plan: Plan, directory: string, options: WriteOptions = {}): WriteResult {
  return writeTo(openRepository(directory), plan, options);
}

/** As `write`, through steps that a test can watch and cut off. */
export function writeTo(
  repository: RepositoryFolder,
  plan: Plan,
  { force: isForced = false, dryRun = false }: WriteOptions,
  taking: LockTaking = {},
): WriteResult {
  let result: WriteResult = { changes: [], inventory: 'unchanged', findings: plan.findings };
  const look = (): WriteSteps => {
    const update = updateOf(plan, repository, isForced);
    const findings = [...plan.findings, ...update.findings];
    result = { changes: update.changes.changes, inventory: update.inventoryChange, findings };
    return new WriteSteps(repository, plan, update);
  };
  // Another writer may take a file away while it is looked at; who holds the lock sees whether it is that.
  let seen: WriteSteps | undefined;
  const isNeeded = (): boolean => {
    try {
      seen = look();
      return seen.isNeeded() || hasError(result.findings);
    } catch (error) {
      if (dryRun || !StrakeError.is(error)) throw error;
      result = { ...result, findings: [...plan.findings, ...error.findings] };
      return true;
    }
  };
  try {
    if (!isNeeded() || dryRun || hasError(plan.findings)) return result;
    const isRefused = hasError(result.findings);
    const release = lock(repository, plan.project, taking, isRefused);
    // What was seen may be what another writer of the project has half done; then the lock's holder looks again.
    if (release !== undefined)
      whileLocked(release, () => {
        const write = seen?.isFirst() === true ? seen : look();
        if (!hasError(result.findings)) write.carryOut();
      });
    if (isRefused && release !== undefined) repository.removeFolder(STRAKE);
    return result;
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    if (seen === undefined) repository.removeFolder(STRAKE);
    return {
      ...result,
      findings: [...(seen === undefined ? plan.findings : result.findings), ...error.findings],
    };
  }
}

/** Beside errors that are there already it tells nobody anything that no lock can be made either. */
function lock(repository: RepositoryFolder, project: string, taking: LockTaking, isRefused: boolean) {
  try {
    return takeLock(repository, project, taking);
  } catch (error) {
    const isBusy = StrakeError.is(error) && error.findings.some(({ code }) => code === 'repository-busy');
    if (isRefused && StrakeError.is(error) && !isBusy) return undefined;
    throw error;
  }
}

/** What goes wrong is said, and not that the lock then could not be removed either. */
function whileLocked(release: () => void, act: () => void): void {
  try {
    act();
  } catch (error) {
    try {
      release();
    } catch {
      // The next writer removes the lock.
    }
    throw error;
  }
  release();
}
