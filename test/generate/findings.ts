import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_CODES } from '@strake/core/tools';
import { ROOT } from '../files.ts';

/** Where the page of all finding codes stands. */
export const FINDINGS_PAGE = 'docs/findings.md';

/** The page of all finding codes. */
export function findingsPage(): string {
  const rows = Object.entries(FINDING_CODES).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return [
    '# Findings',
    '',
    'Everything that is wrong with a project is a finding. Each has a code that does not change its meaning, the path of',
    'the component, the lines of your code, what was written, what is allowed, and what to do next. All findings of a run',
    'come at once. An error means that nothing is written; a warning does not.',
    '',
    'This page is made from the table in `packages/core/src/finding-codes.ts`: `npx jiti test/generate/findings.ts`.',
    '',
    '| code | what it means |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

if (process.argv[1]?.endsWith('findings.ts')) {
  writeFileSync(join(ROOT, FINDINGS_PAGE), findingsPage());
}
