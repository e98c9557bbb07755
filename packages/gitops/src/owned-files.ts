import { readOwnership } from './ownership.ts';
import { openRepository } from './repository.ts';
import { Surroundings } from './standing.ts';

/** The paths that a project has written into the repository in a folder, as its inventory says. */
export function ownedFiles(project: string, directory: string): ReadonlySet<string> {
  const reader = openRepository(directory);
  const { files, pending } = readOwnership(project, reader, new Surroundings(reader)).inventory;
  return new Set([...files.keys(), ...pending.keys()]);
}
