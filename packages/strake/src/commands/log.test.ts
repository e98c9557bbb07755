import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebService } from '@strake/components';
import { Application, defineConfig, defineOperations, Platform } from '@strake/core';
import { replicas } from '@strake/traits';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from '../../../../test/files.ts';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { runOn, type Said } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

interface Wanted {
  readonly count?: number;
  readonly token?: string;
  readonly hasWorker?: boolean;
}

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

function strake(
  { count = 1, token = 'hunter1', hasWorker = false }: Wanted,
  ...words: string[]
): Promise<Said> {
  class Shop extends Application {
    readonly web = new WebService(this, 'web', {
      image: 'nginx:1.27.1',
      ports: { http: 80 },
      env: { TOKENIZER: token },
    });
    readonly worker = hasWorker
      ? new WebService(this, 'worker', { image: 'nginx:1.27.1', ports: { http: 80 } })
      : undefined;
  }
  const make = () =>
    defineConfig({
      project: 'shop',
      applications: { shop: Shop },
      operations: [defineOperations(Shop, (shop) => void shop.web.attach(replicas({ count })))],
      platform: new Platform('acme', { environments: { staging: {}, production: {} } }),
      repository: { url: remote.url },
    });
  return runOn(make, words, project);
}

async function deliver(wanted: Wanted, ...words: string[]): Promise<void> {
  const { code, err } = await strake(wanted, 'deliver', '--no-sign', ...words);
  expect(code, err).toBe(0);
}

/** Names of commits and times are others every time. */
function steady(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{12,40}\b/g, '<commit>')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\dZ/g, '<time>')
    .replaceAll(/log\.test\.ts:\d+/g, 'log.test.ts:<line>');
}

const DEPLOYMENT = 'environments/production/shop/deployment-web.yaml';

