import { expect, test } from 'vitest';
import { finding, sortFindings, type Finding } from './finding.ts';

const said = { written: 'w', allowed: 'a', fix: 'f' };

function numbered(count: number, more: Partial<Finding> = {}): Finding[] {
  return Array.from({ length: count }, (_, index) => ({
    ...finding({ code: 'value-invalid', path: 'cart/web', ...said, written: String(index).padStart(6, '0') }),
    ...more,
  }));
}

test('the texts of a finding are shown whole up to two thousand characters, its path up to five hundred', () => {
  const text = 't'.repeat(2000);
  const path = 'p'.repeat(500);
  const whole = finding({
    code: 'value-invalid',
    path,
    written: text,
    allowed: text,
    fix: text,
    object: text,
    waive: text,
  });
  expect(whole).toMatchObject({ path, written: text, allowed: text, fix: text, object: text, waive: text });
});

test('a finding about a name of a million characters is short, and says what is said around the name', () => {
  const text = `before ${'n'.repeat(1_000_000)} after`;
  const found = finding({
    code: 'value-invalid',
    path: text,
    written: text,
    allowed: text,
    fix: text,
    object: text,
    waive: text,
  });
  for (const each of [found.path, found.written, found.allowed, found.fix, found.object, found.waive]) {
    expect(each).toMatch(/^before n+ \.{3} n+ after$/);
    expect(each?.length).toBeLessThanOrEqual(2000);
  }
  expect(found.path.length).toBeLessThanOrEqual(500);
});

test('a finding that has no object and no waiver does not name them', () => {
  expect(Object.keys(finding({ code: 'value-invalid', path: 'p', ...said }))).toEqual([
    'code',
    'path',
    'written',
    'allowed',
    'fix',
    'severity',
    'environments',
    'sources',
  ]);
});

test('a fault of several environments is one finding that names them in their order', () => {
  const [found] = numbered(1);
  const findings = ['c', 'a', 'b', 'a'].flatMap((name) =>
    found ? [{ ...found, environments: [name] }] : [],
  );
  expect(sortFindings(findings, ['a', 'b', 'c']).map(({ environments }) => environments)).toEqual([
    ['a', 'b', 'c'],
  ]);
});

test('a name of an environment that is very long does not make every finding long', () => {
  const name = 'e'.repeat(1_000_000);
  const found = sortFindings(numbered(2, { environments: [name, 'live'] }), ['live', name]);
  expect(found.map(({ environments }) => environments)).toEqual(
    [0, 1].map(() => ['live', `${'e'.repeat(97)}...`]),
  );
});

test('a thousand faults of one kind at one place are told, each for itself, and so is one more', () => {
  const other = numbered(1, { path: 'cart/api' });
  expect(sortFindings([...numbered(1001), ...other])).toEqual([...other, ...numbered(1001)]);
});

test('of very many faults of one kind at one place the last finding says how many more there are', () => {
  const sorted = sortFindings(numbered(50_000));
  expect(sorted).toHaveLength(1001);
  expect(sorted.slice(0, 1000)).toEqual(numbered(1000));
  expect(sorted.at(-1)).toMatchObject({
    code: 'value-invalid',
    path: 'cart/web',
    written: '49000 more of the kind, and the first of them: 001000',
    fix: 'Mend what is told, and run it again.',
  });
  expect(sortFindings(sorted)).toEqual(sorted);
});

test('what is wrong elsewhere, or in another way, is told beside very many other faults', () => {
  const others = [{ path: 'cart/api' }, { code: 'conflict' as const }, { allowed: 'b' }, { object: 'Job/x' }];
  const sorted = sortFindings([...numbered(5000), ...others.flatMap((each) => numbered(1, each))]);
  for (const each of others) expect(sorted).toContainEqual(expect.objectContaining(each));
  expect(sorted).toHaveLength(1005);
});
