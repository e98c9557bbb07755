import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Runs a process to its end. Its peak memory is looked up every 10 ms, so it is missing for the shortest. */
export async function measuredProcess(path, args) {
  const start = performance.now();
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  let rssMb = 0;
  const timer = setInterval(() => (rssMb = peakMemory(child.pid) ?? rssMb), 10);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const wallMs = performance.now() - start;
  clearInterval(timer);
  if (code !== 0) throw new Error(`${path} ${args.join(' ')}: exit ${code}\n${errors.slice(0, 2000)}`);
  return { wallMs, rssMb, output };
}

/** Linux keeps it for a process that runs. */
function peakMemory(pid) {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
