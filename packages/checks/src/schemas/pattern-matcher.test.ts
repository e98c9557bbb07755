import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from './pattern-matcher.ts';

test.each([
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a-b', true],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', '-a', false],
  ['^(?i)(abort|warn)?$', 'ABORT', true],
  ['(?i:a)b', 'Ab', true],
  ['(?i:a)b', 'AB', false],
  ['b', 'abc', true],
  ['^a{2,3}$', 'aaaa', false],
  [String.raw`\Aab\z`, 'ab', true],
  ['^[[:alpha:]_]+$', 'a_Z', true],
  [String.raw`^\p{Lu}\pL*$`, 'Äb', true],
  [String.raw`^[\d\-.]+$`, '1-2.3', true],
  ['(?P<name>x)$', 'ax', true],
  ['^.$', '\n', false],
  ['(?s)^.$', '\n', true],
  ['^$', '', true],
  ['a|^$', 'b', false],
  ['^💥$', '💥', true],
])('%s on %j is %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

test.each(['(', 'a)', '[a', '*', String.raw`\bword`, '(?<=a)b', String.raw`(a)\1`, 'a{1001}'])(
  'what is no pattern in Go, or none that is read here, is not held against a text: %s',
  (pattern) => {
    expect(matchesPattern(pattern, 'a')).toBeUndefined();
  },
);

const part: fc.Arbitrary<string> = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '^', '$', 'ab'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{1,2}'))
      .map(([inner, times]) => `(${inner})${times}`),
  ),
})).pattern;

test('matches what JavaScript matches', () => {
  fc.assert(
    fc.property(part, fc.stringMatching(/^[abc]{0,8}$/), (pattern, text) => {
      expect(matchesPattern(pattern, text)).toBe(new RegExp(pattern, 'u').test(text));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern that takes JavaScript years takes no time', () => {
  expect(matchesPattern('^(a+)+$', `${'a'.repeat(60_000)}b`)).toBe(false);
  expect(matchesPattern('^(a|aa)+$', `${'a'.repeat(60_000)}b`)).toBe(false);
  expect(matchesPattern('(x*)*y', 'x'.repeat(60_000))).toBe(false);
  expect(matchesPattern('a', 'b'.repeat(70_000))).toBeUndefined();
});
