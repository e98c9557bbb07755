import { isJsonArray, isJsonObject, listType, sameJson } from '@strake/core';
import type { JsonValue, KubernetesObject } from '@strake/core';
import { objectKey, type ChangedValue, type ObjectChange } from '../diff/object-change.ts';
import type { Cluster } from './cluster.ts';
import { valueAt } from './live-values.ts';

/** So many objects go into one run of kubectl. */
const BATCH = 100;

/**
 * The same changes with what the API server makes of values that the agent takes over and removes. A person who applied an
 * object by kubectl owns all that was filled in then, and most of it is filled in again: that is no change.
 */
export async function withRefilled(
  cluster: Pick<Cluster, 'replace'>,
  changes: readonly ObjectChange[],
  applied: ReadonlyMap<string, KubernetesObject>,
): Promise<readonly ObjectChange[]> {
  const without = changes.flatMap(({ object, values }) => {
    const given = applied.get(objectKey(object));
    const taken = values.filter(isTaken);
    return given === undefined || taken.length === 0 ? [] : [withoutValues(given, taken)];
  });
  const refilled = await refilledObjects(cluster, without);
  return changes.flatMap((change) => {
    const object = refilled.get(objectKey(change.object));
    if (object === undefined) return [change];
    const values = change.values.flatMap((value) => {
      if (!isTaken(value)) return [value];
      const after = valueAt(object, value.steps);
      return after !== undefined && sameJson(after, value.before) ? [] : [{ ...value, after }];
    });
    return values.length === 0 ? [] : [{ ...change, values }];
  });
}

/** Whether the agent takes a value over from whoever added it, and so removes it. */
function isTaken({ after, note, stays }: ChangedValue): boolean {
  return after === undefined && note !== undefined && stays !== true;
}

/** Nothing is known of objects that cannot be replaced, or by this user. */
async function refilledObjects(
  cluster: Pick<Cluster, 'replace'>,
  objects: readonly KubernetesObject[],
): Promise<ReadonlyMap<string, KubernetesObject>> {
  const found = new Map<string, KubernetesObject>();
  const replace = async (some: readonly KubernetesObject[]): Promise<void> => {
    if (some.length === 0) return;
    const run = await cluster.replace(some);
    if (run.ok) for (const { object } of run.result) found.set(objectKey(object), object);
    else if (some.length > 1) {
      const half = Math.ceil(some.length / 2);
      await replace(some.slice(0, half));
      await replace(some.slice(half));
    }
  };
  for (let start = 0; start < objects.length; start += BATCH)
    await replace(objects.slice(start, start + BATCH));
  return found;
}

/** An object without some of its values; its identity is none of them. */
function withoutValues(object: KubernetesObject, values: readonly ChangedValue[]): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const identity = { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace } };
  let body: JsonValue = { metadata, ...rest };
  // Later elements of a list go first, so that those before them keep their places.
  for (const { steps } of values.toReversed())
    body = without(body, { kind: { apiVersion, kind }, steps, depth: 0 });
  const { metadata: kept, ...others } = isJsonObject(body) ? body : {};
  return { ...others, ...identity, metadata: { ...(isJsonObject(kept) && kept), ...identity.metadata } };
}

interface Place {
  readonly kind: Pick<KubernetesObject, 'apiVersion' | 'kind'>;
  readonly steps: readonly string[];
  readonly depth: number;
}

function without(value: JsonValue, { kind, steps, depth }: Place): JsonValue {
  const step = steps[depth] ?? '';
  const isLast = depth === steps.length - 1;
  const below = (each: JsonValue) => without(each, { kind, steps, depth: depth + 1 });
  if (isJsonArray(value)) {
    const { type, keyOf } = listType(kind, steps.slice(0, depth));
    const isMeant = (each: JsonValue, index: number) =>
      type === 'map' ? keyOf(each) === step : String(index) === step;
    return value.flatMap((each, index) => (!isMeant(each, index) ? [each] : isLast ? [] : [below(each)]));
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, each]): [string, JsonValue | undefined][] => {
    if (name !== step || each === undefined) return [[name, each]];
    return isLast ? [] : [[name, below(each)]];
  });
  return Object.fromEntries(entries);
}
