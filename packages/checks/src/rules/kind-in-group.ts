import type { JsonValue } from '@strake/core';
import { textAt } from './reading.ts';

/** The kind that a reference names, with its API group: `Deployment.apps`. */
export function kindInGroup(reference: JsonValue | undefined, otherwise: string): string {
  const kind = textAt(reference, 'kind');
  if (kind === undefined) return otherwise;
  const apiVersion = textAt(reference, 'apiVersion');
  const group =
    apiVersion === undefined
      ? otherwise.slice(otherwise.indexOf('.') + 1)
      : apiVersion.includes('/')
        ? apiVersion.slice(0, apiVersion.indexOf('/'))
        : '';
  return group === '' ? kind : `${kind}.${group}`;
}
