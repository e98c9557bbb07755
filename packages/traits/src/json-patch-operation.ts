import { isJsonArray, isJsonObject, sameJson, type JsonValue } from '@strake/core';
import * as z from 'zod';
import { indexOf, stepsOf, valueAt } from './json-pointer.ts';

/** One operation of a JSON Patch (RFC 6902, section 4). Paths are JSON Pointers: `/spec/replicas`. */
export type JsonPatchOperationProperties =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

const POINTER = /^(\/([^/~]|~[01])*)*$/;
const pointer = z.string().regex(POINTER, 'a JSON Pointer such as `/spec/template/spec/containers/0/image`');
const value = z.custom<JsonValue>((given) => given !== undefined, 'a value');

/** The schema of one operation. */
export const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace', 'test']), path: pointer, value }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.enum(['move', 'copy']), from: pointer, path: pointer }),
]);

/** What an operation makes of a document; undefined when it cannot be done. */
export function afterOperation(
  document: JsonValue,
  operation: JsonPatchOperationProperties,
): JsonValue | undefined {
  const path = stepsOf(operation.path);
  switch (operation.op) {
    case 'add':
      return added(document, path, operation.value);
    case 'replace':
      if (path.length === 0) return operation.value;
      return valueAt(document, path) === undefined
        ? undefined
        : changed(document, path, replaceBy(operation.value));
    case 'test': {
      const found = valueAt(document, path);
      return found !== undefined && sameJson(found, operation.value) ? document : undefined;
    }
    case 'remove':
      return changed(document, path, remove);
    case 'copy':
      return added(document, path, valueAt(document, stepsOf(operation.from)));
    case 'move': {
      const from = stepsOf(operation.from);
      const isInside = path.length > from.length && from.every((step, index) => path[index] === step);
      const rest = isInside ? undefined : changed(document, from, remove);
      return rest === undefined ? undefined : added(rest, path, valueAt(document, from));
    }
  }
}

type Edit = (parent: JsonValue, step: string) => JsonValue | undefined;

function added(document: JsonValue, path: readonly string[], given: JsonValue | undefined) {
  if (given === undefined || path.length === 0) return given;
  return changed(document, path, (parent, step) => {
    if (!isJsonArray(parent)) return replaceBy(given)(parent, step);
    const index = step === '-' ? parent.length : indexOf(step);
    return index === undefined || index > parent.length ? undefined : parent.toSpliced(index, 0, given);
  });
}

function replaceBy(given: JsonValue): Edit {
  return (parent, step) => {
    if (isJsonArray(parent)) return parent.with(Number(step), given);
    return isJsonObject(parent) ? { ...parent, [step]: given } : undefined;
  };
}

function remove(parent: JsonValue, step: string): JsonValue | undefined {
  if (valueAt(parent, [step]) === undefined) return undefined;
  if (isJsonArray(parent)) return parent.toSpliced(Number(step), 1);
  return isJsonObject(parent) ? { ...parent, [step]: undefined } : undefined;
}

function changed(document: JsonValue, [step, ...rest]: readonly string[], edit: Edit): JsonValue | undefined {
  if (step === undefined) return undefined;
  if (rest.length === 0) return edit(document, step);
  const child = valueAt(document, [step]);
  const next = child === undefined ? undefined : changed(child, rest, edit);
  return next === undefined ? undefined : replaceBy(next)(document, step);
}
