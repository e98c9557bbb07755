import { hash } from 'node:crypto';
import type { KubernetesObject } from '@strake/core';

/** The folder that holds the files of all applications. */
export const ENVIRONMENTS = 'environments';

/** The folder that holds what agents read: for each cluster, environment and application. */
export const CLUSTERS = 'clusters';

/** The file by which a forge knows who approves a change. */
export const CODE_OWNERS = 'CODEOWNERS';

/** The folder that holds what Strake remembers; no agent syncs it. */
export const STRAKE = '.strake';

/** API groups that every cluster serves. Other groups that end in `.k8s.io` are custom resources. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

const NOT_IN_KIND = /[^a-z0-9]/g;
const NOT_IN_NAME = /[^a-z0-9._-]/g;
const NOT_IN_FOLDER = /[^a-z0-9_-]/g;
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;
const OWN_PATHS = [
  /^environments(?:\/[a-z0-9%_~-]{1,255}){2,3}\/(?:[a-z0-9%._~-]{1,250}\.yaml|strake\.facts\.json)$/,
  /^clusters(?:\/[a-z0-9%_~-]{1,255}){3}\/[a-z0-9%._~-]{1,250}\.yaml$/,
  /^CODEOWNERS$/,
];

const EXTENSION = '.yaml';
const TEMPORARY = '.tmp';
const LONGEST_NAME = 255;
const DIGEST_LENGTH = 32;

/** File beside an application's objects that tells other projects about it; no agent reads it. */
export const FACTS_FILE = 'strake.facts.json';

/** The folder of an application in an environment; `application` is `platform` for the shared objects. */
export function applicationFolder(environment: string, application: string): string {
  return `${environmentFolder(environment)}/${folderName(application)}`;
}

/** The folder that has a folder for each application of an environment. */
export function environmentFolder(environment: string): string {
  return `${ENVIRONMENTS}/${folderName(environment)}`;
}

/** The folder of what an agent reads for an environment. */
export function agentFolder(cluster: string, environment: string): string {
  return `${CLUSTERS}/${folderName(cluster)}/${folderName(environment)}`;
}

/** The folders of what agents read that paths are in, each once: those of environments. */
export function agentFoldersOf(paths: readonly string[]): string[] {
  const read = paths.filter((path) => path.startsWith(`${CLUSTERS}/`));
  return [...new Set(read.map((path) => path.split('/', 3).join('/')))];
}

/** The folder of what an agent reads for an application in an environment. */
export function agentApplicationFolder(cluster: string, environment: string, application: string): string {
  return `${agentFolder(cluster, environment)}/${folderName(application)}`;
}

/** Names of the folders of the environment and the application that a path belongs to; '' where it belongs to none. */
export function placeOf(path: string): { readonly environment: string; readonly application: string } {
  const [root, ...names] = path.split('/');
  const [environment = '', application = ''] = root === CLUSTERS ? names.slice(1) : names;
  return root === CLUSTERS || root === ENVIRONMENTS
    ? { environment, application }
    : { environment: '', application: root === CODE_OWNERS ? root : '' };
}

/** The folder of an application that a path is in, be it with its objects or with the agent's. */
export function folderOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith(`${CLUSTERS}/`) ? 4 : 3)
    .join('/');
}

export function inventoryPath(project: string): string {
  return `${STRAKE}/${folderName(project)}.json`;
}

/** The folder that remembers a project's emergency deliveries. */
export function emergencyFolder(project: string): string {
  return `${STRAKE}/emergencies/${folderName(project)}`;
}

/** The file that remembers an emergency delivery to an environment. */
export function emergencyPath(project: string, environment: string): string {
  return `${emergencyFolder(project)}/${folderName(environment)}.json`;
}

/** Name of a project's unfinished files. No plan has a file of such a name, and no agent reads it. */
export function temporaryName(project: string, processId: number): string {
  return `.strake-${folderName(project)}-${processId}${TEMPORARY}`;
}

/** Whether a write of the project, in whatever process, has left the file behind. */
export function isTemporaryName(name: string, project: string): boolean {
  if (!name.endsWith(TEMPORARY)) return false;
  const [, processId = ''] = /-(\d+)\.tmp$/.exec(name) ?? [];
  return processId !== '' && name === temporaryName(project, Number(processId));
}

/**
 * The path of each object below its application's folder, in the order of the objects.
 *
 * Different objects never share a path, also where file names differ in case only: characters other than `a-z`, `0-9`,
 * `.`, `_` and `-` are written as `%` and their hexadecimal code, and names that would be equal all the same, or too
 * long for a file system, end in `~` and a digest of what tells the object from all others.
 */
export function objectPaths(objects: readonly KubernetesObject[], namespace: string): readonly string[] {
  const stems = objects.map((object) => `${namespaceFolder(object, namespace)}${fileStem(object)}`);
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return stems.map((stem, index) => {
    const object = objects[index];
    const isTaken = (counts.get(stem) ?? 0) > 1;
    const name = stem.length - stem.lastIndexOf('/') - 1 + EXTENSION.length;
    if (object === undefined || (!isTaken && name <= LONGEST_NAME)) return stem + EXTENSION;
    const excess = Math.max(0, name + 1 + DIGEST_LENGTH - LONGEST_NAME);
    return `${stem.slice(0, stem.length - excess)}~${digest(identity(object))}${EXTENSION}`;
  });
}

/**
 * Whether a path is one that a plan can have. It is none of a folder's parents, and nothing outside `environments` and
 * `clusters` but the owners of the code.
 */
export function isPlannablePath(path: string): boolean {
  return OWN_PATHS.some((pattern) => pattern.test(path));
}

function namespaceFolder({ metadata }: KubernetesObject, own: string): string {
  return metadata.namespace === undefined || metadata.namespace === own
    ? ''
    : `${folderName(metadata.namespace)}/`;
}

function fileStem({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = groupOf(apiVersion);
  const type = BUILT_IN_GROUPS.has(group) ? '' : `.${escaped(group, NOT_IN_NAME)}`;
  const name = escaped(metadata.name, NOT_IN_NAME);
  return withoutDevice(`${escaped(kind.toLowerCase(), NOT_IN_KIND)}${type}-${name}`);
}

function folderName(text: string): string {
  const name = text === '' ? '%' : withoutDevice(escaped(text, NOT_IN_FOLDER));
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME - DIGEST_LENGTH - 1)}~${digest(text)}`;
}

function escaped(text: string, unwanted: RegExp): string {
  return text.search(unwanted) < 0 ? text : text.replaceAll(unwanted, hexCode);
}

/** Windows takes `con` and `con.yaml` for the console. */
function withoutDevice(name: string): string {
  return WINDOWS_DEVICE.test(name) ? `${hexCode(name)}${name.slice(1)}` : name;
}

function hexCode(text: string): string {
  const hex = text.charCodeAt(0).toString(16);
  return hex.length <= 2 ? `%${hex.padStart(2, '0')}` : `%u${hex.padStart(4, '0')}`;
}

function identity({ apiVersion, kind, metadata }: KubernetesObject): string {
  return JSON.stringify([groupOf(apiVersion), kind, metadata.namespace ?? null, metadata.name]);
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0));
}

function digest(text: string): string {
  return hash('sha256', JSON.stringify(text), 'hex').slice(0, DIGEST_LENGTH);
}
