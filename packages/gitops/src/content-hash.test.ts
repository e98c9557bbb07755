import { expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';

function sameHash(left: string, right: string): boolean {
  return contentHash(Buffer.from(left)) === contentHash(Buffer.from(right));
}

const MARKER = '# {"$imagepolicy": "flux-system:web:tag"}';

test.each([
  [`image: "a/web:1.4.2" ${MARKER}\n`, `image: "a/web:1.4.3@sha256:0f" ${MARKER}\n`],
  [`  - newTag: "1" ${MARKER}\n`, `  - newTag: 2 ${MARKER}\n`],
  [`- "a:1" ${MARKER}\n`, `- a:2 ${MARKER}\n`],
  [
    `app.kubernetes.io/version: "1" ${MARKER}\n`,
    `app.kubernetes.io/version: "2"  ${MARKER}\r\n`.replace('  #', ' #'),
  ],
  ['a: 1\nb: 2\n', 'a: 1\r\nb: 2\r\n'],
  [
    `l:\n  - args: |\n      x\n    image: "1" ${MARKER}\n`,
    `l:\n  - args: |\n      x\n    image: "2" ${MARKER}\n`,
  ],
])('takes what a bot or git has changed for the same: %j', (left, right) => {
  expect(sameHash(left, right)).toBe(true);
});

test.each([
  ['image: a:1\n', 'image: a:2\n'],
  ['image: a:1\n', `image: a:1 ${MARKER}\n`],
  [`image: "a:1" ${MARKER}\nargs: x\n`, `image: "a:1" ${MARKER}\nargs: y\n`],
  [`image: "a:1" ${MARKER}\n`, `image: "a:1" ${MARKER.replace('web', 'evil')}\n`],
  [`image: "a:1" ${MARKER}\n`, `command: "a:1" ${MARKER}\n`],
  [`image: "a:1" ${MARKER}\n`, `image: {a: [b]} ${MARKER}\n`],
  [`image: "a:1" ${MARKER}\n`, `image: *anchor ${MARKER}\n`],
  [`a: 1 ${MARKER}\nscript: |\n  x: 1 ${MARKER}\n`, `a: 1 ${MARKER}\nscript: |\n  x: 2 ${MARKER}\n`],
  [`l:\n  - |\n    x: 1 ${MARKER}\n`, `l:\n  - |\n    x: 2 ${MARKER}\n`],
  ['a: \u00e9\n', 'a: e\n'],
])('tells an edit from what was written: %j', (left, right) => {
  expect(sameHash(left, right)).toBe(false);
});

test('does not take broken UTF-8 for the character that stands in for it', () => {
  expect(contentHash(Buffer.from([0x61, 0xff]))).not.toBe(contentHash(Buffer.from('a\ufffd')));
});
