import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProject } from './create-project.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
let folder = '';

// Below the repository, so that the new project finds the packages of this checkout.
beforeEach(() => {
  folder = mkdtempSync(join(ROOT, 'test', 'tmp-create-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a new project compiles, and is synthesized without a finding', () => {
  const shop = join(folder, 'online-shop');
  expect(createProject(shop, '0.1.0')).toMatchObject({
    files: expect.arrayContaining(['.gitignore', 'package.json', 'strake.config.ts', 'app/app.ts']),
  });
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc')], { cwd: shop });
  const strake = join(ROOT, 'packages/strake/bin/strake.js');
  const { status, stderr } = spawnSync(process.execPath, [strake, 'synth'], { cwd: shop, encoding: 'utf8' });
  expect(stderr).not.toMatch(/error|warning/);
  expect(status).toBe(0);
  const deployment = 'gitops/environments/production/online-shop/deployment-web.yaml';
  expect(readFileSync(join(shop, deployment), 'utf8')).toContain('replicas: 3');
});

test('the packages have the version of the one that makes the project', () => {
  createProject(join(folder, 'shop'), '7.8.9');
  const { name, dependencies } = JSON.parse(readFileSync(join(folder, 'shop', 'package.json'), 'utf8'));
  expect({ name, strake: dependencies.strake }).toEqual({ name: 'shop', strake: '7.8.9' });
});

test('a folder with something in it is left alone', () => {
  const taken = join(folder, 'taken');
  mkdirSync(taken);
  writeFileSync(join(taken, 'notes'), 'mine');
  expect(createProject(taken, '0.1.0')).toMatchObject({
    problem: expect.stringContaining('not an empty folder'),
  });
  expect(existsSync(join(taken, 'package.json'))).toBe(false);
  expect(createProject(join(taken, 'notes'), '0.1.0')).toHaveProperty('problem');
});

test.each(['Shop', 'my shop', '-shop', 'platform', 'x'.repeat(64)])('%j is no name of a project', (name) => {
  expect(createProject(join(folder, name), '0.1.0')).toMatchObject({
    problem: expect.stringContaining(name),
  });
  expect(existsSync(join(folder, name))).toBe(false);
});

test('a name with a digit in front gives a class that TypeScript accepts', () => {
  createProject(join(folder, '2048'), '0.1.0');
  expect(readFileSync(join(folder, '2048', 'app', 'app.ts'), 'utf8')).toContain('class App2048 extends');
});
