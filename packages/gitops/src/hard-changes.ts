import type { Agent, Finding, KubernetesObject, Manifest, RenderedApplication } from '@strake/core';
import { annotated } from './agents/agent-files.ts';
import { droppedCount, scalerOf } from './dropped-count.ts';
import { emit } from './emit.ts';
import { hasImmutableFields, immutableChange } from './immutable-fields.ts';
import { applicationFolder, objectPaths } from './layout.ts';
import { readOwnership } from './ownership.ts';
import type { PlannedFile } from './plan.ts';
import { openRepository } from './repository.ts';
import { Surroundings } from './standing.ts';

/** What objects are compared with. */
export interface HardChangesOptions {
  readonly project: string;
  /** Folder of the repository. */
  readonly directory: string;
  readonly agent?: Agent | undefined;
  /**
   * Whether the changes are to be made all the same, which makes warnings of them.
   * @default false
   */
  readonly force?: boolean;
}

const CODES: ReadonlySet<string> = new Set(['field-immutable', 'replicas-dropped']);

/** Whether a finding is about a change that a cluster does not make of an object as it is meant. */
export function isHardChange({ code }: Finding): boolean {
  return CODES.has(code);
}

/** What a cluster that has the object of a file cannot make of it, or not without harm. */
export function hardChanges(file: PlannedFile, standing: Buffer, isForced: boolean): readonly Finding[] {
  const found = [immutableChange(file, standing, isForced), droppedCount(file, standing, isForced)];
  return found.filter((each) => each !== undefined);
}

/**
 * Hands applications on, one after the other, and reports what of them a cluster cannot make of the objects in the
 * repository: as a write does, and with the lines of code behind it. Nothing of the applications is kept.
 */
export function* comparedWithRepository<Rendered extends RenderedApplication>(
  rendered: Iterable<Rendered>,
  { project, directory, agent, force: isForced = false }: HardChangesOptions,
  report: (finding: Finding) => void,
): Generator<Rendered> {
  const reader = openRepository(directory);
  const surroundings = new Surroundings(reader);
  const { inventory, findings } = readOwnership(project, reader, surroundings);
  const isOwned = (path: string) => inventory.files.has(path) || inventory.pending.has(path);
  for (const each of rendered) {
    // With an inventory that cannot be believed a write tells that alone.
    for (const file of findings.length > 0 ? [] : filesToCompare(each, agent, isOwned)) {
      const { kind, at } = surroundings.at(file.path);
      const bytes = kind === 'file' && at === file.path ? reader.read(file.path) : undefined;
      if (bytes === undefined) continue;
      for (const found of hardChanges(file, bytes, isForced)) report(found);
    }
    yield each;
  }
}

/** The files of the objects that a cluster may be unable to change. */
function* filesToCompare(
  { environment, application, namespace, manifests }: RenderedApplication,
  agent: Agent | undefined,
  isOwned: (path: string) => boolean,
): Generator<PlannedFile> {
  const folder = applicationFolder(environment.name, application);
  const objects = manifests.map(({ object }) => object);
  if (!objects.some(isHardToChange)) return;
  const paths = objectPaths(objects, namespace);
  for (const [index, manifest] of manifests.entries()) {
    const path = `${folder}/${paths[index]}`;
    if (!isHardToChange(manifest.object) || !isOwned(path)) continue;
    const contents = contentsOf(annotated(manifest, agent));
    const scaledBy = scalerOf(manifest);
    if (contents !== undefined)
      yield {
        path,
        environment: environment.name,
        application,
        contents,
        manifest,
        ...(scaledBy !== undefined && { scaledBy }),
      };
  }
}

function isHardToChange({ apiVersion, kind }: KubernetesObject): boolean {
  return hasImmutableFields(apiVersion, kind);
}

/** What cannot be written is told where it is to be. */
function contentsOf({ object, comments }: Manifest): string | undefined {
  try {
    return emit(object, comments);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
