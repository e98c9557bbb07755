import type { Finding, SourceLine } from '@strake/core';
import type { Io } from './io.ts';
import { shownPath } from './shown-path.ts';

/**
 * Prints findings, each with its code, place, what was written, what is allowed, and what to do next.
 * @param print where to: what people are told meanwhile, or what was asked for
 */
export function showFindings(findings: readonly Finding[], io: Io, print: Io['err'] = io.err): void {
  for (const finding of findings) print(`${findingText(finding, io)}\n`);
  if (findings.length > 0) print(`${countText(findings)}\n`);
}

function findingText(finding: Finding, io: Io): string {
  const { bold, dim, red, yellow } = io.colors;
  const paint = finding.severity === 'error' ? red : yellow;
  const environments = finding.environments.length === 0 ? '' : dim(` (${finding.environments.join(', ')})`);
  const lines = [
    `${paint(finding.severity)}  ${bold(finding.code)}  ${printable(finding.path)}${environments}`,
    ...[...new Set(finding.sources.map((source) => sourceText(source, io)))].map(
      (text) => `  at       ${text}`,
    ),
    `  written  ${printable(finding.written)}`,
    `  allowed  ${printable(finding.allowed)}`,
    `  next     ${printable(finding.fix)}`,
    ...(finding.waive === undefined ? [] : [`  waive    ${printable(finding.waive)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function countText(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  return [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : '']
    .filter((part) => part !== '')
    .join(', ');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Without the column, which counts in what TypeScript was compiled to and not in what the user wrote. */
function sourceText({ file, line }: SourceLine, { directory }: Io): string {
  return `${shownPath(file, directory)}:${line}`;
}

/** Text from input without the characters that steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? '?' : escaped;
  });
}

/** A finding as `--json` prints it. */
export function findingJson(finding: Finding, io: Io): object {
  const sources = finding.sources.map(({ file, line }) => ({ file: shownPath(file, io.directory), line }));
  return { ...finding, sources };
}
