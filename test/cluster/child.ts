import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';

/** A running program, its output in a file. */
export interface Child {
  readonly name: string;
  /** Why it runs no longer, with the end of its output; nothing while it runs. */
  ended(): string | undefined;
  /** Ends it without waiting. */
  kill(): void;
  stop(): Promise<void>;
}

/** Starts a program that ends with this process, because its standard input is a pipe from here. */
export function startChild(name: string, command: string, args: readonly string[], log: string): Child {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  let failure: string | undefined;
  child.on('error', (error) => (failure = String(error)));
  child.stdin.on('error', () => {});
  return {
    name,
    ended: () => {
      if (failure === undefined && !hasEnded(child)) return undefined;
      return `${name} ended: ${failure ?? child.exitCode ?? child.signalCode}\n${lastLines(log)}`;
    },
    kill: () => void child.kill('SIGKILL'),
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function lastLines(log: string): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  } catch {
    return '';
  }
}
