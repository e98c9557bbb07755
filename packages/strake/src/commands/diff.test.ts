import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebService } from '@strake/components';
import { Application, defineConfig, defineOperations, Platform } from '@strake/core';
import { replicas } from '@strake/traits';
import { expect, test } from 'vitest';
import { runOn, type Said } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

interface Wanted {
  readonly image?: string;
  readonly env?: Record<string, string>;
  readonly count?: number;
  readonly parts?: readonly string[];
}

const project = temporary();

function configOf({
  image = 'nginx:1.27.1',
  env = { LEVEL: 'info', MODE: 'a' },
  count = 2,
  parts = ['web'],
}: Wanted) {
  class Hello extends Application {
    readonly parts = parts.map((id) => new WebService(this, id, { image, env, ports: { http: 80 } }));
  }
  return defineConfig({
    project: 'hello',
    applications: { hello: Hello },
    platform: new Platform('acme', { environments: { staging: {} } }),
    operations: [
      defineOperations(Hello, (hello) => hello.parts.forEach((each) => each.attach(replicas({ count })))),
    ],
  });
}

function strake(wanted: Wanted, ...words: readonly string[]): Promise<Said> {
  return runOn(() => configOf(wanted), words, project());
}

const DEPLOYMENT = 'gitops/environments/staging/hello/deployment-web.yaml';

test('says nothing and ends with 0 when a synth would change no object', async () => {
  await strake({}, 'synth');
  expect(await strake({}, 'diff')).toMatchObject({ code: 0, out: '' });
});

test('names each value that a synth would change, with the definition and line that wrote it', async () => {
  await strake({}, 'synth');
  const { code, out } = await strake({ image: 'nginx:1.27.2', count: 3 }, 'diff');
  expect(code).toBe(1);
  expect(out).toMatch(/^~ Deployment\/web \(staging\/hello\)\n/);
  expect(out).toMatch(/^ {4}spec\.replicas: 2 → 3 {3}\(replicas {2}.*diff\.test\.ts:\d+\)$/m);
  expect(out).toMatch(
    /^ {4}spec\.template\.spec\.containers\.web\.image: "nginx:1\.27\.1" → "nginx:1\.27\.2" {3}\(web-service {2}.*diff\.test\.ts:\d+\)$/m,
  );
});

test('tells elements of a list by their key, wherever they stand', async () => {
  await strake({}, 'synth');
  const { out } = await strake({ env: { AT: 'x', LEVEL: 'debug' } }, 'diff');
  const lines = out.split('\n').filter((line) => line.includes('.env.'));
  expect(lines.map((line) => line.replace(/ {3}\(.*$/, '').trim())).toEqual([
    'spec.template.spec.containers.web.env.LEVEL.value: "info" → "debug"',
    'spec.template.spec.containers.web.env.MODE: {"name":"MODE","value":"a"} → none',
    'spec.template.spec.containers.web.env.AT: none → {"name":"AT","value":"x"}',
  ]);
});

test('marks objects that are added and removed', async () => {
  await strake({ parts: ['web', 'old'] }, 'synth');
  const { code, out } = await strake({ parts: ['web', 'young'] }, 'diff');
  expect(code).toBe(1);
  expect(out).toMatch(
    /^\+ Deployment\/young \(staging\/hello\) {3}\(web-service {2}.*diff\.test\.ts:\d+\)$/m,
  );
  expect(out).toMatch(/^- Deployment\/old \(staging\/hello\)$/m);
  expect(out).not.toContain('/web');
});

test('never prints what has the name of a secret, in text or for machines', async () => {
  await strake({ env: { API_TOKEN: 'hush-1', URL: 'postgres://me:hush-2@db/x' } }, 'synth', '--no-check');
  for (const words of [[], ['--json']]) {
    const wanted = { env: { API_TOKEN: 'hush-3', URL: 'postgres://me:hush-4@db/x' } };
    const { code, out, err } = await strake(wanted, 'diff', '--no-check', ...words);
    expect(code).toBe(1);
    expect(out).toContain('API_TOKEN');
    expect(out).toContain('(masked)');
    expect(out + err).not.toContain('hush');
  }
});

test('shows what a hand edit of a file changed, and warns of the edit', async () => {
  await strake({}, 'synth');
  const file = join(project(), DEPLOYMENT);
  writeFileSync(file, readFileSync(file, 'utf8').replace('replicas: 2', 'replicas: 9'));
  const { code, out, err } = await strake({}, 'diff');
  expect(code).toBe(1);
  expect(out).toMatch(/^ {4}spec\.replicas: 9 → 2/m);
  expect(err).toContain('file-edited');
});

test('an object whose file is gone is one that a synth would add', async () => {
  await strake({}, 'synth');
  rmSync(join(project(), DEPLOYMENT));
  expect((await strake({}, 'diff')).out).toMatch(/^\+ Deployment\/web \(staging\/hello\)/);
});

test('a configuration that cannot be rendered ends with 2', async () => {
  const { code, out } = await strake({ image: '' }, 'diff');
  expect({ code, out }).toEqual({ code: 2, out: '' });
});
