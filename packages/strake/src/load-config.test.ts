import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StrakeError } from '@strake/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from './load-config.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strake-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file that is no TypeScript is named with the line', async () => {
  writeFileSync(join(folder, 'app.ts'), 'export const one = 1;\nexport const two = {{;\n');
  writeFileSync(join(folder, 'strake.config.ts'), "export { one as default } from './app.ts';\n");
  const error: unknown = await loadConfig('strake.config.ts', folder).catch((thrown: unknown) => thrown);
  expect(StrakeError.is(error) && error.findings).toMatchObject([
    {
      code: 'config-failed',
      path: 'app.ts',
      sources: [{ line: 2 }],
      written: expect.stringContaining('token'),
    },
  ]);
});
