import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import { errorCode } from './refusal.ts';

/** Which process on which machine, so that another one can tell whether it still runs. */
export interface RunningProcess {
  /** Digest of the host's name and of the process namespace: ids of processes mean the same in there only. */
  readonly machine: string;
  readonly id: number;
  /** When it started, where the system says so: ids are used again. Empty elsewhere. */
  readonly started: string;
}

const STARTED_FIELD = 19;

/** The process that this is. */
export function thisProcess(): RunningProcess {
  return { machine: machine(), id: process.pid, started: statusOf(process.pid)?.started ?? '' };
}

/** Whether a process still runs. What this one cannot know, as of another machine, counts as running. */
export function isRunning({ machine: other, id, started }: RunningProcess): boolean {
  if (other !== machine()) return true;
  if (!exists(id)) return false;
  const status = statusOf(id);
  return status === undefined || (!status.isZombie && (started === '' || status.started === started));
}

/** Whether ids of processes there are ids of processes here. */
export function isHere({ machine: other }: RunningProcess): boolean {
  return other === machine();
}

function machine(): string {
  return createHash('sha256').update(`${hostname()} ${namespace()}`).digest('hex').slice(0, 12);
}

/** Containers of one host may have its name, and each its own processes. */
function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function exists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** What Linux says of a process; undefined where nothing does (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
function statusOf(id: number): { readonly started: string; readonly isZombie: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { started: fields[STARTED_FIELD] ?? '', isZombie: fields[0] === 'Z' };
  } catch {
    return undefined;
  }
}
