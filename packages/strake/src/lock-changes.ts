import { StrakeError, type Finding, type LockedImage } from '@strake/core';
import { editedImageLock, imageLockPath, openImageLocks, writeImageLock } from '@strake/gitops';
import type { Io } from './io.ts';
import type { ProjectImage } from './project-images.ts';
import { plural } from './show-findings.ts';
import { showTable } from './show-table.ts';

/** One entry of an image lock that is changed or added. */
export interface LockChange {
  readonly image: ProjectImage;
  readonly locked: LockedImage;
}

/** Changes image locks on disk, one after the other, each as a whole. Nothing but the locks is touched. */
export async function changeImageLocks(
  repository: string,
  changes: readonly LockChange[],
): Promise<readonly Finding[]> {
  const locks = openImageLocks(repository);
  for (const group of grouped(changes).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { environment, application } = first.image;
    const file = await locks.read(environment, application);
    if (file.findings.length > 0) return file.findings;
    const after = await editedImageLock(
      file,
      group.map(({ locked }) => locked),
    );
    try {
      if (after !== file.text) writeImageLock(repository, file, after);
    } catch (error) {
      if (StrakeError.is(error)) return error.findings;
      throw error;
    }
  }
  return [];
}

/** Prints what changes in the locks. */
export function showLockChanges(changes: readonly LockChange[], isDry: boolean, io: Io): void {
  showTable(
    changes.map(({ image, locked }) => [
      ...placeOf(image),
      lockedText(image.locked),
      '->',
      lockedText(locked),
    ]),
    io,
  );
  const files = new Set(changes.map(pathOf)).size;
  io.err(
    `${isDry ? 'would lock' : 'locked'} ${plural(changes.length, 'image')} in ${plural(files, 'file')}` +
      `${changes.length > 0 && !isDry ? '; `strake synth` renders them' : ''}\n`,
  );
}

/** Where an image runs, and which it is. */
export function placeOf({ environment, application, reference }: ProjectImage): string[] {
  return [environment, application, reference.name];
}

/** An entry of a lock in few words. */
export function lockedText(locked: LockedImage | undefined): string {
  if (locked === undefined) return 'not locked';
  return (
    locked.newTag + (locked.digest === undefined ? '' : `@${locked.digest.slice(0, 'sha256:'.length + 12)}`)
  );
}

/** A change as `--json` prints it. */
export function changeJson({ image, locked }: LockChange): object {
  const { environment, application, reference } = image;
  return {
    environment,
    application,
    name: reference.name,
    from: entryJson(image.locked),
    to: entryJson(locked),
  };
}

/** An entry of a lock as `--json` prints it. */
export function entryJson(locked: LockedImage | undefined): object | null {
  return locked === undefined ? null : { newTag: locked.newTag, digest: locked.digest ?? null };
}

function pathOf({ image }: LockChange): string {
  return imageLockPath(image.environment, image.application);
}

function grouped(changes: readonly LockChange[]): Map<string, LockChange[]> {
  const groups = new Map<string, LockChange[]>();
  for (const change of changes) groups.set(pathOf(change), [...(groups.get(pathOf(change)) ?? []), change]);
  return groups;
}
