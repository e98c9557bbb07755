import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { write } from '@strake/gitops';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inFolder, put, putForeignFiles, snapshot } from './folders.ts';
import { OBSTACLES } from './obstacles.ts';
import { planOf } from './plans.ts';
import { printCounts } from './soak.ts';
import { expectFindings, putProject, STACK_TRACE, strake } from './strake.ts';
import { startWriter, storePlans, type WriterProcess } from './writer-process.ts';

const FIRST = planOf('cart', {
  'production/cart/web': 'A',
  'production/cart/db': 'A',
  'production/gone/web': 'A',
  'staging/cart/web': 'A',
});
const SECOND = planOf('cart', {
  'production/cart/web': 'B',
  'production/cart/new': 'B',
  'production/shop/web': 'B',
  'staging/cart/web': 'A',
});

let shared = '';
let writer: WriterProcess;
beforeAll(async () => {
  shared = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  writer = await startWriter(storePlans(shared, [FIRST, SECOND]));
});
afterAll(async () => {
  printCounts('obstacles', { obstacles: OBSTACLES.length });
  await writer.kill();
  rmSync(shared, { recursive: true, force: true });
});

/** A repository with the first plan in it and foreign files, beside a folder that nothing may write to. */
function setScene(outer: string): string {
  const repository = join(outer, 'repository');
  mkdirSync(repository);
  putForeignFiles(repository);
  put(outer, 'outside/file', 'outside\n');
  put(outer, 'outside/configmap-web.yaml', 'outside\n');
  put(outer, 'outside/cart.json', '{}');
  write(FIRST, repository);
  return repository;
}

test.each(OBSTACLES)(
  '$name: nothing is written, a finding says so, and without it the next run heals',
  async ({ put, code, path }) => {
    await inFolder(async (outer) => {
      const repository = setScene(outer);
      const kept = join(outer, 'kept');
      cpSync(repository, kept, { recursive: true, verbatimSymlinks: true });
      put(repository, outer);
      const before = snapshot(outer);
      const start = performance.now();
      const { findings } = await writer.write({ directory: repository, order: [1] });
      expect(performance.now() - start).toBeLessThan(10_000);
      expect(snapshot(outer)).toEqual(before);
      expect(findings.map((each) => `${each.code} ${each.path}`)).toContain(`${code} ${path}`);
      expect(findings.length).toBeLessThan(6);
      for (const each of findings) {
        expect(each).toMatchObject({ severity: 'error' });
        expect(each.fix).toMatch(/\.$/);
        expect(each.written.length).toBeLessThan(1000);
        expect(JSON.stringify(each)).not.toMatch(STACK_TRACE);
      }
      rmSync(repository, { recursive: true });
      renameSync(kept, repository);
      expect((await writer.write({ directory: repository, order: [1] })).findings).toEqual([]);
      const clean = join(outer, 'clean');
      putForeignFiles(clean);
      for (const each of [FIRST, SECOND]) write(each, clean);
      expect(snapshot(repository)).toEqual(snapshot(clean));
    });
  },
);

const CONFIG = `
import { Config } from '@strake/components';
import { Application, defineConfig } from '@strake/core';
class Cart extends Application {
  readonly web = new Config(this, 'web', { data: { text: 'B' } });
}
export default defineConfig({ project: 'cart', applications: { cart: Cart } });
`;

const seen = OBSTACLES.filter(({ name }) =>
  /^(?:a link to a folder outside at (?:environments|\.strake)$|a pipe at \.strake|a file at environments$|100 MiB at \.strake\/cart|an inventory (?:that is deep$|of 5 MiB|of other bytes|that lists ".*outside))/.test(
    name,
  ),
);

test.each(seen)('strake synth says it to people: $name', async ({ put }) => {
  await inFolder(async (outer) => {
    const repository = setScene(outer);
    const project = putProject(outer, CONFIG);
    put(repository, outer);
    const before = snapshot(repository);
    const ended = await strake(['synth', '--out', repository], project);
    expectFindings(ended);
    expect(snapshot(repository)).toEqual(before);
  });
});
