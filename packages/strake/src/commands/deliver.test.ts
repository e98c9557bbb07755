import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebService } from '@strake/components';
import { Application, defineConfig, image, Platform } from '@strake/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from '../../../../test/files.ts';
import { serveForge } from '../../../../test/forge-server.ts';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { serveGit } from '../../../../test/git-server.ts';
import { runOn, type Said } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

class Hello extends Application {
  readonly web = new WebService(this, 'web', { image: 'nginx:1.27.1', ports: { http: 80 } });
}

const platform = new Platform('acme', {
  environments: { staging: {}, production: { approval: 'pull-request' } },
});

const outer = temporary();
let project = '';
let remote: GitRemote;
beforeEach(() => {
  remote = gitRemote(outer());
  project = join(outer(), 'project');
  mkdirSync(project);
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  for (const [name, value] of Object.entries(remote.variables)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

function strake(...words: readonly string[]): Promise<Said> {
  const make = () =>
    defineConfig({
      project: 'hello',
      applications: { hello: Hello },
      platform,
      repository: { url: remote.url },
    });
  return runOn(make, words, project);
}

const DEPLOYMENT = 'environments/staging/hello/deployment-web.yaml';

test('delivers each environment as the platform says, and says what it did', async () => {
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ dependencies: { '@strake/core': '*', zod: '*', missing: '*' } }),
  );
  const { code, out, err } = await strake('deliver', '--reason', 'first one');
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(out).toMatch(
    /^production {2}proposed {3}4 added {2}0 changed {2}0 removed {2}strake\/hello\/production {2}\w{12}$/m,
  );
  expect(out).toMatch(/^staging {5}delivered {2}4 added {2}0 changed {2}0 removed {2}main {2}\w{12}$/m);
  expect(remote.files()).toContain(DEPLOYMENT);
  expect(remote.messages()[0]).toMatch(/^Strake-Package: @strake\/core@\d+\.\d+\.\d+$/m);
  expect(remote.messages()[0]).toMatch(/^Strake-Reason: first one$/m);
  expect(remote.messages()[0]).not.toMatch(/zod|missing/);
  const again = await strake('deliver', '--mode', 'push', '--env', 'staging');
  expect(again.out).toBe('staging  unchanged  0 added  0 changed  0 removed\n');
  const waiting = await strake('deliver', '--env', 'production', '--dry-run');
  expect(waiting.out).toBe('production  unchanged  strake/hello/production has it already\n');
});

test('prints JSON, and in a dry run changes nothing', async () => {
  const { code, out } = await strake('deliver', '--json', '--dry-run', '--mode', 'production=push');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    dryRun: true,
    environments: [
      { environment: 'staging', mode: 'push', outcome: 'delivered', branch: 'main' },
      { environment: 'production', mode: 'push', outcome: 'delivered', branch: 'main' },
    ],
    findings: [],
  });
  expect(remote.messages()).toHaveLength(1);
});

test('names the commit and the author of the code, and the repository without its credentials', async () => {
  const git = (...words: readonly string[]) =>
    execFileSync('git', words, { cwd: project, encoding: 'utf8', env: remote.variables }).trim();
  git('init', '--quiet');
  git('remote', 'add', 'origin', 'https://bot:secret-of-ci@example.org/hello.git');
  writeFileSync(join(project, 'README.md'), 'one');
  git('add', 'README.md');
  git(
    'commit',
    '--quiet',
    '--author=Ann <ann@example.org>',
    '-m',
    'one\n\nCo-authored-by: Bob <bob@example.org>',
  );
  await strake('deliver', '--env', 'staging');
  const [message = ''] = remote.messages();
  expect(message).toContain(
    `Strake-Source: https://example.org/hello.git\nStrake-Source-Commit: ${git('rev-parse', 'HEAD')}`,
  );
  expect(message).toContain(
    'Strake-Source-Author: Ann <ann@example.org>\nStrake-Source-Author: Bob <bob@example.org>',
  );
  expect(message).not.toMatch(/secret-of-ci|Modified/);
});

