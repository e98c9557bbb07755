import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Config } from '@strake/core';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from './files.ts';
import { gitRemote, type GitRemote } from './git-remote.ts';
import { runOn } from './laws/in-process.ts';
import { temporary } from './temporary.ts';

const CART = join(ROOT, 'examples', 'cart');
const README = join(CART, 'README.md');
// Below the repository, so that the copies find the packages of this checkout.
const copies = mkdtempSync(join(ROOT, 'test', 'tmp-walk-'));
const outer = temporary();
let remote: GitRemote;
let project = '';
let said = '';
let copy = 0;
beforeEach(() => {
  remote = gitRemote(outer());
  for (const [name, value] of Object.entries(remote.variables)) vi.stubEnv(name, value);
  project = join(outer(), 'cart');
  mkdirSync(project);
  cpSync(join(CART, 'sealed'), join(project, 'sealed'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  cpSync(join(CART, 'package.json'), join(project, 'package.json'));
  execFileSync('git', ['clone', '--quiet', remote.folder, join(project, 'gitops')], {
    env: remote.variables,
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(copies, { recursive: true, force: true });
});

type Edits = Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;

/** The example with lines of its code changed. */
async function cartWith(edits: Edits): Promise<Config> {
  const folder = join(copies, String(copy++));
  cpSync(CART, folder, { recursive: true, filter: (path) => !/gitops|sealed|sealing-key/.test(path) });
  for (const [file, changes] of Object.entries(edits)) {
    let text = readFileSync(join(folder, file), 'utf8');
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    writeFileSync(join(folder, file), text);
  }
  const loaded: { readonly default: Config } = await import(join(folder, 'strake.config.ts'));
  return { ...loaded.default, repository: { path: './gitops', url: remote.url } };
}

async function strake(config: Config, line: string): Promise<void> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  const { code, out, err } = await runOn(() => config, words, project);
  expect(code, err).toBe(0);
  said += `$ strake ${line}\n${out}`;
}

function checkedOut(...words: readonly string[]): void {
  execFileSync('git', ['-C', join(project, 'gitops'), ...words], {
    env: { ...process.env, ...remote.variables },
  });
}

/** What a forge does when somebody presses the button. */
function merge(): void {
  const branch = 'strake/cart/production';
  const tree = remote.git('rev-parse', `${branch}^{tree}`);
  const person = ['-c', 'user.name=Mia', '-c', 'user.email=mia@example.org'];
  const commit = remote.git(...person, 'commit-tree', tree, '-p', 'main', '-p', branch, '-m', 'Merge');
  remote.git('update-ref', 'refs/heads/main', commit);
  checkedOut('pull', '--quiet', '--ff-only', 'origin', 'main');
}

function lock(environment: string, tag: string, message: string): void {
  checkedOut('pull', '--quiet', '--ff-only', 'origin', 'main');
  const folder = join(project, 'gitops', 'images', environment, 'cart');
  const marker = (field: string) =>
    environment === 'staging' ? ` # {"$imagepolicy": "flux-system:cart.staging.cart:${field}"}` : '';
  const digest = `sha256:${tag.replaceAll('.', '').padEnd(64, '0')}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images:
  - name: ghcr.io/acme/cart
    newTag: "${tag}"${marker('tag')}
    digest: "${digest}"${marker('digest')}
`,
  );
  pushed(message);
}

function pushed(message: string): void {
  checkedOut('add', '.');
  checkedOut('commit', '--quiet', '-m', message);
  checkedOut('push', '--quiet', 'origin', 'HEAD:main');
}

/** Names of commits, times, versions and lines are others every time. */
function steady(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{12,40}\b/g, '<commit>')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\dZ/g, '<time>')
    .replaceAll(/(@strake\/[a-z]+)@\d+\.\d+\.\d+/g, '$1')
    .replaceAll(/sha256:\w+(?:\.\.\.)?/g, 'sha256:<digest>');
}

/** The README with what was said in the place of what it shows: each block keeps the number of its commands. */
function refreshed(golden: string): string {
  const runs = golden.split(/^(?=\$ )/m);
  return readFileSync(README, 'utf8').replaceAll(/```console\n([\s\S]*?)```/g, (_, block: string) => {
    const count = block.match(/^\$ /gm)?.length ?? 0;
    return `\`\`\`console\n${runs.splice(0, count).join('')}\`\`\``;
  });
}

test("the walk of the example's README is what happens", { timeout: 240_000 }, async () => {
  await strake(await cartWith({}), 'deliver --reason "the cart goes live"');
  merge();
  const more = { 'cart/operations.ts': [['production ? 3 : 1', 'production ? 5 : 1']] } as const;
  await strake(await cartWith(more), 'deliver --reason "more people"');
  merge();
  const decidedByCode = "image: 'ghcr.io/acme/cart:1.4.2'";
  const decidedByLock = "image: image({ name: 'ghcr.io/acme/cart', policy: 'minor' })";
  const imported = ['import { Application } from', 'import { Application, image } from'] as const;
  const cart = await cartWith({ ...more, 'cart/app.ts': [imported, [decidedByCode, decidedByLock]] });
  lock('staging', '1.4.2', 'lock the image');
  lock('production', '1.4.2', 'lock the image');
  await strake(cart, 'deliver --env staging --reason "Flux chooses"');
  lock('staging', '1.5.0', 'chore(staging): update images');
  await strake(cart, 'promote staging production');
  pushed('promote the cart');
  await strake(cart, 'deliver --reason "1.5.0"');
  merge();
  lock('production', '1.4.2', 'back to 1.4.2');
  await strake(cart, 'deliver --emergency --env production --reason "payments fail since 1.5.0"');
  checkedOut('pull', '--quiet', '--ff-only', 'origin', 'main');
  await strake(cart, 'check --env production --app cart');
  await strake(cart, 'log --env production --object Deployment/web');
  await strake(cart, 'log --object Image/ghcr.io/acme/cart');
  const golden = steady(said);
  if (process.env['STRAKE_UPDATE_GOLDEN'] === '1') writeFileSync(README, refreshed(golden));
  expect(golden).not.toMatch(/\/tmp|\/work|\/home/);
  const shown = [...readFileSync(README, 'utf8').matchAll(/```console\n([\s\S]*?)```/g)].map(
    ([, block]) => block,
  );
  expect(shown.join('')).toBe(golden);
});
