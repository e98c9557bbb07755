import type { JsonValue, Manifest, Writer } from '@strake/core';
import { isJsonArray, isJsonObject, listType, type KubernetesObject } from '@strake/core';
import type { ValueChange } from './value-changes.ts';

/** What becomes of an object: `pruned` is said of a cluster, where the agent removes what it has no longer. */
export type ObjectChangeKind = 'added' | 'changed' | 'removed' | 'pruned';

/** One object that differs from what is rendered. */
export interface ObjectChange {
  readonly environment: string;
  readonly application: string;
  readonly object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>;
  readonly change: ObjectChangeKind;
  /** What differs in it; of objects that change only. */
  readonly values: readonly ChangedValue[];
  /** Who made the object that is added. */
  readonly by?: Writer | undefined;
  /** What is to be known besides. */
  readonly note?: string;
}

/** One value that differs. */
export interface ChangedValue extends ValueChange {
  /** Who wrote the new value. */
  readonly by: readonly Writer[];
  /** Why it differs, where no definition is behind it. */
  readonly note?: string;
  /** Whether it stays as it is, for the agent does not write it. */
  readonly stays?: boolean;
}

/** A difference with the definitions behind its new value. */
export function withWriters(change: ValueChange, { object, writersOf }: Manifest): ChangedValue {
  const by = change.after === undefined ? [] : (writersOf?.(indexed(object, change.steps)) ?? []);
  return { ...change, by };
}

/** The same steps with elements of lists by index, as `writersOf` takes them. */
function indexed(object: KubernetesObject, steps: readonly string[]): string[] {
  let at: JsonValue | undefined = object;
  return steps.map((step, depth) => {
    if (isJsonArray(at)) {
      const { type, keyOf } = listType(object, steps.slice(0, depth));
      const index = type === 'map' ? at.findIndex((element) => keyOf(element) === step) : Number(step);
      at = at[index];
      return String(index);
    }
    at = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    return step;
  });
}

/** One text for one object of a cluster, whatever version of its API it is written in. */
export function objectKey({ apiVersion, kind, metadata }: ObjectChange['object']): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}
