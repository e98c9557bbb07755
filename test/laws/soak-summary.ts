import { performance } from 'node:perf_hooks';
import process from 'node:process';
import type { Reporter, TestModule } from 'vitest/node';

/** What the closing line sums up, with how the lines of the tests say it. */
const COUNTED: Readonly<Record<string, RegExp>> = {
  'operation sets': /(\d+) sets of writes/,
  strings: /(\d+) strings/,
  manifests: /(\d+) manifests/,
  kills: /(\d+) kills/,
  'concurrent writers': /(\d+) (?:writers|deliverers)/,
  'fuzzed configurations': /(\d+) configurations/,
  'hostile plans': /(\d+) plans/,
  'hostile files': /(\d+) hostile files/,
  'full disks': /full disk.*: (\d+) tries/,
  obstacles: /(\d+) obstacles/,
};

/** Prints at the end of the long run what its tests have said, and what that sums up to. */
export class SoakSummary implements Reporter {
  readonly lines: string[] = [];
  readonly start = performance.now();

  onUserConsoleLog({ content, type }: { readonly content: string; readonly type: string }): void {
    if (type === 'stdout') this.lines.push(...content.split('\n').filter((line) => /\d/.test(line)));
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    const failed = tests.filter((each) => each.result().state === 'failed').length;
    const broken = modules.filter((each) => each.errors().length > 0).length + errors.length;
    for (const line of this.lines) process.stdout.write(`  ${line}\n`);
    const sums = Object.entries(COUNTED).map(([what, said]) => `${this.sum(said)} ${what}`);
    const minutes = ((performance.now() - this.start) / 60_000).toFixed(1);
    process.stdout.write(
      `soak: ${sums.join(', ')}; ${tests.length} tests, ${failed + broken} failures, ${minutes} minutes\n`,
    );
  }

  sum(said: RegExp): number {
    return this.lines.reduce((sum, line) => sum + Number(said.exec(line)?.[1] ?? 0), 0);
  }
}