test('delivers from a folder and runs no code of the project', async () => {
  const rendered = join(outer(), 'rendered');
  expect((await strake('synth', '--out', rendered)).code).toBe(0);
  rmSync(join(project, 'strake.config.ts'));
  const throwing = () => {
    throw new Error('the configuration was loaded');
  };
  const nowhere = await runOn(throwing, ['deliver', '--from', rendered], project);
  expect(nowhere).toMatchObject({ code: 2, out: '' });
  expect(nowhere.err).toContain('Name the repository with --repository.');
  const words = ['deliver', '--mode', 'push', '--from', rendered, '--repository', remote.folder];
  const { code, err } = await runOn(throwing, words, project);
  expect({ code, err }).toMatchObject({ code: 0, err: expect.not.stringContaining('error') });
  expect(remote.text(DEPLOYMENT)).toBe(readFileSync(join(rendered, DEPLOYMENT), 'utf8'));
  rmSync(rendered, { recursive: true });
  await strake('synth', '--out', rendered, '--env', 'production');
  await runOn(throwing, words, project);
  expect(remote.files()).toContain(DEPLOYMENT);
  await runOn(throwing, [...words, '--whole'], project);
  expect(remote.files()).not.toContain(DEPLOYMENT);
});

test('approval goes along with a rendered folder: it can ask for more than --mode does, and never for less', async () => {
  const rendered = join(outer(), 'rendered');
  const history = join(outer(), 'history.json');
  expect((await strake('synth', '--out', rendered, '--history', history)).code).toBe(0);
  expect(JSON.parse(readFileSync(history, 'utf8'))).toMatchObject({ pullRequests: ['production'] });
  const from = ['deliver', '--from', rendered, '--repository', remote.folder, '--json', '--dry-run'];
  const outcomes = async (...words: string[]) => {
    const { code, out } = await strake(...from, ...words);
    const { environments, findings } = JSON.parse(out);
    return [
      code,
      ...environments.map((each: Record<string, string>) => `${each['environment']} ${each['outcome']}`),
      ...findings.map((each: Record<string, unknown>) => each['code']),
    ];
  };
  const both = ['production proposed', 'staging proposed'];
  const one = ['production proposed', 'staging delivered'];
  expect(await outcomes('--history', history)).toEqual([0, ...both]);
  expect(await outcomes('--history', history, '--mode', 'staging=push')).toEqual([0, ...one]);
  expect(await outcomes('--history', history, '--mode', 'push')).toEqual([0, ...one, 'approval-kept']);
  const lie = JSON.stringify({ packages: [], pullRequests: [], writers: [], objects: {} });
  writeFileSync(history, lie);
  expect(await outcomes('--history', history)).toEqual([0, ...both]);
  writeFileSync(history, lie.replace('"pullRequests":[],', ''));
  expect(await outcomes('--history', history, '--mode', 'push')).toEqual([2, 'input-invalid']);
});

test('images are those of the repository that is delivered to, whatever a checkout on this machine says', async () => {
  class Shop extends Application {
    readonly web = new WebService(this, 'web', {
      image: image({ name: 'ghcr.io/acme/web', policy: 'minor' }),
      ports: { http: 80 },
    });
  }
  const config = () =>
    defineConfig({ project: 'shop', applications: { shop: Shop }, repository: { url: remote.url } });
  const lock = 'images/default/shop/kustomization.yaml';
  const locked = (tag: string) => `images:\n  - name: ghcr.io/acme/web\n    newTag: "${tag}"\n`;
  const unlocked = await runOn(config, ['deliver'], project);
  expect(unlocked).toMatchObject({ code: 2, err: expect.stringContaining('image-not-locked') });
  expect(unlocked.err).toContain('Then commit and push the lock');
  remote.commit({ [lock]: locked('1.5.0') });
  mkdirSync(join(project, 'gitops', 'images', 'default', 'shop'), { recursive: true });
  writeFileSync(join(project, 'gitops', lock), locked('1.4.0'));
  const { code, err } = await runOn(config, ['deliver'], project);
  expect(code, err).toBe(0);
  expect(remote.text('environments/default/shop/deployment-web.yaml')).toContain('ghcr.io/acme/web:1.5.0');
});

