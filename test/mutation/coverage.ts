import { afterAll, inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly globalNamespace: string;
    readonly mode: 'mutant' | 'dry-run';
  }
}

interface Instrumented {
  readonly hitCount?: number;
  readonly mutantCoverage?: unknown;
}

// Stryker 9.5 puts what it counted on the first argument of this hook, which Vitest 4.1 passes as the second. Without
// it every mutant would run every test, and an endless loop would end only when its time is over.
// oxlint-disable-next-line no-empty-pattern -- Vitest asks for a pattern there
afterAll(({}, suite) => {
  const { hitCount, mutantCoverage }: Instrumented = Reflect.get(globalThis, inject('globalNamespace')) ?? {};
  if (inject('mode') === 'mutant') Object.assign(suite.meta, { hitCount });
  else Object.assign(suite.meta, { mutantCoverage });
});
