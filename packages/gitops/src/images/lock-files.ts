import process from 'node:process';
import { finding, StrakeError, type Finding, type LockedImage } from '@strake/core';
import { pathUnsafe } from '../file-findings.ts';
import { temporaryName } from '../layout.ts';
import { openRepository } from '../repository.ts';
import { parentOf, Surroundings } from '../standing.ts';
import type { ImageLock } from './image-lock.ts';
import { imageLockPath, IMAGES } from './lock-path.ts';

/** An image lock on disk. */
export interface ImageLockFile extends ImageLock {
  /** Path in the repository. */
  readonly path: string;
  /** Undefined when there is no file. */
  readonly text: string | undefined;
}

const LARGEST = 262_144;

/** The image locks of a repository. Each of its folders is read once. */
export interface ImageLocks {
  read(environment: string, application: string): Promise<ImageLockFile>;
}

/** The image locks of the repository in a folder. */
export function openImageLocks(directory: string): ImageLocks {
  const repository = openRepository(directory);
  const surroundings = new Surroundings(repository);
  return {
    read: async (environment, application) => {
      const path = imageLockPath(environment, application);
      const nothing: ImageLockFile = { path, text: undefined, images: [], findings: [] };
      try {
        const obstacle = obstacleAt(surroundings, path);
        if (obstacle === 'nothing') return nothing;
        if (obstacle !== undefined) return { ...nothing, findings: [obstacle] };
        const text = repository.read(path, LARGEST)?.toString('utf8');
        if (text === undefined) return { ...nothing, findings: [tooLarge(path)] };
        // The library for YAML takes long to load, and most runs have no lock.
        const { parseImageLock } = await import('./image-lock.ts');
        return { path, text, ...parseImageLock(text, path) };
      } catch (error) {
        if (!StrakeError.is(error)) throw error;
        return { ...nothing, findings: error.findings };
      }
    },
  };
}

/** The bytes of a lock with these entries changed or added; comments and all else stay. */
export async function editedImageLock(
  { text }: ImageLockFile,
  changed: readonly LockedImage[],
): Promise<string> {
  const { editImageLock } = await import('./edit-image-lock.ts');
  return editImageLock(text, changed);
}

/** Replaces an image lock as a whole, or not at all. Throws a StrakeError when that cannot be done safely. */
export function writeImageLock(
  directory: string,
  { path, text: before }: ImageLockFile,
  after: string,
): void {
  const repository = openRepository(directory);
  const obstacle = obstacleAt(new Surroundings(repository), path);
  if (obstacle !== undefined && obstacle !== 'nothing') throw new StrakeError([obstacle]);
  const now = obstacle === 'nothing' ? undefined : repository.read(path, LARGEST)?.toString('utf8');
  if (now !== before) throw new StrakeError([changedMeanwhile(path)]);
  const temporary = `${parentOf(path)}/${temporaryName(IMAGES, process.pid)}`;
  repository.remove(temporary);
  repository.create(temporary, after);
  repository.rename(temporary, path);
}

/** What stands in the way of a file; no link is followed, on the way or at its end. */
function obstacleAt(surroundings: Surroundings, path: string): Finding | 'nothing' | undefined {
  const standing = surroundings.at(path);
  if (standing.kind === 'nothing') return 'nothing';
  return standing.kind === 'file' && standing.at === path ? undefined : pathUnsafe(standing);
}

function tooLarge(path: string): Finding {
  return finding({
    code: 'input-invalid',
    path,
    written: `more than ${LARGEST} bytes`,
    allowed: 'an image lock of one application in one environment',
    fix: 'Restore the file from git.',
  });
}

function changedMeanwhile(path: string): Finding {
  return finding({
    code: 'file-edited',
    path,
    written: 'another program changed it meanwhile',
    allowed: 'one writer at a time',
    fix: 'Run the command again.',
  });
}
