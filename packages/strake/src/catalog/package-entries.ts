import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding } from '@strake/core';
import { findingsOf } from '@strake/core/tools';
import type { Jiti } from 'jiti';
import type { DefinitionPackage } from '../definition-packages.ts';
import { catalogFile, type CatalogEntry } from './catalog-entry.ts';
import { definitionOf, entryOf } from './entry-of.ts';

/** The definitions of a package, and why some may be missing. */
export interface PackageEntries {
  readonly entries: readonly CatalogEntry[];
  readonly findings: readonly Finding[];
}

/** The definitions of a package: what its `catalog.json` says, or without one what its modules export. */
export async function packageEntries(
  from: DefinitionPackage,
  jiti: () => Promise<Jiti>,
): Promise<PackageEntries> {
  const file = join(from.folder, 'catalog.json');
  return existsSync(file) ? readCatalog(file, from) : exportedEntries(from, jiti);
}

function readCatalog(file: string, { name }: DefinitionPackage): PackageEntries {
  try {
    const { data } = catalogFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (data !== undefined) return { entries: data.definitions, findings: [] };
  } catch {
    // The finding below says it.
  }
  const wrong = unreadable(name, 'its `catalog.json` is no catalog');
  return { entries: [], findings: [wrong] };
}

async function exportedEntries(
  { name, exports }: DefinitionPackage,
  jiti: () => Promise<Jiti>,
): Promise<PackageEntries> {
  const entries: CatalogEntry[] = [];
  const findings: Finding[] = [];
  for (const path of modulesOf(exports)) {
    const module = `${name}${path.slice(1)}`;
    try {
      const loaded: object = await (await jiti()).import(module);
      for (const [exported, value] of Object.entries(loaded)) {
        const info = definitionOf(value);
        if (info !== undefined) entries.push(entryOf(info, { export: exported, import: module }));
      }
    } catch (error) {
      const thrown = findingsOf(error, module).map(({ written }) => written);
      findings.push(unreadable(module, thrown.join('; ')));
    }
  }
  return { entries, findings };
}

/** The modules that a package lets others import, as its `exports` name them. */
function modulesOf(exports: unknown): string[] {
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports)) return ['.'];
  const paths = Object.keys(exports);
  if (!paths.some((path) => path.startsWith('.'))) return ['.'];
  return paths.filter((path) => !path.includes('*') && !/\.[a-z]+$/.test(path));
}

function unreadable(path: string, written: string): Finding {
  return {
    ...finding({
      code: 'package-unreadable',
      path,
      written,
      allowed: 'a package whose modules load, or which has a `catalog.json`',
      fix: 'Install it again, or tell its authors.',
    }),
    severity: 'warning',
  };
}
