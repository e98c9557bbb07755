import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { finding, StrakeError, type Config, type Finding } from '@strake/core';
import { readLog } from '@strake/gitops';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig } from '../load-config.ts';
import { logEntries } from '../log/log-entry.ts';
import { logJson, showLogItem, type LogItem } from '../log/show-log.ts';
import { findingJson, showFindings } from '../show-findings.ts';

export interface LogOptions {
  /** The configuration file; not loaded when the repository is named. */
  readonly config: string;
  /** Path or URL of the repository, instead of the configured one. */
  readonly repository?: string;
  readonly branch?: string;
  readonly env?: readonly string[];
  readonly app?: readonly string[];
  /** `Deployment/web`. */
  readonly object?: string;
  /** A value, or what stands below it. */
  readonly path?: string;
  /** A date, or a time as ISO 8601 writes it. */
  readonly since?: string;
  /** How many commits. */
  readonly limit?: string;
  readonly json?: boolean;
}

const LIMIT = 20;

/** Says who changed which value of what when, and in which layer: from the repository's history alone. */
export async function log(options: LogOptions, io: Io): Promise<ExitCode> {
  const { since, limit = String(LIMIT) } = options;
  const from = since === undefined ? -Infinity : Date.parse(since);
  const most = /^[1-9]\d{0,6}$/.test(limit) ? Number(limit) : NaN;
  const wrong = [
    ...(Number.isNaN(from) ? [invalid('--since', since ?? '', 'a date: `2026-11-22`')] : []),
    ...(Number.isNaN(most) ? [invalid('--limit', limit, 'a number of commits')] : []),
  ];
  const items: LogItem[] = [];
  try {
    if (wrong.length === 0)
      await readLog(
        {
          ...(await source(options, io)),
          variables: process.env,
          since: from,
          isWanted: ({ environment, application }) =>
            options.env?.includes(environment) !== false && options.app?.includes(application) !== false,
        },
        (commit) => {
          const entries = logEntries(commit, options);
          if (entries.length > 0) items.push({ commit, entries });
          return items.length < most ? 'go on' : 'enough';
        },
      );
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    wrong.push(...error.findings);
  }
  if (options.json === true) {
    const shown = { entries: items.flatMap(logJson), findings: wrong.map((each) => findingJson(each, io)) };
    io.out(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    showFindings(wrong, io);
    for (const item of items) showLogItem(item, io);
    if (items.length === 0 && wrong.length === 0) io.err('no commit changes anything of that\n');
  }
  return wrong.length > 0 ? EXIT.failed : EXIT.done;
}

/** Where the repository is: a configuration is a program, and is loaded only where nobody says it. */
async function source(options: LogOptions, io: Io) {
  const { repository, branch } = options;
  if (repository !== undefined) return { repository, directory: io.directory, ...(branch && { branch }) };
  const { config, directory } = await loadConfig(options.config, io.directory);
  const at: NonNullable<Config['repository']> = config.repository ?? {};
  const { url, path = 'gitops', forge } = at;
  const name = branch ?? at.branch;
  return {
    // A checkout may be older than the repository, and is there when nothing else is.
    repository: url ?? (existsSync(resolve(directory, path)) ? path : '.'),
    directory,
    ...(name && { branch: name }),
    ...(forge && { forge }),
  };
}

function invalid(path: string, written: string, allowed: string): Finding {
  const code = 'property-invalid';
  return finding({ code, path, written: `\`${written}\``, allowed, fix: 'Write it like that.' });
}
