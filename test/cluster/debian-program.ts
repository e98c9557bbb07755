import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testCache } from '../tools/kubernetes-tools.ts';

/** Path of a program that a Debian package carries, fetched once and not installed; or why it cannot be had. */
export function debianProgram(name: 'prometheus'): { readonly path: string } | { readonly missing: string } {
  const folder = join(testCache(), name);
  const path = join(folder, 'usr', 'bin', name);
  if (existsSync(path)) return { path };
  try {
    fetchPackage(name, folder);
    return existsSync(path) ? { path } : { missing: `the Debian package ${name} has no usr/bin/${name}` };
  } catch (error) {
    return { missing: `the Debian package ${name} cannot be had: ${String(error).split('\n', 1)[0]}` };
  }
}

function fetchPackage(name: string, folder: string): void {
  const work = mkdtempSync(join(testCache(), 'fetch-'));
  try {
    execFileSync('apt-get', ['download', name], { cwd: work, stdio: 'pipe' });
    const archive = readdirSync(work).find((file) => file.endsWith('.deb')) ?? '';
    execFileSync('dpkg', ['-x', archive, 'unpacked'], { cwd: work, stdio: 'pipe' });
    if (!existsSync(folder)) renameSync(join(work, 'unpacked'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
