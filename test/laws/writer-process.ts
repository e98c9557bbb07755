import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Finding } from '@strake/core';
import type { Plan, WriteOptions } from '@strake/gitops';
import { ROOT } from '../files.ts';

const SCRIPT = join(ROOT, 'test', 'laws', 'children', 'writer.js');

export interface Written {
  readonly findings: readonly Finding[];
  /** How many files each write has changed. */
  readonly changed: readonly number[];
}

interface Task {
  readonly directory: string;
  /** Indexes of the plans, in the order in which they are written. */
  readonly order: readonly number[];
  readonly options?: WriteOptions;
  /** How often the order is repeated by a loop. */
  readonly rounds?: number;
}

/** A process that writes plans with the built packages. */
export interface WriterProcess {
  readonly pid: number;
  /** Writes each of the plans once. */
  write(task: Task): Promise<Written>;
  /** Starts to write the plans again and again. */
  loop(task: Task): Promise<Running>;
  /** Ends it with SIGKILL, at once. */
  kill(): Promise<void>;
}

export interface Running {
  readonly ended: Promise<Written>;
}

/** Stores plans where writer processes find them. */
export function storePlans(folder: string, plans: readonly Plan[], name = 'plans.json'): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(plans));
  return file;
}

/** Starts a writer and waits until it has loaded everything. */
export async function startWriter(plans: string, uid?: number): Promise<WriterProcess> {
  const child = fork(SCRIPT, [plans], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '' },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  await answer(child);
  return {
    pid: child.pid ?? 0,
    write: async (task) => {
      child.send({ task: 'write', ...task });
      return (await answer(child)) as Written;
    },
    loop: async (task) => {
      child.send({ task: 'loop', ...task });
      await answer(child);
      const ended = answer(child) as Promise<Written>;
      ended.catch(() => undefined);
      return { ended };
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => (child.off('exit', onExit), resolve(message));
    const onExit = () => (child.off('message', onMessage), reject(new Error('the writer has died')));
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
