import {
  finding,
  type ApplicationFacts,
  type Config,
  type Finding,
  type JsonObject,
  type Manifest,
  type Platform,
  type RenderedApplication,
  type SyncedApplication,
} from '@strake/core';
import { agentFiles, annotated } from './agents/agent-files.ts';
import { codeOwners } from './code-owners.ts';
import { scalerOf } from './dropped-count.ts';
import { emit } from './emit.ts';
import { pathDuplicate } from './file-findings.ts';
import { imageLockFolder } from './images/lock-path.ts';
import {
  agentApplicationFolder,
  agentFolder,
  applicationFolder,
  CLUSTERS,
  environmentFolder,
  ENVIRONMENTS,
  FACTS_FILE,
  objectPaths,
} from './layout.ts';
import { parentOf } from './standing.ts';

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
  /** The controller to which the number of the object's pods is left. */
  readonly scaledBy?: string;
  /** What the file was made of; only in a plan that is `traced`. */
  readonly manifest?: Manifest;
}

/** The exact files that a render wants in the repository. */
export interface Plan {
  readonly project: string;
  /** Sorted by path. */
  readonly files: readonly PlannedFile[];
  /** The folders that the plan speaks for: files of the project that it does not plan there are removed. */
  readonly folders: readonly string[];
  /**
   * Where the objects would stand that a controller makes instead.
   * @default - nowhere
   */
  readonly withheld?: readonly FilePlace[];
  /** What cannot be written; with an error among them nothing is. */
  readonly findings: readonly Finding[];
}

/** What a plan is made with, beside what is rendered: what the configuration says of it. */
export interface PlanOptions extends Pick<Config, 'agent' | 'platform' | 'ownsPlatform'> {
  /**
   * Whether this is all that the project has, or all that it has in the environments of these names: there, what it has no
   * longer is removed.
   * @default false
   */
  readonly whole?: boolean | readonly string[];
  /**
   * Whether the files keep what knows who wrote their values, so that findings about changes name lines of code. All that
   * was rendered then stays in memory as long as the plan.
   * @default false
   */
  readonly traced?: boolean;
}

/**
 * Turns rendered applications into files, one after the other. Pure: the same objects give the same bytes everywhere.
 */
export function plan(
  project: string,
  rendered: Iterable<SyncedApplication['rendered']>,
  options: PlanOptions = {},
): Plan {
  const { whole = false, agent, platform, ownsPlatform = false, traced = false } = options;
  const findings: Finding[] = [];
  const files: PlannedFile[] = [];
  const paths = new Set<string>();
  const folders = new Set<string>();
  const withheld: FilePlace[] = [];
  const hasPlatform = platform !== undefined || ownsPlatform;
  for (const each of rendered) {
    const { environment, application } = each;
    folders.add(applicationFolder(environment.name, application));
    folders.add(agentApplicationFolder(environment.cluster, environment.name, application));
    withheld.push(...withheldPlaces(each));
    const synced = agentFiles(agent, each, hasPlatform);
    findings.push(...synced.findings);
    const manifests =
      agent === undefined ? each.manifests : each.manifests.map((manifest) => annotated(manifest, agent));
    const components = synced.readsImageLock ? [imageLockFolder(environment.name, application)] : [];
    const own = applicationFiles({ ...each, manifests }, { components, findings, traced });
    // Sorting everything at the end is quick where it comes in sorted runs.
    files.push(...unique([...own, ...synced.files], paths, findings).toSorted(byPath));
  }
  if (whole === true && ownsPlatform && platform !== undefined) {
    const file = ownersFile(platform, findings);
    if (file !== undefined) files.push(file);
  }
  return {
    project,
    files: files.toSorted(byPath),
    folders:
      whole === true ? [ENVIRONMENTS, CLUSTERS] : outermost([...folders, ...foldersOf(whole, platform)]),
    ...(withheld.length > 0 && { withheld }),
    findings,
  };
}

/** The files without those whose path is taken, which are found. */
function unique(files: readonly PlannedFile[], taken: Set<string>, findings: Finding[]): PlannedFile[] {
  const left: PlannedFile[] = [];
  for (const file of files) {
    if (taken.has(file.path)) findings.push(pathDuplicate(file));
    else left.push(file);
    taken.add(file.path);
  }
  return left;
}

function byPath(left: PlannedFile, right: PlannedFile): number {
  return left.path < right.path ? -1 : 1;
}

interface FileOptions {
  /** Folders that its kustomization has as components. */
  readonly components: readonly string[];
  readonly findings: Finding[];
  readonly traced: boolean;
}

/** The files of an application's folder. Agents apply those that its kustomization names, and no others. */
function applicationFiles(
  rendered: RenderedApplication,
  { components, findings, traced }: FileOptions,
): PlannedFile[] {
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
  const files: PlannedFile[] = [];
  for (const [index, manifest] of manifests.entries()) {
    const contents = emitted(manifest, rendered, findings);
    if (contents === undefined) continue;
    const planned = file(resources[index] ?? '', contents);
    const scaledBy = scalerOf(manifest);
    if (!traced && scaledBy === undefined) files.push(planned);
    else files.push({ ...planned, ...(scaledBy !== undefined && { scaledBy }), ...(traced && { manifest }) });
  }
  files.push(file('kustomization.yaml', emit(kustomization(resources, components))));
  if (facts !== undefined) files.push(file(FACTS_FILE, publishedText(facts)));
  return files;
}

/** The folders of the environments that are rendered whole. */
function foldersOf(whole: false | readonly string[], platform: Platform | undefined): string[] {
  return (whole || []).flatMap((name) => {
    const { cluster } = platform?.environments.find((each) => each.name === name) ?? {};
    return [environmentFolder(name), ...(cluster === undefined ? [] : [agentFolder(cluster, name)])];
  });
}

/** Sorted folders without those that are in another one. */
function outermost(folders: readonly string[]): string[] {
  const all = new Set(folders);
  const isWithin = (folder: string) => all.has(parentOf(folder));
  return [...all].filter((folder) => !isWithin(folder)).toSorted();
}

function withheldPlaces({ environment, application, namespace, withheld = [] }: RenderedApplication) {
  const folder = applicationFolder(environment.name, application);
  return objectPaths(withheld, namespace).map((path): FilePlace => ({
    path: `${folder}/${path}`,
    environment: environment.name,
    application,
  }));
}

/** What others may need of an application: the components that call, or can be called. */
function publishedText({ components, ...facts }: ApplicationFacts): string {
  const concerned = components.filter(
    ({ ports, labels }) => ports.length > 0 || Object.keys(labels).length > 0,
  );
  return `${JSON.stringify({ ...facts, components: concerned }, null, 2)}\n`;
}

/** With an empty list of resources kubectl still builds it, to nothing; without the list it fails. */
function kustomization(resources: readonly string[], components: readonly string[]): JsonObject {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: resources.toSorted(),
    ...(components.length > 0 && { components: components.map((folder) => `../../../${folder}`) }),
  };
}

/** It is in no folder that a plan speaks for: nothing removes it but people. */
function ownersFile(platform: Platform, findings: Finding[]): PlannedFile | undefined {
  const { path, contents, findings: wrong } = codeOwners(platform);
  findings.push(...wrong);
  return contents === undefined ? undefined : { path, environment: '', application: path, contents };
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
