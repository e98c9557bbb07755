import type { Layer, Writer } from '@strake/core';
import { pathText, sourceLine } from '@strake/core/tools';
import { maskedText } from '../diff/masked-text.ts';
import type { ValueChange } from '../diff/value-changes.ts';
import { shownPath } from '../shown-path.ts';
import type { ChangedObject } from './changed-objects.ts';

/** Who wrote a value, as a commit says it. */
export interface NamedWriter {
  readonly layer: Layer;
  readonly definition: string;
  /** With its version, where that is known: `@strake/traits@0.1.0`. */
  readonly package: string;
  /** Line of the user's code that attached, supplied or constructed it: `cart/operations.ts:27`. */
  readonly at?: string;
}

/** The layers, lowest first. */
export const LAYERS: readonly Layer[] = ['component', 'trait', 'scope'];

const MARKS = { added: '+ ', removed: '- ', changed: '' } as const;
const WRITERS = / \(((?:component|trait|scope) [^()]+)\)$/;

/** How the line of a change begins, which tells it from all others of its commit. */
export function lineStart(changed: ChangedObject, value?: ValueChange): string {
  const { application, change, object } = changed;
  const text = `${application} ${MARKS[change]}${object.kind}/${object.metadata.name}`;
  return value === undefined ? text : `${text} ${pathText(value.steps)}: `;
}

/** A change on one line: what, from what to what, and who is behind it. Nothing that may be a secret is in it. */
export function changeLine(
  changed: ChangedObject,
  value: ValueChange | undefined,
  writers: readonly NamedWriter[],
): string {
  const by = writers.map(writerText).join('; ');
  const told = value === undefined ? '' : valueText(value, changed);
  return `${lineStart(changed, value)}${told}${by === '' ? '' : ` (${by})`}`;
}

/** From what to what a value changes. */
export function valueText(value: ValueChange, { object: { kind } }: ChangedObject): string {
  const before = maskedText(value.before, value, kind);
  const after = maskedText(value.after, value, kind);
  return `${before} -> ${before === after ? 'another ' : ''}${after}`;
}

export function writerText({ layer, definition, package: from, at }: NamedWriter): string {
  return [`${layer} ${definition}`, from, ...(at === undefined ? [] : [at])].join(', ');
}

/** Who is behind a change, as the end of its line says it. */
export function writersOfLine(line: string): readonly NamedWriter[] {
  const [, told = ''] = WRITERS.exec(line) ?? [];
  return told.split('; ').flatMap((text) => {
    const [who = '', from = '', at] = text.split(', ');
    const [named, definition] = who.split(' ');
    const layer = LAYERS.find((each) => each === named);
    if (layer === undefined || definition === undefined) return [];
    return [{ layer, definition, package: from, ...(at !== undefined && { at }) }];
  });
}

/** A writer with the version of its package, and with its line where that is in the project's own folder. */
export function namedWriter(
  { layer, definition, package: from, origin }: Writer,
  versions: ReadonlyMap<string, string>,
  directory: string,
): NamedWriter {
  const version = versions.get(from);
  const line = sourceLine(origin);
  const file = line && shownPath(line.file, directory);
  const isOwn =
    file !== undefined && /^(?!\.\.|\/|[A-Za-z]:)[\w./@+-]+$/.test(file) && !file.includes('node_modules/');
  return {
    layer,
    definition,
    package: version === undefined ? from : `${from}@${version}`,
    ...(line && isOwn && { at: `${file}:${line.line}` }),
  };
}
