import type { KubernetesObject } from '@strake/core';
import { objectKey } from '../diff/object-change.ts';
import type { Answer, Cluster } from './cluster.ts';
import type { KubectlAnswer } from './kubectl.ts';
import type { LiveObject } from './live-object.ts';

/** So many objects go into one run of kubectl. */
const BATCH = 100;
/** With so many refused objects it is the cluster, and not the objects. */
const MOST_REFUSED = 20;

/** What became of a dry run of many objects. */
export interface AppliedObjects {
  readonly applied: ReadonlyMap<string, KubernetesObject>;
  /** What kubectl said of those that were refused. */
  readonly refused: ReadonlyMap<string, KubectlAnswer>;
}

export type Progress = (done: number, all: number) => void;

/** Reads objects as the cluster has them, many with one call. */
export async function readAll(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  progress: Progress,
): Promise<Answer<ReadonlyMap<string, LiveObject>>> {
  const found = new Map<string, LiveObject>();
  for (let start = 0; start < objects.length; start += BATCH) {
    if (start > 0) progress(start, objects.length);
    const read = await cluster.read(objects.slice(start, start + BATCH));
    if (!read.ok) return read;
    for (const live of read.result) found.set(objectKey(live.object), live);
  }
  return { ok: true, result: found };
}

/**
 * Applies objects in a dry run, many with one call. kubectl says nothing of a call's other objects when one is refused,
 * so such a call is made again in halves.
 */
export async function applyAll(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  { manager, progress }: { readonly manager: string; readonly progress: Progress },
): Promise<AppliedObjects> {
  const applied = new Map<string, KubernetesObject>();
  const refused = new Map<string, KubectlAnswer>();
  const apply = async (some: readonly KubernetesObject[]): Promise<void> => {
    if (some.length === 0) return;
    const run = await cluster.apply(some, manager);
    const [first] = some;
    if (run.ok) for (const { object } of run.result) applied.set(objectKey(object), object);
    else if (some.length === 1 && first !== undefined) refused.set(objectKey(first), run.answer);
    else if (refused.size >= MOST_REFUSED) for (const each of some) refused.set(objectKey(each), run.answer);
    else {
      const half = Math.ceil(some.length / 2);
      await apply(some.slice(0, half));
      await apply(some.slice(half));
    }
  };
  for (let start = 0; start < objects.length; start += BATCH) {
    if (start > 0) progress(start, objects.length);
    await apply(objects.slice(start, start + BATCH));
  }
  return { applied, refused };
}
