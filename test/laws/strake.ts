import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { ROOT } from '../files.ts';

const STRAKE = join(ROOT, 'packages', 'strake', 'bin', 'strake.js');
const USAGE = new URL('children/print-usage.js', import.meta.url);
const GIBIBYTE = 1024 * 1024 * 1024;
const SECONDS = 10;

/** What a process has taken; undefined when it did not live to say so. */
interface Usage {
  /** Time of a processor, which other tests on the machine do not take. */
  readonly milliseconds: number | undefined;
  /** Most memory that it had, in bytes. */
  readonly memory: number | undefined;
}

/** How a process of the real command has ended. */
export interface Ended extends Usage {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command. A process that takes longer than it may is ended. */
export async function strake(
  words: readonly string[],
  directory: string,
  { uid, atMost = 60_000 }: { readonly uid?: number | undefined; readonly atMost?: number } = {},
): Promise<Ended> {
  const usageFile = join(process.env['TMPDIR'] ?? '/tmp', `strake-usage-${process.pid}-${counter++}`);
  const child = spawn(process.execPath, ['--import', fileURLToPath(USAGE), STRAKE, ...words], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', USAGE_FILE: usageFile },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: atMost,
    killSignal: 'SIGKILL',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [status, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...ended) => resolve(ended));
  });
  return { status, signal, stdout: stdout(), stderr: stderr(), ...usageIn(usageFile) };
}

let counter = 0;

function text(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

function usageIn(file: string): Usage {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { memory: undefined, milliseconds: undefined };
  } finally {
    rmSync(file, { force: true });
  }
}

/** What no output of Strake may have: frames of a stack, and the paths of its own code. */
export const STACK_TRACE = /^\s+at \S.*:\d+:\d+|node:internal|packages\/[a-z]+\/(?:dist|src)\//m;

/** Characters that steer a terminal, and no line ends. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Checks that a process has ended with findings, and within what it may take. */
export function expectFindings({ status, signal, stdout, stderr, milliseconds, memory }: Ended): void {
  expect({ status, signal, stderr: stderr.slice(0, 2000) }).toMatchObject({ status: 2, signal: null });
  expect(stderr.slice(0, 20_000)).not.toMatch(STACK_TRACE);
  expect(stderr).not.toMatch(STEERING);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error {2}[a-z-]+ {2}\S/m);
  expect(stderr).toMatch(/^ {2}next {5}\S/m);
  expectCheap({ milliseconds, memory });
}

/** At most 10 s and 1 GiB. */
function expectCheap({ milliseconds, memory }: Usage): void {
  expect(milliseconds ?? 0).toBeLessThan(SECONDS * 1000);
  expect(memory ?? 0).toBeLessThan(GIBIBYTE);
}

/** Writes a project folder whose configuration has this text; returns the folder. */
export function putProject(folder: string, config: string): string {
  const project = join(folder, 'project');
  mkdirSync(project, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'strake.config.ts'), config);
  return project;
}
