import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StrakeError, type Finding } from '@strake/core';
import { usedDefinitions, type DefinitionInfo } from '@strake/core/tools';
import { installedPackages } from '../definition-packages.ts';
import { loadConfig } from '../load-config.ts';
import { sortEntries, type CatalogEntry } from './catalog-entry.ts';
import { entryOf } from './entry-of.ts';
import { packageEntries } from './package-entries.ts';

/** The definitions that a project can use, and what is wrong where some may be missing. */
export interface ProjectCatalog {
  readonly entries: readonly CatalogEntry[];
  readonly findings: readonly Finding[];
}

/**
 * The definitions of the packages that a project depends on, and those that it uses besides: its own, and those of its
 * platform. Without a configuration file only the packages count.
 */
export async function projectCatalog(file: string, directory: string): Promise<ProjectCatalog> {
  const path = resolve(directory, file);
  const folder = dirname(path);
  const load = once(async () => {
    const { createJiti } = await import('jiti');
    return createJiti(join(folder, 'package.json'), { fsCache: false });
  });
  const entries: CatalogEntry[] = [];
  const findings: Finding[] = [];
  for (const each of installedPackages(folder)) {
    const read = await packageEntries(each, load);
    entries.push(...read.entries);
    findings.push(...read.findings);
  }
  try {
    const used = existsSync(path) ? usedDefinitions((await loadConfig(file, directory)).config) : [];
    entries.push(...used.map((info) => entryOf(info)));
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    findings.push(...error.findings);
  }
  return { entries: sortEntries(distinct(entries)), findings };
}

/** Each definition once: a package may export those of another, and a project uses what it has installed. */
function distinct(entries: readonly CatalogEntry[]): CatalogEntry[] {
  const key = ({ kind, package: from, name }: CatalogEntry | DefinitionInfo) => `${kind} ${from} ${name}`;
  const known = new Map<string, CatalogEntry>();
  for (const each of entries) if (!known.has(key(each))) known.set(key(each), each);
  return [...known.values()];
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
}
