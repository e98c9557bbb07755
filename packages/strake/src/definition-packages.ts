import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const names = z.record(z.string(), z.unknown()).optional();
const manifest = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  dependencies: names,
  devDependencies: names,
  peerDependencies: names,
});

type PackageManifest = z.infer<typeof manifest>;

/**
 * The packages that a project's definitions come from, with the versions that are installed: what its package.json
 * names, of Strake itself or built on `@strake/core`. Reads package.json files and runs nothing.
 */
export function definitionPackages(directory: string): readonly string[] {
  const project = manifestAt(nearest(directory, 'package.json'));
  const wanted = Object.keys({ ...project?.dependencies, ...project?.devDependencies });
  return wanted
    .flatMap((name) => {
      const found = manifestAt(nearest(directory, join('node_modules', name, 'package.json')));
      return found?.version !== undefined && isDefinitions(name, found) ? [`${name}@${found.version}`] : [];
    })
    .toSorted();
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
