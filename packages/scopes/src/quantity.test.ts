import { expect, test } from 'vitest';
import { nanosOf, nanosText } from './quantity.ts';

test.each([
  ['100m', 100_000_000n],
  ['0.1', 100_000_000n],
  [0.5, 500_000_000n],
  ['1.5Ki', 1_536_000_000_000n],
  ['2E', 2_000_000_000_000_000_000_000_000_000n],
  ['1e3', 1_000_000_000_000n],
  ['5e-10', 1n],
  ['64Mi', 67_108_864_000_000_000n],
  ['', undefined],
  ['much', undefined],
])('reads %s as an amount', (text, nanos) => {
  expect(nanosOf(text)).toBe(nanos);
});

test.each(['1500m', '3', '64Mi', '2Gi', '1000'])('writes %s as somebody would', (text) => {
  expect(nanosText(nanosOf(text) ?? 0n)).toBe(text);
});
