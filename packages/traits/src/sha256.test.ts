import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

test('comes to the same as Node for every length around the ends of blocks', () => {
  for (const length of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 10_000]) {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(((index * 31) % 90) + 33)).join('');
    expect(sha256(text), `length ${length}`).toBe(createHash('sha256').update(text).digest('hex'));
  }
});

test('counts bytes of UTF-8, not characters', () => {
  for (const text of ['größe', '配置', '🚀'.repeat(40)]) {
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  }
});
