import type { ChangedFile } from '../deliver/delivery-details.ts';

/** Somebody, as git names them. */
export interface Person {
  readonly name: string;
  readonly address: string;
}

/** A commit of a repository's branch that changes files of environments, agents or image locks. */
export interface LoggedCommit {
  readonly commit: string;
  /** When it was committed: `2026-11-22T21:00:00.000Z`. */
  readonly date: string;
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
  /** What the last paragraph of the message says, by name; undefined where it is no delivery of Strake. */
  readonly trailers: ReadonlyMap<string, readonly string[]> | undefined;
  /** The merge by which it came into the branch, where it was not pushed to it. */
  readonly mergedBy?: { readonly commit: string; readonly date: string; readonly author: Person };
  /** Of a merge, only what neither side has. */
  readonly files: readonly LoggedFile[];
}

/** A file that a commit changes. */
export interface LoggedFile extends ChangedFile {
  /** Whether only scalars differ that carry an image marker: the doing of a bot, or of one who does its work. */
  readonly isMarkedOnly: boolean;
}

/** What a commit object says; the files come from elsewhere. */
export type CommitText = Pick<LoggedCommit, 'date' | 'author' | 'committer' | 'message' | 'trailers'>;

const PERSON = /^(.*?) ?<(.*?)> (\d{1,12}) [+-]\d{4}$/;
const TRAILER = /^([A-Za-z][A-Za-z-]*): (.*)$/;
const LONGEST_MESSAGE = 262_144;

/** Reads a commit object as `git cat-file` prints it. Names are whatever their owners have made of them. */
export function commitText(text: string): CommitText {
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end < 0 ? text.length : end).split('\n');
  const header = (name: string) =>
    headers.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  const message = end < 0 ? '' : text.slice(end + 2, end + 2 + LONGEST_MESSAGE);
  const [committer, seconds] = personOf(header('committer'));
  const [author] = personOf(header('author'));
  return { date: dateText(seconds), author, committer, message, trailers: trailersOf(message) };
}

function personOf(text: string): [person: Person, seconds: number] {
  const [, name = '', address = '', seconds = '0'] = PERSON.exec(text) ?? [];
  return [{ name: plain(name), address: plain(address) }, Number(seconds)];
}

function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

function trailersOf(message: string): ReadonlyMap<string, readonly string[]> | undefined {
  const lines = (message.trimEnd().split('\n\n').at(-1) ?? '').split('\n');
  const trailers = new Map<string, string[]>();
  for (const line of lines) {
    const [, name = '', value = ''] = TRAILER.exec(line) ?? [];
    if (name !== '') trailers.set(name, [...(trailers.get(name) ?? []), plain(value)]);
  }
  return trailers.has('Strake-Project') ? trailers : undefined;
}

/** What would move a terminal's cursor, or turn the direction of text, is left out. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
}
