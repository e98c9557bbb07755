import { expect, test } from 'vitest';
import { compareQuantities, quantitySchema } from './quantity.ts';

test.each([
  ['500m', '0.5', 0],
  ['1', 1, 0],
  ['1Gi', '1024Mi', 0],
  ['1G', '1Gi', -1],
  ['1E', '1000P', 0],
  ['1e3', '1k', 0],
  ['1E3', '1k', 0],
  ['1Ei', '1E', 1],
  ['.5', '500m', 0],
  ['5.', '5', 0],
  ['100n', '1u', -1],
  ['0.1', '0.10000000000000001', -1],
  ['9007199254740993', '9007199254740992', 1],
  [0.1, '100m', 0],
])('%s compared with %s', (left, right, order) => {
  expect(compareQuantities(left, right)).toBe(order);
  expect(compareQuantities(right, left)).toBe(order === 0 ? 0 : -order);
});

test('takes the forms that Kubernetes takes', () => {
  const texts = ['1', '1.5', '.5', '5.', '500m', '64Mi', '1e3', '1E-2', '12E'];
  expect(texts.filter((text) => !quantitySchema.safeParse(text).success)).toEqual([]);
});

test('rejects other texts, and what is less than nothing', () => {
  const values = ['', '.', '-1', '64 Mi', '64mi', '64MB', '1e', 'Mi', '1e100', -1, Number.NaN, Infinity];
  expect(values.filter((value) => quantitySchema.safeParse(value).success)).toEqual([]);
});
