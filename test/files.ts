import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative, sep } from 'node:path';

/** Folder of the checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);

/** Every file below a folder of the checkout, with `/`, sorted. */
export function filesBelow(folder: string): string[] {
  return walk(join(ROOT, folder))
    .map((path) => relative(ROOT, path).split(sep).join('/'))
    .toSorted();
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (LEFT_OUT.has(name)) return [];
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}
