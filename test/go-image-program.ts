import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A program of ours in Go, built once into the cache; nothing where Go or its modules cannot be had: then it says why. */
export function goImageProgram(name: 'go-semver' | 'go-setters'): string | undefined {
  const source = join(import.meta.dirname, name);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'strake-test');
  const built = join(cache, `${name}-${sourceHash(source)}`);
  if (existsSync(built)) return built;
  const go = (...args: string[]) => execFileSync('nice', ['go', ...args], { cwd: source, stdio: 'pipe' });
  try {
    go('version');
    go('mod', 'download');
  } catch (error) {
    console.log(`skipped the tests against Flux's own code (${name}): ${String(error)}`);
    return undefined;
  }
  mkdirSync(cache, { recursive: true });
  const unfinished = `${built}.${process.pid}`;
  go('build', '-trimpath', '-o', unfinished, '.');
  renameSync(unfinished, built);
  return built;
}

function sourceHash(source: string): string {
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(source, file)));
  return hash.digest('hex').slice(0, 12);
}