test('a plain folder is no repository, and a wrong path is none either', async () => {
  mkdirSync(join(project, 'gitops'));
  const config = (url?: string) => () =>
    defineConfig({ project: 'hello', applications: { hello: Hello }, repository: url ? { url } : {} });
  const said = [
    await runOn(config(), ['deliver'], project),
    await runOn(config(), ['log'], project),
    await runOn(config('../gitpos'), ['deliver'], project),
    await runOn(config(), ['log', '--repository', 'gitpos'], project),
  ];
  for (const { code, out, err } of said) {
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toMatch(/file:|\/tmp/);
  }
  expect(said.map(({ err }) => /error.*\n.*/.exec(err)?.[0])).toMatchInlineSnapshot(`
    [
      "error  repository-missing  gitops
      written  a plain folder, and no Git repository",
      "error  repository-missing  gitops
      written  a plain folder, and no Git repository",
      "error  repository-missing  ../gitpos
      written  there is no such folder",
      "error  repository-missing  gitpos
      written  there is no such folder",
    ]
  `);
});

test('refuses what is wrong before anything is delivered', async () => {
  const mode = await strake('deliver', '--mode', 'staging=pull');
  expect(mode).toMatchObject({ code: 2, out: '' });
  expect(mode.err).toMatch(/property-invalid {2}--mode[\s\S]*nothing was delivered\n$/);
  const unknown = await strake('deliver', '--mode', 'stagin=pull-request');
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.err).toMatch(/environment-unknown {2}--mode[\s\S]*Did you mean `staging`/);
  expect((await strake('deliver', '--repository=-oProxyCommand=x')).err).toContain(
    'repository-location-invalid',
  );
  expect((await strake('deliver', '--branch', '--force')).code).toBe(2);
  const misspelt = JSON.parse('{"staging":{"approval":"pr"}}');
  const misconfigured = await runOn(
    () =>
      defineConfig({
        project: 'hello',
        applications: { hello: Hello },
        platform: new Platform('acme', { environments: misspelt }),
        repository: { url: remote.url },
      }),
    ['deliver'],
    project,
  );
  expect(misconfigured.err).toContain('property-invalid  platform/');
  expect(remote.messages()).toHaveLength(1);
  remote.commit({ [DEPLOYMENT]: 'kind: Deployment\n' });
  const foreign = await strake('deliver', '--json');
  expect(foreign.code).toBe(2);
  expect(JSON.parse(foreign.out)).toMatchObject({
    environments: [],
    findings: [{ code: 'file-foreign', path: DEPLOYMENT, environments: ['staging'] }],
  });
});

test('no token is in any output, commit or file', async () => {
  const token = 'ghp_neverToBeSeenAnywhere';
  for (const name of ['STRAKE_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN', 'GITLAB_TOKEN']) vi.stubEnv(name, token);
  vi.stubEnv('TMPDIR', outer());
  const open = await serveGit(outer(), { credentials: `x-access-token:${token}` });
  const closed = await serveGit(outer(), { credentials: `x-access-token:other` });
  const forge = await serveForge([{ status: 401, json: { message: `bad token ${token}` } }]);
  const said = [
    await strake('deliver', '--repository', `${open.url}/remote.git`, '--mode', 'push'),
    await strake('deliver', '--repository', `${closed.url}/remote.git`, '--mode', 'push', '--json'),
    await strake('deliver', '--repository', `${open.url}/remote.git`, '--forge', 'github', '--force'),
    await strake('deliver', '--repository', `${forge.url}/remote.git`, '--forge', 'github'),
    await strake('deliver', '--repository', `https://bot:${token}@example.org/a.git`),
  ];
  await Promise.all([open.close(), closed.close(), forge.close()]);
  expect(said.map(({ code }) => code)).toEqual([0, 2, 0, 2, 2]);
  expect(open.authorizations.length).toBeGreaterThan(0);
  expect(JSON.stringify(said)).not.toContain(token);
  const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
  for (const entry of readdirSync(outer(), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.includes('node_modules')) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    expect(bytes.includes(token) || bytes.includes(encoded), entry.name).toBe(false);
  }
});
