import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endsWithStarter, goProgram, type GoProgram } from './go-program.ts';

/** Ends the program, started by this shell, as soon as standard input closes. */
const BOUND = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
trap 'kill -KILL "$program"' TERM
{ cat <&3; kill -KILL "$program"; } >/dev/null 2>&1 &
watcher=$!
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** A running program, its output in a file. */
export interface Child {
  readonly name: string;
  /** Why it runs no longer, with the end of its output; nothing while it runs. */
  ended(): string | undefined;
  /** Ends it without waiting. */
  kill(): void;
  stop(): Promise<void>;
}

/** Which program: one that is built from `go/<name>`, or another one by its path. */
type Program =
  | { readonly name: GoProgram; readonly program?: undefined }
  | { readonly name: string; readonly program: string; readonly endsWithStarter?: boolean };

/** What a program is started with. */
export type Start = Program & {
  readonly flags: readonly string[];
  /** Folder of its output, which is also its working folder, its home and its place for temporary files. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Command that is given the program and its flags, and becomes it. */
  readonly within?: readonly string[];
};

/** Starts a program that ends with this process, because its standard input is a pipe from here. */
export function startChild(start: Start): Child {
  const { name, flags, folder, environment, within = [] } = start;
  const bare = start.program === undefined ? endsWithStarter(start.name) : start.endsWithStarter === true;
  const program = start.program ?? goProgram(start.name);
  const command = [...(bare ? [] : ['sh', '-c', BOUND, 'sh']), ...within, program, ...flags];
  const log = join(folder, `${name}.log`);
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  let failure: string | undefined;
  child.on('error', (error) => (failure = String(error)));
  child.stdin.on('error', () => {});
  const signal = bare ? 'SIGKILL' : 'SIGTERM';
  return {
    name,
    ended: () => {
      if (failure === undefined && !hasEnded(child)) return undefined;
      return `${name} ended: ${failure ?? child.exitCode ?? child.signalCode}\n${lastLines(log)}`;
    },
    kill: () => void child.kill(signal),
    stop: () => stop(child, signal),
  };
}

/** Throws what one of them ended with, if one did. */
export function throwEnded(children: readonly Child[]): void {
  for (const child of children) {
    const ended = child.ended();
    if (ended !== undefined) throw new Error(ended);
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
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
