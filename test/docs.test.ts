import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filesBelow, ROOT } from './files.ts';
import { findingsPage, FINDINGS_PAGE } from './generate/findings.ts';

const FOLDER = join(ROOT, 'test', 'tmp-docs');

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const pages = ['README.md', ...filesBelow('docs'), ...filesBelow('examples')].filter((file) =>
  file.endsWith('.md'),
);

test('every block of TypeScript in the documentation compiles', () => {
  mkdirSync(FOLDER, { recursive: true });
  const blocks = pages.flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map((match, index) => ({
      file: `${page.replaceAll(/[/.]/g, '-')}-${index}.ts`,
      code: match[1] ?? '',
    })),
  );
  expect(blocks.length).toBeGreaterThan(4);
  for (const { file, code } of blocks) writeFileSync(join(FOLDER, file), `${code}\nexport {};\n`);
  writeFileSync(
    join(FOLDER, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.check.json',
      include: ['*.ts'],
      exclude: [],
      compilerOptions: { rootDir: '../..', noUnusedLocals: false },
    }),
  );
  const { stdout } = spawnSync('npx', ['tsc', '-p', FOLDER, '--pretty', 'false'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('every link to a file of the repository leads somewhere', () => {
  const files = new Set([
    ...filesBelow('docs'),
    ...filesBelow('examples'),
    ...filesBelow('packages'),
    ...filesBelow('test'),
  ]);
  const isKnown = (path: string) => files.has(path) || [...files].some((file) => file.startsWith(`${path}/`));
  const broken = pages.flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)]
      .map((match) => join(page, '..', match[1] ?? ''))
      .filter((path) => !isKnown(path))
      .map((path) => `${page}: ${path}`),
  );
  expect(broken).toEqual([]);
});

test('the page of findings has every code', () => {
  expect(readFileSync(join(ROOT, FINDINGS_PAGE), 'utf8')).toBe(findingsPage());
});
