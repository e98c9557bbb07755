import type { Describe } from '@strake/gitops';
import { objectKey } from '../diff/object-change.ts';
import { changeLine, LAYERS, type NamedWriter } from './change-line.ts';
import { changedObjects, type ChangedObject } from './changed-objects.ts';
import type { KnownWriters } from './known-writers.ts';

/** What a delivery says of what it changes, and of who is behind it where that is known. */
export function describing(known: KnownWriters | undefined): Describe {
  return (files) => {
    const layers = new Set<string>();
    const line = (changed: ChangedObject, writers: readonly NamedWriter[] = [], value?: Value) => {
      for (const { layer } of writers) layers.add(layer);
      return changeLine(changed, value, writers);
    };
    const lines = changedObjects(files).flatMap((changed) => {
      const key = keyOf(changed);
      if (changed.change === 'added') return [line(changed, known?.creators(key))];
      if (changed.change === 'removed') return [line(changed)];
      return changed.values.map((value) => line(changed, known?.writers(key, value), value));
    });
    return { lines, layers: LAYERS.filter((layer) => layers.has(layer)) };
  };
}

type Value = ChangedObject['values'][number];

function keyOf({ environment, application, object }: ChangedObject): string {
  return `${environment}/${application}/${objectKey(object)}`;
}
