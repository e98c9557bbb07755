import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { testCache } from '../tools/kubernetes-tools.ts';
import { runGo } from './go-run.ts';

/** Programs written in Go: each is built from the folder of its name, the first two before any other. */
export const GO_PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'flagger',
  'kustomize-controller',
  'source-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'sealed-secrets',
  'kustomize',
  'argocd',
] as const;

export type GoProgram = (typeof GO_PROGRAMS)[number];

const VERSION = 'k8s.io/component-base/version';

/** Path where the program is, or will be once built: a change of its source or of a version gives another path. */
export function goProgram(name: GoProgram): string {
  const hash = createHash('sha256').update(linkerFlags(name));
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    if (existsSync(join(folder(name), file))) hash.update(sourceFile(name, file));
  }
  return join(testCache(), `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** Whether the program ends by itself when its standard input closes: those with a `main.go` here do. */
export function endsWithStarter(name: GoProgram): boolean {
  return existsSync(join(folder(name), 'main.go'));
}

/**
 * Builds the program unless the cache has it. An interrupted build goes on where it stopped, because Go keeps what
 * it compiled in a cache of its own.
 */
export async function buildGoProgram(name: GoProgram): Promise<string> {
  const built = goProgram(name);
  if (existsSync(built)) return built;
  const unfinished = `${built}.${process.pid}`;
  const flags = ['-p', '1', '-v', '-trimpath', '-ldflags', linkerFlags(name)];
  await runGo(name, folder(name), ['build', ...flags, '-o', unfinished, packageOf(name)]);
  renameSync(unfinished, built);
  return built;
}

/** No debug data, and for Kubernetes the version, which its own build sets in this way. */
function linkerFlags(name: GoProgram): string {
  const kubernetes = /k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+)/.exec(sourceFile(name, 'go.mod'));
  if (kubernetes === null) return '-s -w';
  const [, version = '', major = '', minor = ''] = kubernetes;
  return `-s -w -X ${VERSION}.gitVersion=${version} -X ${VERSION}.gitMajor=${major} -X ${VERSION}.gitMinor=${minor}`;
}

/** The `main.go` here, or else the command of the other project that `go.mod` names as a tool. */
function packageOf(name: GoProgram): string {
  return endsWithStarter(name) ? '.' : (/^tool (\S+)$/m.exec(sourceFile(name, 'go.mod'))?.[1] ?? '.');
}

function folder(name: GoProgram): string {
  return join(import.meta.dirname, 'go', name);
}

function sourceFile(name: GoProgram, file: string): string {
  return readFileSync(join(folder(name), file), 'utf8');
}
