import { expect, test } from 'vitest';
import { isAtLeast } from './kubernetes-version.ts';

test('compares versions by their numbers', () => {
  expect(isAtLeast('1.29', '1.29')).toBe(true);
  expect(isAtLeast('1.100', '1.29')).toBe(true);
  expect(isAtLeast('v1.34.2', '1.29')).toBe(true);
  expect(isAtLeast('1.9', '1.29')).toBe(false);
  expect(isAtLeast('2.0', '1.29')).toBe(true);
  expect(isAtLeast('0.99', '1.29')).toBe(false);
});
