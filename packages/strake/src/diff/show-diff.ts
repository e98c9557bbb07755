import type { Writer } from '@strake/core';
import { pathText, sourceLine } from '@strake/core/tools';
import type { Io } from '../io.ts';
import { shownPath } from '../shown-path.ts';
import { maskedText, maskedValue } from './masked-text.ts';
import type { ChangedValue, ObjectChange, ObjectChangeKind } from './object-change.ts';

const MARKS = { added: '+', changed: '~', removed: '-', pruned: '-' } as const;

/** Prints the objects that differ, and what in them; those that an agent prunes stand apart. */
export function showDiff(changes: readonly ObjectChange[], io: Io): void {
  for (const each of changes.filter(({ change }) => change !== 'pruned')) showObject(each, io);
  const pruned = changes.filter(({ change }) => change === 'pruned');
  if (pruned.length > 0) io.out(`${io.colors.bold('In the cluster, and no longer rendered:')}\n`);
  for (const each of pruned) showObject(each, io);
}

function showObject(each: ObjectChange, io: Io): void {
  const { change, by, values, note, environment, application } = each;
  const { dim, bold } = io.colors;
  const head = `${paint(change, io)(MARKS[change])} ${bold(objectText(each))} ${dim(`(${environment}/${application})`)}`;
  const told = [...(by === undefined ? [] : [writerText(by, io)]), ...(note === undefined ? [] : [note])];
  io.out(`${head}${told.length === 0 ? '' : dim(`   (${told.join('; ')})`)}\n`);
  for (const value of values) io.out(`    ${valueLine(value, each, io)}\n`);
}

function valueLine(value: ChangedValue, { object: { kind } }: ObjectChange, io: Io): string {
  const { red, green, dim } = io.colors;
  const before = maskedText(value.before, value, kind);
  const after = maskedText(value.after, value, kind);
  const told = [...value.by.map((writer) => writerText(writer, io)), ...(value.note ? [value.note] : [])];
  const side = told.length === 0 ? '' : dim(`   (${told.join('; ')})`);
  const path = pathText(value.steps);
  if (value.stays === true) return `${path}: ${before} stays${side}`;
  const isHidden = before === after && value.before !== undefined;
  return `${path}: ${red(before)} → ${green(isHidden ? `another ${after}` : after)}${side}`;
}

function objectText({ object: { kind, metadata }, application }: ObjectChange): string {
  const { name, namespace } = metadata;
  const elsewhere = namespace === undefined || namespace === application ? '' : ` in ${namespace}`;
  return `${kind}/${name}${elsewhere}`;
}

function paint(change: ObjectChangeKind, { colors }: Io) {
  return { added: colors.green, changed: colors.yellow, removed: colors.red, pruned: colors.red }[change];
}

function writerText(writer: Writer, io: Io): string {
  const at = lineText(writer, io);
  return at === undefined ? writer.definition : `${writer.definition}  ${at}`;
}

function lineText({ origin }: Writer, io: Io): string | undefined {
  const line = sourceLine(origin);
  return line === undefined ? undefined : `${shownPath(line.file, io.directory)}:${line.line}`;
}

/** The objects that differ as `--json` prints them: masked like the text. */
export function diffJson(changes: readonly ObjectChange[], io: Io): object[] {
  return changes.map(({ environment, application, object, change, values, by, note }) => ({
    environment,
    application,
    object: `${object.kind}/${object.metadata.name}`,
    apiVersion: object.apiVersion,
    namespace: object.metadata.namespace,
    change,
    values: values.map((value) => ({
      path: pathText(value.steps),
      before: value.before === undefined ? undefined : maskedValue(value.before, value, object.kind),
      after: value.after === undefined ? undefined : maskedValue(value.after, value, object.kind),
      by: value.by.map((writer) => writerJson(writer, io)),
      stays: value.stays,
      note: value.note,
    })),
    by: by && writerJson(by, io),
    note,
  }));
}

function writerJson(writer: Writer, io: Io): object {
  const { layer, definition, package: from, path } = writer;
  return { layer, definition, package: from, path, at: lineText(writer, io) };
}
