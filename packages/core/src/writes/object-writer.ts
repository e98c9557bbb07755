import type { JsonObject, JsonValue } from '../json.ts';
import type { Structure } from '../kubernetes/structure.ts';
import { differences } from './differences.ts';
import { stepsOf, type Path } from './path.ts';
import { structureBelow } from './value-at.ts';
import type { Operation, WriteOptions } from './write.ts';

/** What a definition does to one object. Everything it reads is what the layer below left. */
export interface ObjectWriter {
  /** Strategic merge by Kubernetes' list keys: claims the values it names and adds keyed elements. */
  merge(value: JsonObject, options?: WriteOptions): void;
  /** Claims all that stands at a place. List elements that the path selects must exist. */
  set(path: Path, value: JsonValue, options?: WriteOptions): void;
  /** Adds values to a list whose elements have no key; a value that is there already is not added again. */
  append(path: Path, values: readonly JsonValue[], options?: WriteOptions): void;
  /** Claims that nothing stands at a place. */
  remove(path: Path, options?: WriteOptions): void;
  /** Leaves a field to a controller: it is not written, and later layers may not write it. */
  delegate(path: Path, options: { readonly to: string }): void;
  /** Leaves the whole object to a controller: it is not written, and nobody else may write to it. */
  withhold(options: { readonly to: string }): void;
  /** Writes what differs from what the layer below left, so that `value` is all that stands here. */
  replace(value: JsonObject, options?: WriteOptions): void;
  /** The writer for what stands below a path. */
  at(path: Path): ObjectWriter;
  /** A copy of what the layer below left at a place. */
  read(path?: Path): JsonValue | undefined;
}

/** An object writer that hands its operations on. */
export function objectWriter(
  emit: (operation: Operation, options: WriteOptions) => void,
  read: (steps: readonly string[]) => JsonValue | undefined,
  structure: Structure | undefined,
  prefix: readonly string[] = [],
): ObjectWriter {
  const below = (path: Path) => [...prefix, ...stepsOf(path)];
  return {
    merge: (value, options = {}) => emit({ kind: 'merge', steps: prefix, value }, options),
    set: (path, value, options = {}) => emit({ kind: 'set', steps: below(path), value }, options),
    append: (path, values, options = {}) => emit({ kind: 'append', steps: below(path), values }, options),
    remove: (path, options = {}) => emit({ kind: 'remove', steps: below(path) }, options),
    delegate: (path, { to }) => emit({ kind: 'delegate', steps: below(path), to }, {}),
    withhold: ({ to }) => emit({ kind: 'delegate', steps: [], to }, {}),
    replace: (value, options = {}) => {
      const place = { steps: prefix, structure: prefix.reduce(structureBelow, structure) };
      for (const operation of differences(read(prefix), value, place)) emit(operation, options);
    },
    at: (path) => objectWriter(emit, read, structure, below(path)),
    read: (path = []) => read(below(path)),
  };
}
