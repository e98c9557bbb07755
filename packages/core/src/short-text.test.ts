import { expect, test } from 'vitest';
import { bothEnds, namesText, shortName, shortText } from './short-text.ts';

test('a text is cut where it is longer than it may be, and not before', () => {
  expect(shortText('x'.repeat(60), 60)).toBe('x'.repeat(60));
  expect(shortText('x'.repeat(61), 60)).toBe(`${'x'.repeat(57)}...`);
});

test('a name of a hundred characters is shown whole, a longer one by its beginning', () => {
  expect(shortName('n'.repeat(100))).toBe('n'.repeat(100));
  expect(shortName('n'.repeat(101))).toBe(`${'n'.repeat(97)}...`);
});

test('a name that is none is shown, whatever it is', () => {
  const hostile = Object.assign(() => {}, { toString: null });
  expect([7, undefined, null, Symbol('s'), { toString: null }, hostile].map(shortName)).toEqual([
    '7',
    'undefined',
    'null',
    'Symbol(s)',
    '[object]',
    '[function]',
  ]);
});

test('of a very long text both ends are shown', () => {
  expect(bothEnds('b'.repeat(50) + 'e'.repeat(50), 100)).toHaveLength(100);
  expect(bothEnds('b'.repeat(50) + 'e'.repeat(51), 100)).toBe(`${'b'.repeat(47)} ... ${'e'.repeat(47)}`);
});

test('a hundred names are listed, and of more how many more there are', () => {
  const names = Array.from({ length: 103 }, (_, index) => `e${index}`);
  expect(namesText([])).toBe('');
  expect(namesText(names.slice(0, 2))).toBe('`e0`, `e1`');
  expect(namesText(names.slice(0, 100)).endsWith('`e98`, `e99`')).toBe(true);
  expect(namesText(names).endsWith('`e98`, `e99` and 3 more')).toBe(true);
});
