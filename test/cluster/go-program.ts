import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testCache } from '../tools/kubernetes-tools.ts';

/** Programs written in Go that are built from the folder of their name. */
export type GoProgram = 'etcd' | 'kube-apiserver';

const VERSION = 'k8s.io/component-base/version';

/** What the linker is told: no debug data, and for Kubernetes the version, which its own build sets in this way. */
const LINKED = {
  etcd: () => '-s -w',
  'kube-apiserver': (source: string) => {
    const [, version = '', major = '', minor = ''] =
      /k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+)/.exec(source) ?? [];
    return `-s -w -X ${VERSION}.gitVersion=${version} -X ${VERSION}.gitMajor=${major} -X ${VERSION}.gitMinor=${minor}`;
  },
} as const;

/** Path where the program is, or will be once built: a change of its source or of a version gives another path. */
export function goProgram(name: GoProgram): string {
  const hash = createHash('sha256').update(LINKED[name](sourceFile(name, 'go.mod')));
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(sourceFile(name, file));
  return join(testCache(), `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/**
 * Builds the program unless the cache has it. An interrupted build goes on where it stopped, because Go keeps what
 * it compiled in a cache of its own.
 */
export async function buildGoProgram(name: GoProgram): Promise<string> {
  const built = goProgram(name);
  if (existsSync(built)) return built;
  const unfinished = `${built}.${process.pid}`;
  const flags = ['-p', '2', '-v', '-trimpath', '-ldflags', LINKED[name](sourceFile(name, 'go.mod'))];
  await go(name, ['build', ...flags, '-o', unfinished, '.']);
  renameSync(unfinished, built);
  return built;
}

/** Runs Go at a low priority and tells every ten seconds on standard error how far it is. */
async function go(name: GoProgram, args: readonly string[]): Promise<void> {
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 1000);
  const child = spawn('nice', ['go', ...args], {
    cwd: folder(name),
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const told = setInterval(() => {
    console.error(
      `building ${name}: ${seconds()} s, ${lines.length} modules and packages, now ${lines.at(-1) ?? ''}`,
    );
  }, 10_000);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) resolve();
        else
          reject(new Error(`go ${args[0]} of ${name} ended with ${code}:\n${lines.slice(-20).join('\n')}`));
      });
    });
    console.error(`built ${name} in ${seconds()} s`);
  } finally {
    clearInterval(told);
  }
}

function folder(name: GoProgram): string {
  return join(import.meta.dirname, 'go', name);
}

function sourceFile(name: GoProgram, file: string): string {
  return readFileSync(join(folder(name), file), 'utf8');
}
