import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testCache } from '../tools/kubernetes-tools.ts';

/** The packages that a program needs beyond the one of its name. */
const PACKAGES = {
  prometheus: [],
  'redis-server': ['redis-tools', 'libjemalloc2', 'liblzf1'],
} as const;

/** Path of a program that a Debian package carries, fetched once and not installed; or why it cannot be had. */
export function debianProgram(
  name: keyof typeof PACKAGES,
): { readonly path: string; readonly libraries: string } | { readonly missing: string } {
  const folder = join(testCache(), name);
  const path = join(folder, 'usr', 'bin', name);
  const libraries = join(folder, 'usr', 'lib', 'x86_64-linux-gnu');
  if (existsSync(path)) return { path, libraries };
  try {
    fetchPackages([name, ...PACKAGES[name]], folder);
    return existsSync(path)
      ? { path, libraries }
      : { missing: `the Debian package ${name} has no usr/bin/${name}` };
  } catch (error) {
    return { missing: `the Debian package ${name} cannot be had: ${String(error).split('\n', 1)[0]}` };
  }
}

function fetchPackages(names: readonly string[], folder: string): void {
  const work = mkdtempSync(join(testCache(), 'fetch-'));
  try {
    execFileSync('apt-get', ['download', ...names], { cwd: work, stdio: 'pipe' });
    for (const archive of readdirSync(work).filter((file) => file.endsWith('.deb')))
      execFileSync('dpkg', ['-x', archive, 'unpacked'], { cwd: work, stdio: 'pipe' });
    if (!existsSync(folder)) renameSync(join(work, 'unpacked'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
