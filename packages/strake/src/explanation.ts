import type { Delegation, JsonValue, LeafHistory, Manifest, RenderedApplication, Write } from '@strake/core';
import { pathText, sourceLine } from '@strake/core/tools';
import type { Io } from './io.ts';
import { shownPath } from './shown-path.ts';

/** How the values of one object came to be. */
export interface Explanation {
  readonly environment: string;
  readonly application: string;
  /** Kind and name: `Deployment/web`. */
  readonly object: string;
  readonly values: readonly LeafHistory[];
  /** The fields that a controller decides at run time. */
  readonly delegations: readonly Delegation[];
}

const LONGEST_VALUE = 80;

/** The history of an object's values at or below a path; of all of them when there is none. */
export function explanationOf(
  { environment, application }: RenderedApplication,
  { object, delegations, history }: Manifest,
  path = '',
): Explanation {
  const isWanted = (each: string) =>
    path === '' || each === path || each.startsWith(`${path}.`) || each.startsWith(`${path}[`);
  return {
    environment: environment.name,
    application,
    object: `${object.kind}/${object.metadata.name}`,
    values: (history?.() ?? []).filter((each) => isWanted(each.path)),
    delegations: delegations.filter(({ steps }) => isWanted(pathText(steps))),
  };
}

/** Prints the values below the writes that decided them; neighbours with the same writes stand together. */
export function showExplanation({ environment, application, object, ...rest }: Explanation, io: Io): void {
  io.out(`${io.colors.bold(`${environment}/${application} ${object}`)}\n`);
  let above: string | undefined;
  for (const [writes, line] of lines(rest, io)) {
    if (writes !== above) io.out(writes);
    above = writes;
    io.out(`    ${line}\n`);
  }
}

function lines(
  { values, delegations }: Pick<Explanation, 'values' | 'delegations'>,
  io: Io,
): [string, string][] {
  const decided = values.map(({ path, value, writes, decidedBy }): [string, string] => {
    const others = writes.filter((write) => !decidedBy.includes(write)).toReversed();
    const texts = [
      ...decidedBy.map((write) => writeText(write, io)),
      ...others.map((write) => io.colors.dim(`over ${writeText(write, io)}`)),
    ];
    return [texts.map((text) => `  ${text}\n`).join(''), `${path}: ${shownValue(value)}`];
  });
  const left = delegations.map(({ steps, to, write }): [string, string] => [
    `  ${writeText(write, io)}\n`,
    `${pathText(steps)}: left to ${to}`,
  ]);
  return [...decided, ...left];
}

/** An explanation as `--json` prints it. */
export function explanationJson({ values, delegations, ...rest }: Explanation, io: Io): object {
  return {
    ...rest,
    values: values.map(({ path, value, writes, decidedBy }) => ({
      path,
      value,
      decidedBy: decidedBy.map((write) => writeJson(write, io)),
      over: writes.filter((write) => !decidedBy.includes(write)).map((write) => writeJson(write, io)),
    })),
    delegations: delegations.map(({ steps, to, write }) => ({
      path: pathText(steps),
      to,
      by: writeJson(write, io),
    })),
  };
}

function shownValue(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 3)}...` : text;
}

function writeText(write: Write, io: Io): string {
  const { layer, definition, package: from, at, reason } = writeJson(write, io);
  const parts = [layer, definition, io.colors.dim(from), at];
  return `${parts.filter((part) => part !== undefined).join('  ')}${reason === undefined ? '' : `  (${reason})`}`;
}

function writeJson({ writer, options }: Write, io: Io) {
  const line = sourceLine(writer.origin);
  return {
    layer: writer.layer,
    definition: writer.definition,
    package: writer.package,
    path: writer.path,
    at: line === undefined ? undefined : `${shownPath(line.file, io.directory)}:${line.line}`,
    reason: options.reason,
  };
}
