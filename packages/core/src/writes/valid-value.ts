import { isPlain, MAX_DEPTH } from '../json.ts';
import { shortName } from '../short-text.ts';
import { shortPathText } from './path.ts';
import type { Operation } from './write.ts';

/** Where and why a value is not JSON. */
export interface InvalidValue {
  readonly steps: string;
  readonly type: string;
}

/** The first part of an operation's value that JSON cannot hold. */
export function invalidValue(operation: Operation): InvalidValue | undefined {
  switch (operation.kind) {
    case 'create':
      return invalidPart(operation.value, []);
    case 'merge':
    case 'set':
      return invalidPart(operation.value, operation.steps);
    case 'append':
      return invalidPart(operation.values, operation.steps);
    case 'remove':
    case 'delegate':
      return undefined;
  }
}

/** The first part of a value that JSON cannot hold. `steps` lead to the value. */
export function invalidPart(value: unknown, steps: readonly string[]): InvalidValue | undefined {
  const invalid = search(value, 0);
  return invalid === undefined
    ? undefined
    : { steps: shortPathText([...steps, ...invalid.steps]), type: invalid.type };
}

interface InvalidPart {
  readonly steps: readonly string[];
  readonly type: string;
}

function search(value: unknown, depth: number): InvalidPart | undefined {
  if (value === null) return undefined;
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : { steps: [], type: String(value) };
    case 'object':
      return depth > MAX_DEPTH
        ? { steps: [], type: 'a value that contains itself' }
        : searchEntries(value, depth);
    default:
      return { steps: [], type: `a ${typeof value}` };
  }
}

function searchEntries(value: object, depth: number): InvalidPart | undefined {
  const isList = Array.isArray(value);
  if (!isList && !isPlain(value)) {
    const made: unknown = value.constructor;
    return { steps: [], type: typeof made === 'function' ? `a ${shortName(made.name)}` : 'no plain map' };
  }
  for (const [key, entry] of Object.entries(value)) {
    const invalid =
      isList && entry === undefined ? { steps: [], type: 'undefined' } : search(entry, depth + 1);
    if (invalid !== undefined) return { type: invalid.type, steps: depth < 5 ? [key, ...invalid.steps] : [] };
  }
  return undefined;
}
