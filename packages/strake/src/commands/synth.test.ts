import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WebService } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';
import { namespace } from '@strake/scopes';
import { expect, test } from 'vitest';
import { runOn, type Said } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

const project = temporary();

class Hello extends Application {
  readonly web = new WebService(this, 'web', { image: 'nginx:1.27.1', ports: { http: 80 } });
}

function strake(applications: readonly string[], ...words: readonly string[]): Promise<Said> {
  const config = () =>
    defineConfig({
      project: 'shop',
      applications: Object.fromEntries(applications.map((name) => [name, Hello])),
      platform: new Platform('acme', { environments: { staging: {}, production: {} } }).supply(namespace()),
      ownsPlatform: true,
    });
  return runOn(config, words, project());
}

const isThere = (path: string) => existsSync(join(project(), 'gitops/environments', path));

test('an application that the project has no longer goes at once, and its namespace with it', async () => {
  await strake(['cart', 'old'], 'synth');
  expect(isThere('staging/platform/namespace-old.yaml')).toBe(true);
  expect(await strake(['cart'], 'synth')).toMatchObject({ code: 0 });
  expect([isThere('staging/old'), isThere('staging/platform/namespace-old.yaml')]).toEqual([false, false]);
  expect(await strake(['cart'], 'synth', '--verify')).toMatchObject({ code: 0 });
});

test('an environment that is rendered alone loses what the project has no longer there, and others nothing', async () => {
  await strake(['cart', 'old'], 'synth');
  expect(await strake(['cart'], 'synth', '--env', 'staging')).toMatchObject({ code: 0 });
  expect([isThere('staging/old'), isThere('staging/cart'), isThere('production/old')]).toEqual([
    false,
    true,
    true,
  ]);
});

test('a history that cannot be written is a fault of that option', async () => {
  const said = await strake(['cart'], 'synth', '--history', 'nowhere/history.json');
  expect(said).toMatchObject({ code: 2, defect: undefined });
  expect(said.err).toMatch(
    /^error {2}property-invalid {2}--history\n {2}written {2}`nowhere\/history\.json`.*ENOENT/,
  );
  expect(said.err).toContain('not everything was written');
  expect(isThere('staging/cart')).toBe(true);
});

test('an application that is rendered alone removes no other', async () => {
  await strake(['cart', 'old'], 'synth');
  expect(await strake(['cart'], 'synth', '--env', 'staging', '--app', 'cart')).toMatchObject({ code: 0 });
  expect(isThere('staging/old')).toBe(true);
});
