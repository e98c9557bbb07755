import { finding, StrakeError, type Finding } from '@strake/core';
import { contentHash } from '../content-hash.ts';
import { withScalers } from '../dropped-count.ts';
import { fileEdited, pathUnsafe } from '../file-findings.ts';
import { CLUSTERS, ENVIRONMENTS, folderOf, inventoryPath, placeOf, STRAKE } from '../layout.ts';
import { readOwnership, type Ownership } from '../ownership.ts';
import type { Plan, PlannedFile } from '../plan.ts';
import { openRepository, type RepositoryReader } from '../repository.ts';
import { Surroundings } from '../standing.ts';

export interface RenderedFolderOptions {
  /** @default - the only project that the folder holds */
  readonly project?: string;
  /** @default - all environments that the folder holds */
  readonly environments?: readonly string[];
  /** @default - all applications that the folder holds */
  readonly applications?: readonly string[];
  /**
   * Whether the folder holds all that the project has, so that what it has no longer is removed.
   * @default false
   */
  readonly whole?: boolean;
}

interface RenderedFolder {
  readonly reader: RepositoryReader;
  readonly surroundings: Surroundings;
  readonly ownership: Ownership;
  readonly findings: Finding[];
}

/**
 * The plan that another run has written into a folder. The folder's inventory says what belongs to it, and every file
 * must be there with the bytes that were rendered: nothing is run and no link is followed.
 */
export function planOfFolder(directory: string, options: RenderedFolderOptions = {}): Plan {
  const { environments, applications, whole = false } = options;
  let project = options.project ?? '';
  try {
    const reader = openRepository(directory);
    const surroundings = new Surroundings(reader);
    if (project === '') project = onlyProject(surroundings);
    const ownership = readOwnership(project, reader, surroundings);
    const findings = [...ownership.findings];
    if (ownership.text === undefined && findings.length === 0) findings.push(notRendered(project));
    const folder: RenderedFolder = { reader, surroundings, ownership, findings };
    const isWanted = (path: string) => {
      const { environment, application } = placeOf(path);
      return environments?.includes(environment) !== false && applications?.includes(application) !== false;
    };
    const paths = [...ownership.inventory.files.keys()].filter(isWanted).toSorted();
    const files = withScalers(paths.flatMap((path) => renderedFile(path, folder)));
    if (ownership.inventory.pending.size > 0) findings.push(incomplete(project));
    const isAll = whole && environments === undefined && applications === undefined;
    const folders = isAll ? [ENVIRONMENTS, CLUSTERS] : [...new Set(paths.map(folderOf))];
    return { project, files, folders, findings };
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    return { project, files: [], folders: [], findings: error.findings };
  }
}

function renderedFile(path: string, folder: RenderedFolder): PlannedFile[] {
  const { reader, surroundings, ownership, findings } = folder;
  const place = { path, ...placeOf(path) };
  const standing = surroundings.at(path);
  if (standing.kind === 'nothing') return (findings.push(missing(path)), []);
  if (standing.kind !== 'file' || standing.at !== path) return (findings.push(pathUnsafe(standing)), []);
  const bytes = reader.read(path) ?? Buffer.alloc(0);
  const contents = bytes.toString('utf8');
  const isRendered = contentHash(bytes) === ownership.inventory.files.get(path);
  if (!isRendered || !Buffer.from(contents).equals(bytes)) findings.push(fileEdited(place, false));
  return [{ ...place, contents }];
}

function onlyProject(surroundings: Surroundings): string {
  const names = [...surroundings.entries(STRAKE).keys()].filter(
    (name) => name.endsWith('.json') && !name.endsWith('.facts.json'),
  );
  const [name = ''] = names;
  if (names.length === 1) return name.slice(0, -'.json'.length);
  throw new StrakeError([
    finding({
      code: 'folder-incomplete',
      path: STRAKE,
      written: names.length === 0 ? 'no inventory' : `the inventories of ${names.length} projects`,
      allowed: 'a folder that `strake synth --out` has written',
      fix: names.length === 0 ? 'Name the folder that was rendered to.' : 'Name the project with --project.',
    }),
  ]);
}

function notRendered(project: string): Finding {
  return finding({
    code: 'folder-incomplete',
    path: inventoryPath(project),
    written: 'no inventory of the project',
    allowed: 'a folder that `strake synth --out` has written',
    fix: 'Render the project into the folder first.',
  });
}

function incomplete(project: string): Finding {
  return finding({
    code: 'folder-incomplete',
    path: inventoryPath(project),
    written: 'a write that has not ended',
    allowed: 'a folder that `strake synth --out` has written to the end',
    fix: 'Render the project into the folder again.',
  });
}

function missing(path: string): Finding {
  return finding({
    code: 'folder-incomplete',
    path,
    written: 'no file',
    allowed: 'every file that the inventory of the folder names',
    fix: 'Render the project into the folder again, and hand over all of it, `.strake` included.',
  });
}
