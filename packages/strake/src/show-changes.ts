import type { Change } from '@strake/gitops';
import type { Io } from './io.ts';
import { shownPath } from './shown-path.ts';
import { plural } from './show-findings.ts';

/** What a synth did, or would do. */
export interface SynthResult {
  readonly changes: readonly Change[];
  readonly directory: string;
  readonly dryRun: boolean;
  readonly milliseconds: number;
}

const KINDS = ['added', 'changed', 'removed', 'unchanged'] as const;

/** Prints for each environment and application how many files were added, changed, removed and left as they were. */
export function showChanges({ changes, directory, dryRun, milliseconds }: SynthResult, io: Io): void {
  const rows = byApplication(changes).map(({ environment, application, counts }) => [
    environment,
    application,
    ...KINDS.map((kind) => `${counts[kind]} ${kind}`),
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => paint(cell, column, widths[column] ?? 0, io));
    io.out(`${cells.join('  ').trimEnd()}\n`);
  }
  for (const { path, change } of changes) {
    if (dryRun && change !== 'unchanged') io.out(`${change.padEnd(9)}  ${path}\n`);
  }
  const touched = changes.filter(({ change }) => change !== 'unchanged').length;
  const verb = dryRun ? 'would change' : 'changed';
  io.err(
    `${verb} ${plural(touched, 'file')} in ${shownPath(directory, io.directory) || '.'} (${Math.round(milliseconds)} ms)\n`,
  );
}

function paint(cell: string, column: number, width: number, { colors }: Io): string {
  const padded = column < 2 ? cell.padEnd(width) : cell.padStart(width);
  if (column < 2 || cell.startsWith('0 ') || column === 5) return column < 2 ? padded : colors.dim(padded);
  return [colors.green, colors.yellow, colors.red][column - 2]?.(padded) ?? padded;
}

function byApplication(changes: readonly Change[]) {
  const groups = new Map<
    string,
    { environment: string; application: string; counts: Record<(typeof KINDS)[number], number> }
  >();
  for (const { environment, application, change } of changes) {
    const key = `${environment}/${application}`;
    const group = groups.get(key) ?? {
      environment,
      application,
      counts: { added: 0, changed: 0, removed: 0, unchanged: 0 },
    };
    group.counts[change] += 1;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The result as `--json` prints it. */
export function changesJson({ changes, directory, dryRun, milliseconds }: SynthResult, io: Io): object {
  return {
    repository: shownPath(directory, io.directory),
    dryRun,
    milliseconds: Math.round(milliseconds),
    applications: byApplication(changes).map(({ environment, application, counts }) => ({
      environment,
      application,
      ...counts,
      files: changes
        .filter((each) => each.environment === environment && each.application === application)
        .map(({ path, change }) => ({ path, change })),
    })),
  };
}
