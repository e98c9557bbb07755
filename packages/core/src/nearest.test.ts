import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test('a misspelt word is near to one candidate, and the beginning of a word to the only one that it begins', () => {
  expect(nearest('stagin', ['production', 'staging'])).toBe('staging');
  expect(nearest('prod', ['production', 'staging'])).toBe('production');
  expect(nearest('pro', ['production', 'provisional'])).toBeUndefined();
  expect(nearest('other', ['production', 'staging'])).toBeUndefined();
});

test('a word of a million characters, or a candidate of as many, is near to nothing', () => {
  const long = 'staging'.repeat(150_000);
  expect(nearest(long, ['staging', long])).toBeUndefined();
  expect(nearest('staging', [long])).toBeUndefined();
  expect(nearest('stagin', [long, 'staging'])).toBe('staging');
});

test('of very many candidates the first thousand are compared', () => {
  const names = Array.from({ length: 200_000 }, (_, index) => `environment-${index}`);
  expect(nearest('stagin', [...names.slice(0, 999), 'staging', ...names])).toBe('staging');
  expect(nearest('stagin', [...names.slice(0, 1000), 'staging', ...names])).toBeUndefined();
});
