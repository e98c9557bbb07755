import type { LoggedCommit } from '@strake/gitops';
import { pathText } from '@strake/core/tools';
import type { ValueChange } from '../diff/value-changes.ts';
import { lineStart, writersOfLine, type NamedWriter } from './change-line.ts';
import { changedObjects, type ChangedObject } from './changed-objects.ts';

/** Who or what is behind a change: a layer's definitions, a bot that moves images, or somebody's editor. */
export type LogLayer = NamedWriter['layer'] | 'images' | 'by hand';

/** One change of one commit. */
export interface LogEntry {
  readonly changed: ChangedObject;
  /** Undefined where the object as a whole is added or removed. */
  readonly value?: ValueChange;
  /** Empty where a delivery does not say it, as of objects that it removes. */
  readonly layers: readonly LogLayer[];
  /** The definitions, where the commit names them. */
  readonly writers: readonly NamedWriter[];
}

/** What entries are of interest. */
export interface LogSelection {
  /** `Deployment/web`; the kind in any case. */
  readonly object?: string;
  /** A value, or what stands below it: `spec.replicas`. */
  readonly path?: string;
}

/** What a commit changes in which objects. The values are those of the files; only who wrote them is taken from the message. */
export function logEntries(commit: LoggedCommit, selection: LogSelection): readonly LogEntry[] {
  const lines = commit.message.split('\n');
  const byBot = changedObjects(commit.files.filter(({ isMarkedOnly }) => isMarkedOnly));
  const others = changedObjects(commit.files.filter(({ isMarkedOnly }) => !isMarkedOnly));
  return [...byBot, ...others].flatMap((changed) => {
    if (!isSelected(changed, selection)) return [];
    const isByBot = changed.isImage || byBot.includes(changed);
    const values = changed.values.filter((value) => isBelow(pathText(value.steps), selection.path));
    const wanted = changed.change === 'changed' ? values : [undefined];
    return wanted.map((value): LogEntry => {
      const writers = commit.trailers === undefined ? [] : writersIn(lines, lineStart(changed, value));
      const layers = layersOf(commit, writers, isByBot);
      return { changed, layers, writers, ...(value && { value }) };
    });
  });
}

function layersOf(
  { trailers }: LoggedCommit,
  writers: readonly NamedWriter[],
  isByBot: boolean,
): readonly LogLayer[] {
  if (writers.length > 0) return [...new Set(writers.map(({ layer }) => layer))];
  if (isByBot) return ['images'];
  return trailers === undefined ? ['by hand'] : [];
}

function writersIn(lines: readonly string[], start: string): readonly NamedWriter[] {
  const line = lines.find(
    (each) => each === start || each.startsWith(start.endsWith(': ') ? start : `${start} (`),
  );
  return line === undefined ? [] : writersOfLine(line);
}

function isSelected({ object: { kind, metadata } }: ChangedObject, { object }: LogSelection): boolean {
  if (object === undefined) return true;
  const [wantedKind = '', ...name] = object.split('/');
  return kind.toLowerCase() === wantedKind.toLowerCase() && metadata.name === name.join('/');
}

function isBelow(path: string, wanted: string | undefined): boolean {
  return (
    wanted === undefined || path === wanted || path.startsWith(`${wanted}.`) || path.startsWith(`${wanted}[`)
  );
}
