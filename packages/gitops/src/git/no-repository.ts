import { basename, dirname, join } from 'node:path';
import { finding, StrakeError } from '@strake/core';
import { openRepository, type EntryKind } from '../repository.ts';
import type { GitLocation } from './git-location.ts';

const NOT_FOUND =
  /does not appear to be a git repository|No such file or directory|not a git repository|invalid gitfile/i;

/**
 * What stands where a path names a Git repository and git finds none. Undefined where the repository is on a server, or
 * git complains of something else.
 */
export function noRepository(location: GitLocation, complaint: string): StrakeError | undefined {
  if (location.protocol !== 'file' || !NOT_FOUND.test(complaint)) return undefined;
  const kind = kindOf(location.path);
  return new StrakeError([
    finding({
      code: 'repository-missing',
      path: location.shown,
      written: standing(kind, location.path),
      allowed: 'a Git repository: its URL, or the folder of a bare one',
      fix:
        kind === undefined
          ? 'Correct the path (`repository.url`, or --repository). `git init --bare` makes an empty repository.'
          : 'Name the repository by its URL (`repository.url`, or --repository). `git init --bare` makes an empty one.',
    }),
  ]);
}

/** A repository that has other branches than the one that is named. */
export function branchMissing(branch: string, { shown }: GitLocation): StrakeError {
  return new StrakeError([
    finding({
      code: 'branch-missing',
      path: shown,
      written: `the branch \`${branch}\``,
      allowed: 'a branch that exists; in a repository without any commit it is made',
      fix: 'Correct `repository.branch`, or create the branch.',
    }),
  ]);
}

function standing(kind: EntryKind | undefined, path: string): string {
  if (kind === undefined) return 'there is no such folder';
  if (kind === 'file') return 'a file, and no repository';
  return isInside(dirname(path))
    ? 'a folder inside of another Git repository, and none itself'
    : 'a plain folder, and no Git repository';
}

function kindOf(path: string): EntryKind | undefined {
  return openRepository(dirname(path)).entries('').get(basename(path));
}

function isInside(folder: string): boolean {
  if (kindOf(join(folder, '.git')) !== undefined) return true;
  return folder !== dirname(folder) && isInside(dirname(folder));
}
