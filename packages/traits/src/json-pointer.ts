import { isJsonArray, isJsonObject, type JsonValue } from '@strake/core';

/** What stands at a place of a document. */
export function valueAt(document: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((at, step) => {
    if (isJsonArray(at)) return at[indexOf(step) ?? -1];
    return isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, document);
}

/** The index of a list's element that a step names. */
export function indexOf(step: string): number | undefined {
  return /^(0|[1-9]\d*)$/.test(step) ? Number(step) : undefined;
}

/** The steps of a JSON Pointer (RFC 6901). */
export function stepsOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
