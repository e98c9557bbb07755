import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../packages/gitops/src/emit.ts';

/** What YAML parsers trip over, to be glued together at random. */
const FRAGMENTS = [
  ...[...'abeEnNoOxXyYzZ_019.+-?:,[]{}#&*!|>\'"%@`=~<\\/$^ \t\n\r\0\x07\x1b\x7f'],
  ...[' #', ': ', ' :', '- ', '\n- ', '\n  ', ' \n', '\n\n', '\n\t', '\t\n', '\r\n', '---', '...', '\n---\n', '\n...\n'],
  ...['\x85', '\xa0', '\xad', '\u200b', '\u2028', '\u2029', '\ufeff', '\ufffd', '\ufffe', '\uffff', '\ue000', '\u3000'],
  ...['é', 'ß', '日本', '😀', '👩‍💻', '\u0301', '\ud7ff', '\u{10ffff}', '__proto__', 'constructor', 'k'.repeat(60)],
  ...['key: value', 'key:\n- a', 'key:\n  - a', '# comment', '!!str', '&anchor', '*alias', '<<', '%YAML 1.1', '{{ x }}'],
];

const WORDS = [
  ...['true', 'False', 'YES', 'no', 'On', 'OFF', 'y', 'N', 'null', 'Null', '~', '<<', '=', '', ' ', '-', '?', ':', '.'],
  ...['0o755', '0O17', '0X1F', '0x1f', '0B11', '0b1', '0o7_7', '-0o7', '0755', '08', '1_000', '685_230.15', '1e3', '1E+3'],
  ...['e3', '.5', '5.', '+1', '-1', '+.5', '.inf', '-.INF', '+.Inf', '.nan', '.NaN', '1:30', '-1:30:59', '1:30.5', '22:22'],
  ...['2001-12-14', '2001-1-1', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43', '---', '...', '--- a', '---a'],
  ...['1.4.2', '10.0.0.1', '500m', '128Mi', '1.10', '99999999999999999999', '0x', '-_1', '0_x1F', '1e_+5', '+_0b1'],
];

const LINES = ['', ' ', '  ', '\t', 'a', ' a', 'a ', '  a', '\ta', 'a\t', '- a', 'k:', 'k: v', '# a', '---', '...', '|', 'é', '😀'];

const glued = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 7 }).map((parts) => parts.join(''));
const numberLike = fc.array(fc.constantFrom(...'0123456789_.:+-eExXobOBTZ '), { maxLength: 8 }).map((parts) => parts.join(''));
const lines = fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('\n'));

/** Strings that are hard to write as YAML. */
export const texts = fc.oneof(
  { arbitrary: glued, weight: 5 },
  { arbitrary: lines, weight: 3 },
  { arbitrary: numberLike, weight: 2 },
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'binary' }),
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

const labels = fc.array(fc.tuple(texts, texts), { minLength: 1, maxLength: 3 }).map((entries) => Object.fromEntries(entries));

/** Kubernetes objects with hard strings, hard keys and hard nesting, one list that is none of these, and one image. */
export const manifests: fc.Arbitrary<JsonObject> = fc.record({
  kind: fc.constantFrom('ConfigMap', 'Deployment'),
  apiVersion: fc.constant('v1'),
  metadata: fc.record({ name: texts, labels, annotations: labels }),
  image: texts,
  spec: values,
  data: labels,
  finalList: fc.constant(['a']),
});

/** The text as value, as key, in lists and one level down. */
export function around(text: string): JsonObject {
  return {
    kind: 'Text',
    image: text,
    text,
    map: { [text]: { [text]: text, list: [text, { [text]: [text], text }, [text, [text]]] } },
    spec: { list: ['a'], text },
  };
}
