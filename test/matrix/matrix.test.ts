import { schemaCheck, type SchemaCheck } from '@strake/checks/schemas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printCounts, SOAK } from '../laws/soak.ts';
import { traitFactories } from '../trait-examples.ts';
import { componentTypes, COMPONENTS } from './components.ts';
import { excludes, Matrix, MatrixResult } from './matrix.ts';
import { REFUSALS } from './refusals.ts';
import { ALL_SCOPES, ALL_SCOPES_AMBIENT, NO_SCOPE, scopeNames, SCOPES } from './scopes.ts';
import { TRAITS } from './traits.ts';

/** In the run at hand one pair of so many is tried in each cell, others in others. */
const SAMPLED = 37;

const total = new MatrixResult();
let schemas: SchemaCheck;

beforeAll(async () => {
  schemas = await schemaCheck({ kubernetes: ['1.34'] });
});

afterAll(() => {
  const pairs = SOAK ? 'whole matrix' : 'sample of the matrix';
  const { rendered, refused, unexplained } = total;
  printCounts(pairs, {
    'pairs rendered': rendered,
    'pairs refused': refused,
    unexplained: unexplained.length,
  });
});

test('every exported trait, component and scope is in the matrix', () => {
  expect([...new Set(TRAITS.map(({ factory }) => factory))].toSorted()).toEqual(traitFactories());
  expect(COMPONENTS.map(({ type }) => type).toSorted()).toEqual(componentTypes());
  expect(Object.keys(SCOPES).toSorted()).toEqual(scopeNames());
});

const cells = COMPONENTS.flatMap((component) =>
  [NO_SCOPE, ALL_SCOPES, ALL_SCOPES_AMBIENT].map((scopes) => ({
    type: component.type,
    under: scopes.name,
    component,
    scopes,
  })),
).filter(({ scopes }) => SOAK || scopes !== ALL_SCOPES_AMBIENT);

test('traits that exclude each other are refused for that, and it echoes on no component', () => {
  const result = new MatrixResult();
  for (const component of COMPONENTS) {
    const matrix = new Matrix({ component, scopes: NO_SCOPE }, result, schemas);
    TRAITS.forEach((one, left) => {
      for (const other of TRAITS.slice(left + 1)) {
        if (excludes(one, other) || excludes(other, one)) matrix.pair(one, other);
      }
    });
  }
  expect(result.lines).toEqual([]);
  expect(result.refused).toBeGreaterThan(COMPONENTS.length);
});

test.each(cells)(
  'pairs of traits on $type under $under hold together, or are refused with a reason',
  (cell) => {
    const result = new MatrixResult();
    const matrix = new Matrix(cell, result, schemas);
    const place = cells.indexOf(cell);
    TRAITS.forEach((one, left) => {
      TRAITS.slice(left + 1).forEach((other, index) => {
        const isSampled = (left * 7 + (left + 1 + index) * 13 + place) % SAMPLED === 0;
        if (one.factory !== other.factory && (SOAK || isSampled)) matrix.pair(one, other);
      });
    });
    total.rendered += result.rendered;
    total.refused += result.refused;
    total.unexplained.push(...result.unexplained);
    for (const each of result.met) total.met.add(each);
    expect(result.lines).toEqual([]);
  },
);

test.each(cells.filter(({ type }) => SOAK || type === 'WebService' || type === 'CronTask'))(
  'every trait alone holds on $type under $under, or is refused with a reason',
  (cell) => {
    const result = new MatrixResult();
    const matrix = new Matrix(cell, result, schemas);
    for (const trait of TRAITS) matrix.one(trait);
    for (const each of result.met) total.met.add(each);
    expect(result.lines).toEqual([]);
  },
);

test.runIf(SOAK)('every refusal of the table happens', () => {
  const idle = REFUSALS.filter((refusal) => !total.met.has(refusal));
  expect(idle.map(({ traits, written }) => `${traits.join(' + ')}: ${written}`)).toEqual([]);
});
