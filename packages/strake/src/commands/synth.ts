import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { plan, write, type Plan, type WriteResult } from '@strake/gitops';
import type { Finding } from '@strake/core';
import { sortFindings } from '@strake/core/tools';
import { environmentNames, inEnvironmentOrder } from '../environment-order.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { withLines } from '../hard-change-lines.ts';
import type { Io } from '../io.ts';
import { writeHistory } from '../log/history-file.ts';
import { knowing, type KnownManifests } from '../log/known-writers.ts';
import { hasErrors, renderProject, wholeOf, type ProjectOptions } from '../rendered-project.ts';
import { changesJson, showChanges } from '../show-changes.ts';
import { findingJson, showFindings } from '../show-findings.ts';

export interface SynthOptions extends ProjectOptions {
  /** Folder of the repository, instead of the configured one. */
  readonly out?: string;
  /** File that says who wrote every value, for `deliver --from`. */
  readonly history?: string;
  readonly json?: boolean;
  /** Prints the YAML instead of writing it. */
  readonly stdout?: boolean;
  /** Says what would be written. */
  readonly dryRun?: boolean;
  /** Like `dryRun`, and a difference is exit code 1. */
  readonly verify?: boolean;
  /** Replaces files that were edited by hand. */
  readonly force?: boolean;
}

/** Renders a project and writes it into the GitOps repository. */
export async function synth(options: SynthOptions, io: Io): Promise<ExitCode> {
  const start = performance.now();
  const whole = wholeOf(options);
  const known: KnownManifests = new Map();
  const { project, findings } = await renderProject(options, io.directory, (rendered, config) =>
    plan(config.project, options.history === undefined ? rendered : knowing(rendered, known), {
      ...config,
      whole,
    }),
  );
  if (project === undefined || hasErrors(findings)) return fail(findings, options, io);
  const planned = project.result;
  if (options.stdout === true) return print(planned, findings, io);
  const directory =
    options.out === undefined
      ? resolve(project.directory, project.config.repository?.path ?? 'gitops')
      : resolve(io.directory, options.out);
  const dryRun = options.dryRun === true || options.verify === true;
  const written = write(planned, directory, { dryRun, force: options.force === true });
  const compared = { project, repository: directory, force: options.force === true };
  const told = await withLines(written.findings, compared, options);
  const all = sortFindings([...findings, ...told], environmentNames(project.config));
  if (hasErrors(all)) return fail(all, options, io);
  if (options.history !== undefined) {
    const history = { file: resolve(io.directory, options.history), shown: options.history };
    const unwritten = writeHistory(history, known, project);
    if (unwritten.length > 0) return fail([...all, ...unwritten], options, io);
  }
  const changes = inEnvironmentOrder(written.changes, project.config);
  const result = { changes, directory, dryRun, milliseconds: performance.now() - start };
  if (options.json === true) showJson(changesJson(result, io), all, io);
  else {
    showFindings(all, io);
    showChanges(result, io);
  }
  return options.verify === true && isDifferent(written) ? EXIT.differs : EXIT.done;
}

function isDifferent({ changes, inventory }: WriteResult): boolean {
  return inventory !== 'unchanged' || changes.some(({ change }) => change !== 'unchanged');
}

function fail(findings: readonly Finding[], { json }: SynthOptions, io: Io): ExitCode {
  if (json === true) showJson({}, findings, io);
  else {
    showFindings(findings, io);
    const isHalfway = findings.some(
      ({ code, path }) => code === 'repository-inaccessible' || path === '--history',
    );
    io.err(
      isHalfway ? 'not everything was written; run it again once that is mended\n' : 'nothing was written\n',
    );
  }
  return EXIT.failed;
}

function print(planned: Plan, findings: readonly Finding[], io: Io): ExitCode {
  const all = sortFindings([...findings, ...planned.findings]);
  showFindings(all, io);
  if (hasErrors(all)) return EXIT.failed;
  io.out(planned.files.map(({ path, contents }) => `# ${path}\n${contents}`).join('---\n'));
  return EXIT.done;
}

function showJson(result: object, findings: readonly Finding[], io: Io): void {
  io.out(
    `${JSON.stringify({ ...result, findings: findings.map((each) => findingJson(each, io)) }, null, 2)}\n`,
  );
}
