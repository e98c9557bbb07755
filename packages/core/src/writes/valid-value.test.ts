import { expect, test } from 'vitest';
import { invalidPart } from './valid-value.ts';

test('names the place and the type of what JSON cannot hold', () => {
  expect(invalidPart({ spec: [{ at: new Date(0) }] }, ['template'])).toEqual({
    steps: 'template.spec.0.at',
    type: 'a Date',
  });
});

test('a very long key and the very long name of a class are shown by their beginnings', () => {
  const name = 'n'.repeat(100_000);
  const Long = Object.defineProperty(class extends Date {}, 'name', { value: name });
  const short = `${'n'.repeat(97)}...`;
  expect(invalidPart({ [name]: new Long() }, [])).toEqual({ steps: `[${short}]`, type: `a ${short}` });
});

test('what no class has made and is not plain is named all the same', () => {
  expect(invalidPart(Object.create({ constructor: undefined }), [])?.type).toBe('no plain map');
});

test('a value of a hundred thousand levels contains itself, as far as anybody can tell', () => {
  let value: unknown = 'x';
  for (let level = 0; level < 100_000; level++) value = { a: value };
  expect(invalidPart(value, [])?.type).toBe('a value that contains itself');
});
