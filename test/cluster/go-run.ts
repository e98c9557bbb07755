import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Runs Go at the lowest priority and tells every ten seconds on standard error how far it is. */
export async function runGo(name: string, folder: string, args: readonly string[]): Promise<void> {
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 1000);
  const child = spawn('nice', ['-n', '19', 'go', ...args], {
    cwd: folder,
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
