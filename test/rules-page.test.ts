import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './files.ts';
import { rulesPage, RULES_PAGE } from './generate/rules.ts';

test('the page of rules has every rule as it is', () => {
  expect(readFileSync(join(ROOT, RULES_PAGE), 'utf8')).toBe(rulesPage());
});
