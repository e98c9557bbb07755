import { expect, test } from 'vitest';
import { duration, durationOrZero, milliseconds } from './duration.ts';

test.each([
  ['15s', 15_000],
  ['500ms', 500],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['0s', 0],
])('%s is %i milliseconds', (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

test('rejects what is no duration, and none at all', () => {
  const texts = ['', '15', 's', '15 s', '1d', '-1s', '0s', '0.5ms'];
  expect(texts.filter((text) => duration.safeParse(text).success)).toEqual([]);
  expect(duration.safeParse('1ms').success).toBe(true);
  expect(durationOrZero.safeParse('0s').success).toBe(true);
});
