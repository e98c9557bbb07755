import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '@strake/core';
import { codePoint } from './code-point.ts';

const CHARACTERS = 'abeEnNoOxXyYzZ_019.+-?:,[]{}#&*!|>\'"%@`=~<\\/$^ \t\n\r\0\x07\x1b\x7f'.split('');
const NUMERIC = '0123456789_.:+-eExXobOBTZ '.split('');
const RARE =
  '\x85 \xa0 \xad \u200b \u2028 \u2029 \ufeff \ufffd \ufffe \uffff \ue000 \u3000 \u0301 \ud7ff'.split(' ');
const WIDE = 'é ß 日本 😀 👩‍💻 \u{10ffff} __proto__ constructor << --- ... !!str &anchor *alias {{x}}'.split(
  ' ',
);
const BREAKS = [
  ' #',
  ': ',
  ' :',
  '- ',
  '\n- ',
  '\n  ',
  ' \n',
  '\n\n',
  '\n\t',
  '\t\n',
  '\r\n',
  '\n---\n',
  '\n...\n',
];
const SENTENCES = ['key: value', 'key:\n- a', 'key:\n  - a', '# comment', '%YAML 1.1', 'k'.repeat(130)];
const LINES = [
  '',
  ' ',
  '  ',
  '\t',
  'a',
  ' a',
  'a ',
  '  a',
  '\ta',
  'a\t',
  '- a',
  'k:',
  'k: v',
  '# a',
  '---',
  '|',
  'é',
  '😀',
];

const WORDS = [
  'true False YES no On OFF y N null Null ~ << = - ? : . --- ... ---a',
  '0o755 0O17 0X1F 0x1f 0B11 0b1 0o7_7 -0o7 0755 08 1_000 685_230.15 1e3 1E+3 e3 .5 5. +1 -1 +.5 .inf -.INF +.Inf .NaN',
  '1:30 -1:30:59 1:30.5 22:22 2001-12-14 2001-1-1 2001-12-14t21:59:43.10-05:00',
  '1.4.2 10.0.0.1 500m 128Mi 1.10 99999999999999999999 0x -_1 0_x1F 1e_+5 +_0b1',
].flatMap((words) => words.split(' '));

const glued = fc
  .array(fc.constantFrom(...CHARACTERS, ...RARE, ...WIDE, ...BREAKS, ...SENTENCES), { maxLength: 7 })
  .map((parts) => parts.join(''));
const numberLike = fc.array(fc.constantFrom(...NUMERIC), { maxLength: 8 }).map((parts) => parts.join(''));
const lines = fc
  .array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('\n'));

/** Strings that are hard to write as YAML. */
export const texts = fc.oneof(
  { arbitrary: glued, weight: 5 },
  { arbitrary: lines, weight: 3 },
  { arbitrary: numberLike, weight: 2 },
  fc.constantFrom(...WORDS, '', ' ', '2001-12-14 21:59:43', '--- a'),
  fc.string({ unit: codePoint }),
  fc.stringMatching(/^[a-z][a-z0-9./:-]{0,20}$/),
);

const numbers = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21, 1e20, 2 ** 63, 2 ** 64, -(2 ** 63), 5e-324, 1.7976931348623157e308, 1e-7, 0.1),
);

const scalars: fc.Arbitrary<JsonValue> = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));

const { value: values } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    { arbitrary: scalars, weight: 3 },
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(texts, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

const labels = fc
  .array(fc.tuple(texts, texts), { minLength: 1, maxLength: 3 })
  .map((entries) => Object.fromEntries(entries));

/**
 * Kubernetes objects of hard strings and hard keys. kyaml takes the indentation of a file from the first list it
 * recognises: `args` is one, and the annotations before it may look like another.
 */
export const manifests: fc.Arbitrary<JsonObject> = fc.record({
  kind: fc.constantFrom('ConfigMap', 'Deployment'),
  apiVersion: fc.constant('v1'),
  metadata: fc.record({ name: texts, labels, annotations: labels }),
  args: fc.constant(['a']),
  image: texts,
  spec: values,
  data: labels,
});

/** An object with the text as value, as key and in lists. */
export function around(text: string): JsonObject {
  return {
    kind: 'Text',
    metadata: { annotations: { [text]: text, text } },
    args: [text],
    image: text,
    map: { [text]: { [text]: text, list: [text, { [text]: [text], text }, [text, [text]]] } },
    text,
  };
}
