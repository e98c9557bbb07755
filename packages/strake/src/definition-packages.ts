import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const names = z.record(z.string(), z.unknown()).optional();
const manifest = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  exports: z.unknown().optional(),
  dependencies: names,
  devDependencies: names,
  peerDependencies: names,
});

type PackageManifest = z.infer<typeof manifest>;

/** An installed package that may have definitions. */
export interface DefinitionPackage {
  readonly name: string;
  readonly version: string;
  /** Where it is installed. */
  readonly folder: string;
  /** What its package.json says under `exports`. */
  readonly exports: unknown;
}

/** The packages that a project's definitions come from, with the versions that are installed: `@strake/traits@0.1.0`. */
export function definitionPackages(directory: string): readonly string[] {
  return installedPackages(directory)
    .map(({ name, version }) => `${name}@${version}`)
    .toSorted();
}

/**
 * The packages that a project's definitions come from: what its package.json names, of Strake itself or built on
 * `@strake/core`. Reads package.json files and runs nothing.
 */
export function installedPackages(directory: string): readonly DefinitionPackage[] {
  return dependencyNames(directory).flatMap((name) => {
    const path = nearest(directory, join('node_modules', name, 'package.json'));
    const found = manifestAt(path);
    if (path === undefined || found?.version === undefined || !isDefinitions(name, found)) return [];
    return [{ name, version: found.version, folder: dirname(path), exports: found.exports }];
  });
}

/** What a project's package.json names, installed or not. */
export function dependencyNames(directory: string): readonly string[] {
  const project = manifestAt(nearest(directory, 'package.json'));
  return Object.keys({ ...project?.dependencies, ...project?.devDependencies });
}

function isDefinitions(name: string, { dependencies, peerDependencies }: PackageManifest): boolean {
  return name.startsWith('@strake/') || '@strake/core' in { ...dependencies, ...peerDependencies };
}

function nearest(directory: string, file: string): string | undefined {
  const path = join(directory, file);
  if (existsSync(path)) return path;
  return dirname(directory) === directory ? undefined : nearest(dirname(directory), file);
}

function manifestAt(path: string | undefined): PackageManifest | undefined {
  if (path === undefined) return undefined;
  try {
    return manifest.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
