import type { LoggedCommit, Person } from '@strake/gitops';
import { pathText } from '@strake/core/tools';
import { maskedValue } from '../diff/masked-text.ts';
import type { Io } from '../io.ts';
import { valueText, writerText } from './change-line.ts';
import type { LogEntry } from './log-entry.ts';

/** A commit with what of it is of interest. */
export interface LogItem {
  readonly commit: LoggedCommit;
  readonly entries: readonly LogEntry[];
}

const MARKS = { added: '+ ', removed: '- ', changed: '' } as const;

/** Prints a commit: when and by whom, from which code, and below what it changed where. */
export function showLogItem({ commit, entries }: LogItem, io: Io): void {
  const { bold, dim, red } = io.colors;
  const facts = factsOf(commit);
  io.out(`${bold(commit.commit.slice(0, 12))}  ${timeText(facts.date)}  ${facts.authors.join(', ')}\n`);
  if (facts.emergency !== undefined) io.out(`  ${red(`emergency: ${facts.emergency}`)}\n`);
  if (facts.reason !== undefined) io.out(`  reason: ${facts.reason}\n`);
  if (facts.source !== undefined) io.out(dim(`  from ${sourceText(facts)}\n`));
  if (commit.trailers === undefined) io.out(dim(`  ${titleOf(commit)}\n`));
  if (commit.mergedBy !== undefined)
    io.out(dim(`  merged by ${commit.mergedBy.author.name} as ${commit.mergedBy.commit.slice(0, 12)}\n`));
  for (const entry of entries) io.out(`  ${entryText(entry, io)}\n`);
}

function entryText({ changed, value, layers, writers }: LogEntry, io: Io): string {
  const { dim } = io.colors;
  const { environment, application, change, object } = changed;
  const place = dim(`${environment}/${application}`);
  const what = `${MARKS[change]}${plain(`${object.kind}/${object.metadata.name}`)}`;
  const told =
    value === undefined ? '' : ` ${plain(pathText(value.steps))}: ${plain(valueText(value, changed))}`;
  const by = writers.length > 0 ? writers.map(writerText).join('; ') : layers.join(', ');
  return `${place}  ${what}${told}${by === '' ? '' : dim(`  (${plain(by)})`)}`;
}

/** A commit's changes as `--json` prints them: one after the other, each with all that is known of it. */
export function logJson({ commit, entries }: LogItem): object[] {
  const { date, authors, source, sourceCommit, isModified, reason, emergency } = factsOf(commit);
  return entries.map(({ changed, value, layers, writers }) => ({
    commit: commit.commit,
    date,
    authors,
    committer: personText(commit.committer),
    environment: changed.environment,
    application: changed.application,
    object: `${changed.object.kind}/${changed.object.metadata.name}`,
    change: changed.change,
    ...(value && {
      path: pathText(value.steps),
      before: value.before === undefined ? undefined : maskedValue(value.before, value, changed.object.kind),
      after: value.after === undefined ? undefined : maskedValue(value.after, value, changed.object.kind),
    }),
    layers,
    writers,
    source,
    sourceCommit,
    isModified,
    reason,
    emergency,
    mergedBy: commit.mergedBy && { ...commit.mergedBy, author: personText(commit.mergedBy.author) },
  }));
}

interface Facts {
  readonly date: string;
  readonly authors: readonly string[];
  readonly source?: string | undefined;
  readonly sourceCommit?: string | undefined;
  readonly isModified?: boolean;
  readonly reason?: string | undefined;
  readonly emergency?: string | undefined;
}

/** Who wrote the code counts more than who, or what, committed the result. */
function factsOf({ trailers, author, date, mergedBy }: LoggedCommit): Facts {
  const first = (name: string) => trailers?.get(name)?.[0];
  const authors = trailers?.get('Strake-Source-Author') ?? [];
  return {
    date: mergedBy?.date ?? date,
    authors: authors.length > 0 ? authors : [personText(author)],
    source: first('Strake-Source') ?? first('Strake-Source-Commit'),
    sourceCommit: first('Strake-Source-Commit'),
    ...(first('Strake-Source-Modified') === 'true' && { isModified: true }),
    reason: first('Strake-Reason'),
    emergency: first('Strake-Emergency'),
  };
}

function sourceText({ source, sourceCommit, isModified }: Facts): string {
  const commit = sourceCommit?.slice(0, 12);
  const at = commit === undefined || source === sourceCommit ? '' : ` at ${commit}`;
  const text = source === sourceCommit ? (commit ?? '') : `${source ?? ''}${at}`;
  return `${text}${isModified === true ? ', modified' : ''}`;
}

function titleOf({ message }: LoggedCommit): string {
  return plain(message.split('\n', 1)[0] ?? '').slice(0, 100);
}

function personText({ name, address }: Person): string {
  return `${name} <${address}>`;
}

function timeText(date: string): string {
  return `${date.slice(0, 10)} ${date.slice(11, 16)}Z`;
}

/** Whatever stands in a file, it moves no cursor. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
