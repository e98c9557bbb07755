import { performance } from 'node:perf_hooks';
import process from 'node:process';
import type { Reporter, TestModule } from 'vitest/node';

/** Prints at the end how many tests there are, and what became of them. */
export class ClosingLine implements Reporter {
  readonly start = performance.now();

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    const count = (state: string): number => tests.filter((each) => each.result().state === state).length;
    const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(count);
    const broken = modules.filter((each) => each.errors().length > 0).length + errors.length;
    const seconds = Math.round((performance.now() - this.start) / 1000);
    process.stdout.write(
      `cluster tests: ${tests.length} tests in ${modules.length} suites, ${passed} passed, ${failed} failed, ` +
        `${skipped} skipped${broken > 0 ? `, ${broken} errors` : ''}, ${Math.floor(seconds / 60)} min ${seconds % 60} s\n`,
    );
  }
}
