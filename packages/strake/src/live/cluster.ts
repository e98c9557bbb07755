import type { JsonValue, KubernetesObject } from '@strake/core';
import { kubectl, type KubectlAnswer, type KubectlTarget } from './kubectl.ts';
import { liveObjects, type LiveObject } from './live-object.ts';

/** A kind that a cluster serves. */
export interface ServedKind {
  readonly group: string;
  readonly kind: string;
  /** Name in requests: `deployments.apps`. */
  readonly resource: string;
  readonly isNamespaced: boolean;
  readonly isListable: boolean;
}

export type ObjectStub = Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>;

/** What a call brought, or what kubectl said instead. */
export type Answer<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly answer: KubectlAnswer };

/** One cluster, read through kubectl. Nothing is ever changed in it. */
export interface Cluster {
  readonly target: KubectlTarget;
  kinds(): Promise<Answer<readonly ServedKind[]>>;
  read(objects: readonly ObjectStub[]): Promise<Answer<readonly LiveObject[]>>;
  list(resources: readonly string[], filter: readonly string[]): Promise<Answer<readonly LiveObject[]>>;
  /** What objects would be if a manager applied them; of all of them, or of none. */
  apply(objects: readonly KubernetesObject[], manager: string): Promise<Answer<readonly LiveObject[]>>;
  /** What objects would be if they were replaced by these; of all of them, or of none. */
  replace(objects: readonly KubernetesObject[]): Promise<Answer<readonly LiveObject[]>>;
}

const GET = ['get', '--output=json', '--show-managed-fields', '--ignore-not-found'];
const APPLY = ['apply', '--server-side', '--dry-run=server', '--force-conflicts', '--validate=ignore'];
const REPLACE = ['replace', '--dry-run=server', '--validate=ignore', '--output=json', '--filename=-'];
// Resource, short names or nothing, API version, whether it is namespaced, kind, verbs.
const KIND_LINE = /^(\S+)\s(?:.*\s)?(\S+)\s+(true|false)\s+(\S+)\s+(\S+)/;

export function openCluster(target: KubectlTarget): Cluster {
  const ask = async (words: readonly string[], input?: JsonValue): Promise<Answer<readonly LiveObject[]>> => {
    const answer = await kubectl(target, words, input === undefined ? '' : JSON.stringify(input));
    return answer.code === 0 ? { ok: true, result: liveObjects(answer.out) } : { ok: false, answer };
  };
  let kinds: Promise<Answer<readonly ServedKind[]>> | undefined;
  return {
    target,
    kinds: () => (kinds ??= servedKinds(target)),
    read: (objects) => ask([...GET, '--filename=-'], listOf(objects.map(stub))),
    list: (resources, filter) => ask([...GET, resources.join(','), ...filter]),
    apply: (objects, manager) =>
      ask(
        [...APPLY, `--field-manager=${manager}`, '--output=json', '--show-managed-fields', '--filename=-'],
        listOf(objects),
      ),
    replace: async (objects) => {
      const answer = await kubectl(target, REPLACE, JSON.stringify(listOf(objects)));
      if (answer.code !== 0) return { ok: false, answer };
      // Unlike its other commands, this one prints one object after the other.
      return { ok: true, result: answer.out.split(/(?<=^\})\s*(?=^\{)/m).flatMap(liveObjects) };
    },
  };
}

/** An aggregated API that is down makes kubectl fail after it has told all others. */
async function servedKinds(target: KubectlTarget): Promise<Answer<readonly ServedKind[]>> {
  const answer = await kubectl(target, ['api-resources', '--no-headers', '--output=wide']);
  const result = answer.out.split('\n').flatMap(servedKind);
  return answer.code === 0 || result.length > 0 ? { ok: true, result } : { ok: false, answer };
}

function servedKind(line: string): ServedKind[] {
  const [, name = '', version = '', namespaced, kind = '', verbs = ''] = KIND_LINE.exec(line) ?? [];
  if (kind === '') return [];
  const group = groupOf(version);
  const resource = group === '' ? name : `${name}.${group}`;
  const isListable = verbs.split(',').includes('list');
  return [{ group, kind, resource, isNamespaced: namespaced === 'true', isListable }];
}

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function stub({ apiVersion, kind, metadata: { name, namespace } }: ObjectStub): KubernetesObject {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

function listOf(items: readonly KubernetesObject[]): JsonValue {
  return { apiVersion: 'v1', kind: 'List', items };
}
