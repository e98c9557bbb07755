import { spawn } from 'node:child_process';
import process from 'node:process';

/** What a run of kubectl has said. `code` is undefined when there is no kubectl to run. */
export interface KubectlAnswer {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

/** Which cluster kubectl talks to. */
export interface KubectlTarget {
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
}

/** Runs kubectl on the user's own configuration, whose authentication plugins it knows. Nothing goes through a shell. */
export function kubectl(
  { context, kubeconfig }: KubectlTarget,
  words: readonly string[],
  input = '',
): Promise<KubectlAnswer> {
  const target = [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ];
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const env = { ...process.env, KUBECTL_EXTERNAL_DIFF: undefined };
    const child = spawn('kubectl', [...words, ...target, '--request-timeout=60s'], {
      env,
      windowsHide: true,
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'EACCES') reject(error);
      else resolve({ code: undefined, out: '', err: error.message });
    });
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('close', (code) =>
      resolve({ code: code ?? 1, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
    // It may end before it has read all: what it says then counts.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
