import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as checks from '../index.ts';
import { filesBelow, ROOT } from '../../../../test/files.ts';
import { allRules, ruleNames } from '../../../../test/generate/rules.ts';

const tests = filesBelow('packages/checks/src/rules')
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

test.each(ruleNames())('%s has an input that trips it and a near miss', (name) => {
  expect(tests).toMatch(new RegExp(`rule: ${name === 'banImage' ? 'banHub' : name}\\b`));
});

test('every rule says what must hold, why, and what to do, in one sentence each', () => {
  for (const { code, summary, why, fix } of allRules()) {
    expect(code, code).toMatch(/^(?:ban|no|require|unique|valid)(?:-[a-z]+)+$/);
    expect(summary, code).toMatch(/^(?:[^A-Z].*|[A-Z][a-z]*[A-Z]?[a-z]*s .*)[^.]$/);
    expect(why, code).toMatch(/^[A-Z].*\.$/);
    expect(fix, code).toMatch(/^[A-Z].*\.$/);
  }
});

test('no two rules share a code', () => {
  const codes = allRules().map(({ code }) => code);
  expect(codes.toSorted()).toEqual([...new Set(codes)].toSorted());
});

test('the strict rules are the recommended ones and more', () => {
  expect(checks.strict).toEqual(expect.arrayContaining([...checks.recommended]));
  expect(checks.strict.length).toBeGreaterThan(checks.recommended.length);
});
