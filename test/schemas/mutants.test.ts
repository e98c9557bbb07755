import { schemasOf } from '@strake/checks/schemas';
import { expect, test } from 'vitest';
import { mutantsOf, type Fault } from './mutants.ts';
import { allObjects } from './objects.ts';

const FAULTS: readonly Fault[] = ['misspelt field', 'wrong type', 'missing required'];

test('of all faults that can be put into an object of the repository, 99 of 100 are found', async () => {
  const schemas = await schemasOf();
  const tally = new Map<string, { readonly made: number; readonly found: number }>();
  const missed: string[] = [];
  let checks = 0;
  const start = performance.now();
  for (const { object } of allObjects()) {
    for (const { fault, path, object: mutant } of mutantsOf(object)) {
      checks++;
      const isFound = schemas.check(mutant).some(({ severity }) => severity === 'error');
      if (!isFound) missed.push(`${fault}: ${path}`);
      for (const kind of [object.kind, 'all']) {
        const { made, found } = tally.get(`${kind} ${fault}`) ?? { made: 0, found: 0 };
        tally.set(`${kind} ${fault}`, { made: made + 1, found: found + Number(isFound) });
      }
    }
  }
  const perSecond = Math.round((checks / (performance.now() - start)) * 1000);
  const kinds = [...new Set(allObjects().map(({ object }) => object.kind))].toSorted();
  const cell = (kind: string, fault: Fault) => {
    const { made, found } = tally.get(`${kind} ${fault}`) ?? { made: 0, found: 0 };
    return made === 0 ? '-' : `${found}/${made}`;
  };
  const rows = [...kinds, 'all'].map((kind) => [kind, ...FAULTS.map((fault) => cell(kind, fault))]);
  const lines = [['kind', ...FAULTS], ...rows].map((row) =>
    row
      .map((each) => each.padEnd(24))
      .join(' ')
      .trimEnd(),
  );
  console.info(
    [
      ...lines,
      `${checks} mutants made and checked, ${perSecond} a second`,
      ...[...new Set(missed)].slice(0, 40),
    ].join('\n'),
  );
  for (const fault of FAULTS) {
    const { made, found } = tally.get(`all ${fault}`) ?? { made: 0, found: 0 };
    expect(made, fault).toBeGreaterThan(100);
    expect(found / made, fault).toBeGreaterThanOrEqual(0.99);
  }
});
