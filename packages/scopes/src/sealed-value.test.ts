import { expect, test } from 'vitest';
import { isSealedValue } from './sealed-value.ts';

function blob(keyBytes: number, bytes: number): string {
  const value = Buffer.alloc(bytes, 7);
  value.writeUInt16BE(keyBytes);
  return value.toString('base64');
}

test.each([256, 384, 512])('takes a value whose session key is encrypted in %i bytes', (keyBytes) => {
  expect(isSealedValue(blob(keyBytes, 2 + keyBytes + 16))).toBe(true);
  expect(isSealedValue(blob(keyBytes, 2 + keyBytes + 16 + 1))).toBe(true);
});

test.each([
  ['no text at all', ''],
  ['plain text', 'hunter2'],
  ['base64 of plain text', Buffer.from('x'.repeat(600)).toString('base64')],
  ['a value that is cut off', blob(512, 2 + 512 + 15)],
  ['a value with a session key of too few bytes', blob(128, 400)],
  ['a value with a line break', `${blob(256, 274)}\n`],
  ['base64 for URLs', `${blob(256, 274).slice(0, -1)}_`],
])('refuses %s', (_, text) => {
  expect(isSealedValue(text)).toBe(false);
});
