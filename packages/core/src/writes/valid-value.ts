import { pathText } from './path.ts';
import type { Operation } from './write.ts';

/** Where and why a value is not JSON. */
export interface InvalidValue {
  readonly steps: string;
  readonly type: string;
}

const MAX_DEPTH = 200;

/** The first part of an operation's value that JSON cannot hold. */
export function invalidValue(operation: Operation): InvalidValue | undefined {
  switch (operation.kind) {
    case 'create':
    case 'merge':
    case 'set':
      return invalidPart(operation.value, []);
    case 'append':
      return invalidPart(operation.values, []);
    case 'remove':
    case 'delegate':
      return undefined;
  }
}

/** The first part of a value that JSON cannot hold. */
export function invalidPart(value: unknown, steps: readonly string[]): InvalidValue | undefined {
  if (steps.length > MAX_DEPTH) return { steps: pathText(steps.slice(0, 5)), type: 'a value that contains itself' };
  if (value === null || value === undefined) return undefined;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : { steps: pathText(steps), type: String(value) };
    case 'object':
      return invalidEntry(value, steps);
    default:
      return { steps: pathText(steps), type: `a ${typeof value}` };
  }
}

function invalidEntry(value: object, steps: readonly string[]): InvalidValue | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain) return { steps: pathText(steps), type: `a ${value.constructor.name}` };
  for (const [key, entry] of Object.entries(value)) {
    const invalid = invalidPart(entry, [...steps, key]);
    if (invalid !== undefined) return invalid;
  }
  return undefined;
}
