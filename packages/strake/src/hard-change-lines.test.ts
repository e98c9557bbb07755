import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from '../../../test/files.ts';
import { gitRemote } from '../../../test/git-remote.ts';
import { runOn, type Said } from '../../../test/laws/in-process.ts';
import { temporary } from '../../../test/temporary.ts';

class Old extends Application {
  readonly mailer = new Worker(this, 'mailer', { image: 'mailer:1' });
}

class Adopted extends Application {
  readonly mailer = new Worker(this, 'mailer', {
    image: 'mailer:1',
    adopt: { selector: { app: 'legacy' } },
  });
}

const LINES = readFileSync(import.meta.filename, 'utf8').split('\n');
const LINE = LINES.findLastIndex((line) => line.startsWith('  readonly mailer = ')) + 1;

const outer = temporary();
let url = '';
let project = '';
beforeEach(() => {
  const remote = gitRemote(outer());
  url = remote.url;
  project = join(outer(), 'project');
  mkdirSync(project);
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  for (const [name, value] of Object.entries(remote.variables)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

function strake(shop: typeof Application, ...words: readonly string[]): Promise<Said> {
  const platform = new Platform('acme', { environments: { staging: {}, production: {} } });
  const make = () => defineConfig({ project: 'shop', applications: { shop }, platform, repository: { url } });
  return runOn(make, words, project);
}

/** What is said once of both environments, with the line that adopts. */
function said(severity: string): RegExp {
  return new RegExp(
    [
      `^${severity} +field-immutable  shop/mailer \\(staging, production\\)`,
      `  at       .*hard-change-lines\\.test\\.ts:${LINE}`,
      '  written  Deployment `mailer`: `spec\\.selector\\.matchLabels\\.app` from "mailer" to "legacy"$',
    ].join('\n'),
    'm',
  );
}

test('synth, diff and check name the line that changes what no cluster changes, once for all environments', async () => {
  expect(await strake(Adopted, 'check')).toMatchObject({ code: 0, out: 'no findings in 2 objects\n' });
  expect(await strake(Old, 'synth')).toMatchObject({ code: 0 });
  const refused = await strake(Adopted, 'synth');
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(said('error'));
  expect(refused.err).toContain('\n1 error\nnothing was written\n');
  const compared = await strake(Adopted, 'diff');
  expect(compared).toMatchObject({ code: 1, err: expect.stringMatching(said('warning')) });
  const checked = await strake(Adopted, 'check');
  expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(said('warning')) });
  expect(checked.out).toContain('\n1 warning\n');
  expect(await strake(Adopted, 'synth', '--force')).toMatchObject({ code: 0 });
  expect(await strake(Adopted, 'check')).toMatchObject({ code: 0, out: 'no findings in 2 objects\n' });
});

test('a delivery names it too, and the environment alone that is delivered', async () => {
  expect(await strake(Old, 'deliver')).toMatchObject({ code: 0 });
  const refused = await strake(Adopted, 'deliver');
  expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(said('error')) });
  const staging = await strake(Adopted, 'deliver', '--env', 'staging');
  expect(staging.err).toContain('field-immutable  shop/mailer (staging)\n');
});