test('a commit says in its message which value changes, in which layer, and by which definition', async () => {
  await deliver({ count: 3 });
  await deliver({ count: 5, token: 'hunter2' }, '--reason', 'more people', '--env', 'production');
  const [message = ''] = remote.messages();
  expect(message).toContain('shop Deployment/web spec.replicas: 3 -> 5 (trait replicas, @strake/traits');
  expect(message).toMatch(
    /env\.TOKENIZER\.value: "\(masked\)" -> another "\(masked\)" \(component web-service, /,
  );
  expect(message).toContain('\nStrake-Layers: component, trait\n');
  expect(message).not.toMatch(/hunter|\/packages\//);
});

test('strake log says who changed what when, newest first, objects that come and go among it', async () => {
  await deliver({ count: 3, hasWorker: true });
  await deliver({ count: 5 }, '--reason', 'more people', '--env', 'production');
  const { out, code } = await strake({}, 'log', '--env', 'production');
  expect(code).toBe(0);
  expect(steady(out)).toMatchInlineSnapshot(`
    "<commit>  <time>  Deliverer <deliverer@example.org>
      reason: more people
      production/shop  Deployment/web spec.replicas: 3 -> 5  (trait replicas, @strake/traits)
      production/shop  - Deployment/worker
      production/shop  - Service/worker
    <commit>  <time>  Deliverer <deliverer@example.org>
      production/shop  + Deployment/web  (component web-service, @strake/components)
      production/shop  + Deployment/worker  (component web-service, @strake/components)
      production/shop  + Service/web  (component web-service, @strake/components)
      production/shop  + Service/worker  (component web-service, @strake/components)
    "
  `);
});

test('a value is followed through deliveries, the edits of people and the commits of bots', async () => {
  await deliver({ count: 3 });
  await deliver({ count: 5 });
  remote.commit({ [DEPLOYMENT]: remote.text(DEPLOYMENT).replace('replicas: 5', 'replicas: 9') });
  const lock = (tag: string) => `images:\n  - name: ghcr.io/acme/web\n    newTag: "${tag}"\n`;
  remote.commit({ 'images/production/shop/kustomization.yaml': lock('1.0.0') });
  remote.commit({ 'images/production/shop/kustomization.yaml': lock('1.0.1') });
  const words = [
    'log',
    '--env',
    'production',
    '--object',
    'deployment/web',
    '--path',
    'spec.replicas',
    '--json',
  ];
  const { out } = await strake({}, ...words);
  const told = JSON.parse(out).entries.map((each: Record<string, unknown>) => [
    each['before'],
    each['after'],
    each['layers'],
  ]);
  expect(told).toEqual([
    [5, 9, ['by hand']],
    [3, 5, ['trait']],
    [undefined, undefined, ['component']],
  ]);
  const images = await strake({}, 'log', '--object', 'Image/ghcr.io/acme/web', '--limit', '1');
  expect(steady(images.out)).toBe(
    [
      '<commit>  <time>  A Person <person@example.org>',
      '  byhand',
      '  production/shop  Image/ghcr.io/acme/web newTag: "1.0.0" -> "1.0.1"  (images)',
      '',
    ].join('\n'),
  );
});

test('a merged pull request names the merge, and the day on which it came into the branch', async () => {
  await deliver({ count: 3 });
  await deliver({ count: 5 }, '--env', 'production', '--mode', 'pull-request');
  const tree = remote.git('rev-parse', 'strake/shop/production^{tree}');
  const merge = remote.git(
    '-c',
    'user.name=Mia',
    '-c',
    'user.email=mia@example.org',
    'commit-tree',
    tree,
    '-p',
    'main',
    '-p',
    'strake/shop/production',
    '-m',
    'Merge',
  );
  remote.git('update-ref', 'refs/heads/main', merge);
  const { out } = await strake({}, 'log', '--path', 'spec.replicas', '--env', 'production', '--limit', '1');
  expect(out).toContain(`merged by Mia as ${merge.slice(0, 12)}`);
  expect(out).toContain('spec.replicas: 3 -> 5  (trait replicas, @strake/traits');
});

test('what a message claims of values is not believed, and what stands in files moves no cursor', async () => {
  await deliver({ count: 3 });
  remote.commit({ [DEPLOYMENT]: 'apiVersion: v1\nkind: Deployment\nmetadata:\n  name: "web\\e[2J"\n' });
  const { out } = await strake({}, 'log', '--env', 'production', '--limit', '1');
  expect(out).toContain('+ Deployment/web [2J');
  expect(out).not.toContain('\u001b');
});

test('without a configuration it reads the repository that is named; what is no date is refused', async () => {
  await deliver({ count: 3 });
  const throwing = () => {
    throw new Error('the configuration was loaded');
  };
  const named = await runOn(
    throwing,
    ['log', '--repository', remote.folder, '--since', '2020-01-01'],
    project,
  );
  expect(named).toMatchObject({ code: 0, out: expect.stringContaining('+ Deployment/web') });
  const later = await strake({}, 'log', '--since', '2999-01-01');
  expect(later).toMatchObject({ code: 0, out: '', err: 'no commit changes anything of that\n' });
  const wrong = await strake({}, 'log', '--since', 'yesterday', '--limit', '0');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toMatch(/--since[\s\S]*--limit/);
});

test('what one job has rendered and another delivers says who wrote it too', async () => {
  await deliver({ count: 3 });
  const rendered = join(outer(), 'rendered');
  const history = join(outer(), 'history.json');
  expect((await strake({ count: 5 }, 'synth', '--out', rendered, '--history', history)).code).toBe(0);
  const words = [
    'deliver',
    '--mode',
    'push',
    '--from',
    rendered,
    '--repository',
    remote.folder,
    '--history',
    history,
  ];
  const throwing = () => {
    throw new Error('the configuration was loaded');
  };
  const { code, err } = await runOn(throwing, words, project);
  expect(code, err).toBe(0);
  const [message = ''] = remote.messages();
  expect(message).toContain('shop Deployment/web spec.replicas: 3 -> 5 (trait replicas, @strake/traits');
  expect(message).toMatch(/^Strake-Layers: trait$/m);
  writeFileSync(history, '{}');
  const foreign = await runOn(throwing, words, project);
  expect(foreign).toMatchObject({ code: 2, err: expect.stringContaining('input-invalid') });
});
