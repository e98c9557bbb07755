import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { finding, StrakeError, type Config, type Finding } from '@strake/core';
import { findingsOf, parseProperties } from '@strake/core/tools';
import { configSchema } from './config-schema.ts';
import { dependencyNames } from './definition-packages.ts';
import { shownPath } from './shown-path.ts';

/** A project's configuration, and the folder that its paths are relative to. */
export interface LoadedConfig {
  readonly config: Config;
  readonly directory: string;
}

export const CONFIG_FILE = 'strake.config.ts';

/**
 * Loads a configuration and all TypeScript that it imports, without a build step.
 * Throws a StrakeError with findings when there is none, when it throws, or when it has a wrong shape.
 */
export async function loadConfig(file: string, directory: string): Promise<LoadedConfig> {
  const path = resolve(directory, file);
  const name = shownPath(path, directory);
  if (!existsSync(path)) throw new StrakeError([missing(name)]);
  const { createJiti } = await import('jiti');
  requireCdk8sPlus(path);
  try {
    const exported: unknown = await createJiti(import.meta.url, {
      fsCache: cacheFolder(dirname(path)),
    }).import(path, {
      default: true,
    });
    return { config: checked(exported, name), directory: dirname(path) };
  } catch (error) {
    throw new StrakeError(unreadable(error, directory) ?? findingsOf(error, name), { cause: error });
  }
}

/**
 * Node 20 takes twice as long to import a CommonJS package as to require it, since it looks for the names of its exports
 * first. The loader uses what is required already.
 */
function requireCdk8sPlus(path: string): void {
  const fromConfig = createRequire(path);
  for (const name of dependencyNames(dirname(path))) {
    if (!/^cdk8s-plus-\d+$/.test(name)) continue;
    try {
      fromConfig(name);
    } catch {
      // Whatever imports it hears why it cannot be loaded.
    }
  }
}

/**
 * What was compiled is kept with the packages that the configuration imports: whoever can write there decides what runs
 * anyway. Without such a folder everything is compiled each time.
 */
function cacheFolder(folder: string): string | false {
  const modules = join(folder, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache', 'strake');
  return folder === dirname(folder) ? false : cacheFolder(dirname(folder));
}

function checked(exported: unknown, name: string): Config {
  if (!looksLikeConfig(exported)) throw new StrakeError([notExported(name)]);
  const parsed = parseProperties(configSchema, exported, { definition: 'defineConfig', origin: {} });
  if (parsed.ok) return exported as Config;
  throw new StrakeError(parsed.findings(name).map((each) => ({ ...each, code: 'config-invalid' })));
}

/** What the parser says of a file. The loader puts it into a message whose second line is the place. */
function unreadable(error: unknown, directory: string): readonly Finding[] | undefined {
  const text = error instanceof Error ? error.message : '';
  const [, problem = '', file, line, column] = /^ParseError: (.*)\n\s*(\S.*):(\d+):(\d+)$/m.exec(text) ?? [];
  if (file === undefined) return undefined;
  return [
    finding({
      code: 'config-failed',
      path: shownPath(file, directory),
      sources: [{ file, line: Number(line), column: Number(column) }],
      written: `it is no TypeScript: ${problem.trim()}`,
      allowed: 'TypeScript that can be read to its end',
      fix: 'Correct the code at that line, or just before it.',
    }),
  ];
}

function missing(name: string) {
  return finding({
    code: 'config-missing',
    path: name,
    written: 'there is no such file',
    allowed: `a file ${CONFIG_FILE} that exports defineConfig({ ... }) as its default`,
    fix: 'Run the command in the project folder, or name the file with --config.',
  });
}

/** Whether something was exported that is meant to be a configuration, right or wrong. */
function looksLikeConfig(exported: unknown): boolean {
  return (
    typeof exported === 'object' && exported !== null && ('project' in exported || 'applications' in exported)
  );
}

function notExported(name: string) {
  return finding({
    code: 'config-invalid',
    path: name,
    written: 'its default export is no configuration',
    allowed: 'a file that ends in `export default defineConfig({ ... })`, without a promise around it',
    fix: 'Export the result of defineConfig() as default.',
  });
}
