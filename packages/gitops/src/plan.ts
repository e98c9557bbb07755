import {
  finding,
  type Finding,
  type JsonObject,
  type Manifest,
  type RenderedApplication,
} from '@strake/core';
import { emit } from './emit.ts';
import { applicationFolder, ENVIRONMENTS, FACTS_FILE, objectPaths } from './layout.ts';

/** Where a file stands, and whose it is. */
export interface FilePlace {
  /** Path from the repository's root, with `/`. */
  readonly path: string;
  readonly environment: string;
  readonly application: string;
}

/** A file that a render wants in the repository. */
export interface PlannedFile extends FilePlace {
  readonly contents: string;
}

/** The exact files that a render wants in the repository. */
export interface Plan {
  readonly project: string;
  /** Sorted by path. */
  readonly files: readonly PlannedFile[];
  /** The folders that the plan speaks for: files of the project that it does not plan there are removed. */
  readonly folders: readonly string[];
  /** What cannot be written; with an error among them nothing is. */
  readonly findings: readonly Finding[];
}

export interface PlanOptions {
  /**
   * Whether this is all that the project has, so that applications and environments it has no longer are removed.
   * @default false
   */
  readonly whole?: boolean;
}

/**
 * Turns rendered applications into files, one after the other. Pure: the same objects give the same bytes everywhere.
 */
export function plan(
  project: string,
  rendered: Iterable<RenderedApplication>,
  { whole = false }: PlanOptions = {},
): Plan {
  const findings: Finding[] = [];
  const files = new Map<string, PlannedFile>();
  const folders = new Set<string>();
  for (const each of rendered) {
    folders.add(applicationFolder(each.environment.name, each.application));
    for (const file of applicationFiles(each, findings)) {
      if (files.has(file.path)) findings.push(duplicatePath(file));
      else files.set(file.path, file);
    }
  }
  return {
    project,
    files: [...files.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1)),
    folders: whole ? [ENVIRONMENTS] : [...folders].toSorted(),
    findings,
  };
}

/** The files of an application's folder. Agents apply those that its kustomization names, and no others. */
function applicationFiles(rendered: RenderedApplication, findings: Finding[]): PlannedFile[] {
  const { environment, application, namespace, manifests, facts } = rendered;
  const folder = applicationFolder(environment.name, application);
  const file = (path: string, contents: string): PlannedFile => ({
    path: `${folder}/${path}`,
    contents,
    environment: environment.name,
    application,
  });
  const resources = objectPaths(
    manifests.map(({ object }) => object),
    namespace,
  );
  const files = manifests.flatMap((manifest, index) => {
    const contents = emitted(manifest, rendered, findings);
    return contents === undefined ? [] : [file(resources[index] ?? '', contents)];
  });
  const kustomized = file('kustomization.yaml', emit(kustomization(resources)));
  const published = facts === undefined ? [] : [file(FACTS_FILE, `${JSON.stringify(facts, null, 2)}\n`)];
  return [...files, kustomized, ...published];
}

/** With an empty list of resources kubectl still builds it, to nothing; without the list it fails. */
function kustomization(resources: readonly string[]): JsonObject {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: resources.toSorted(),
  };
}

function emitted(
  { object, comments }: Manifest,
  { environment, application }: RenderedApplication,
  findings: Finding[],
): string | undefined {
  try {
    return emit(object, comments);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    findings.push({
      ...finding({
        code: 'value-invalid',
        path: application,
        written: `${object.kind} \`${object.metadata.name}\`: ${error.message}`,
        allowed: 'values that YAML can hold',
        fix: 'Correct the value at that place of the object.',
      }),
      environments: [environment.name],
    });
    return undefined;
  }
}

function duplicatePath({ path, environment, application }: PlannedFile): Finding {
  return {
    ...finding({
      code: 'object-duplicate',
      path: application,
      written: `two files at \`${path}\``,
      allowed: 'one object of a kind and name in a namespace, and one application of a name',
      fix: 'Rename one of the two.',
    }),
    environments: [environment],
  };
}
