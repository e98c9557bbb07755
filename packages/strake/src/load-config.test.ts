import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

function install(name: string, code: string): void {
  const modules = join(folder, 'node_modules', name);
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(modules, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
  writeFileSync(join(modules, 'index.js'), code);
}

test('a cdk8s-plus that the project names is required before, and is the one that the configuration imports', async () => {
  install('cdk8s-plus-99', 'exports.requiredBy = String(module.parent?.filename);');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { 'cdk8s-plus-99': '1.0.0' } }));
  writeFileSync(
    join(folder, 'strake.config.ts'),
    "import { requiredBy } from 'cdk8s-plus-99';\nexport default { project: requiredBy, applications: {} };\n",
  );
  const { config } = await loadConfig('strake.config.ts', folder);
  expect(config.project).toBe(join(folder, 'strake.config.ts'));
});

test('a cdk8s-plus that is named and cannot be loaded is no problem for who does not import it', async () => {
  install('cdk8s-plus-98', "throw new Error('not for this Node');");
  const dependencies = { 'cdk8s-plus-97': '1.0.0', 'cdk8s-plus-98': '1.0.0' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies }));
  writeFileSync(join(folder, 'strake.config.ts'), "export default { project: 'shop', applications: {} };\n");
  expect((await loadConfig('strake.config.ts', folder)).config.project).toBe('shop');
});
