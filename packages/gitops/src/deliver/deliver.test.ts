import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { serveGit } from '../../../../test/git-server.ts';
import { planOf, type Texts } from '../../../../test/laws/plans.ts';
import { temporary } from '../../../../test/temporary.ts';
import { deliver, type DeliverOptions, type DeliverResult } from './deliver.ts';

const outer = temporary();
let remote: GitRemote;
beforeEach(() => {
  remote = gitRemote(outer());
});

const TWO = { 'production/cart/web': 'A', 'staging/cart/web': 'A' };
const WEB = 'environments/production/cart/configmap-web.yaml';

function delivering(texts: Texts, options: Partial<DeliverOptions> = {}): Promise<DeliverResult> {
  return deliver(planOf('cart', texts, true), {
    repository: remote.url,
    variables: remote.variables,
    ...options,
  });
}

function outcomes({ environments }: DeliverResult): string[] {
  return environments.map(({ environment, outcome }) => `${environment} ${outcome}`);
}

function codes({ findings }: DeliverResult): string[] {
  return findings.map(({ code, path, severity }) => `${severity} ${code} ${path}`);
}

test('makes one commit for each environment, with trailers, and leaves all other files alone', async () => {
  const result = await delivering(TWO, {
    provenance: {
      repository: 'https://example.org/cart.git',
      commit: 'abc',
      authors: ['Ann <ann@example.org>'],
      strake: '1.2.3',
      packages: ['@acme/platform@1.0.0'],
      reason: 'raise the limit\nStrake-Project: forged',
    },
  });
  expect(result.findings).toEqual([]);
  expect(outcomes(result)).toEqual(['production delivered', 'staging delivered']);
  expect(remote.files()).toEqual([
    '.strake/cart.json',
    'README.md',
    'environments/production/cart/configmap-web.yaml',
    'environments/production/cart/kustomization.yaml',
    'environments/staging/cart/configmap-web.yaml',
    'environments/staging/cart/kustomization.yaml',
  ]);
  expect(remote.messages()).toHaveLength(3);
  expect(remote.messages()[1]).toMatchInlineSnapshot(`
    "Deliver cart to production

    Files: 2 added, 0 changed, 0 removed.

    Strake-Project: cart
    Strake-Environment: production
    Strake-Source: https://example.org/cart.git
    Strake-Source-Commit: abc
    Strake-Source-Author: Ann <ann@example.org>
    Strake-Version: 1.2.3
    Strake-Package: @acme/platform@1.0.0
    Strake-Reason: raise the limit Strake-Project: forged"
  `);
  expect(remote.git('show', '--format=', '--name-only', 'main~1').split('\n')).toEqual([
    '.strake/cart.json',
    WEB,
    'environments/production/cart/kustomization.yaml',
  ]);
});

test('makes no commit where nothing differs, and none for an environment that stays as it is', async () => {
  await delivering(TWO);
  const tip = remote.git('rev-parse', 'main');
  expect(outcomes(await delivering(TWO))).toEqual(['production unchanged', 'staging unchanged']);
  expect(remote.git('rev-parse', 'main')).toBe(tip);
  const result = await delivering({ ...TWO, 'staging/cart/web': 'B' });
  expect(outcomes(result)).toEqual(['production unchanged', 'staging delivered']);
  expect(remote.git('rev-parse', 'main~1')).toBe(tip);
  expect(remote.text('environments/staging/cart/configmap-web.yaml')).toContain('text: B');
});

test('removes what is in the plan no longer: files, applications, environments', async () => {
  await delivering({ ...TWO, 'production/cart/more': 'A', 'production/shop/web': 'A', 'old/cart/web': 'A' });
  const result = await delivering(TWO);
  expect(outcomes(result)).toEqual(['old delivered', 'production delivered', 'staging unchanged']);
  expect(remote.files().filter((path) => /more|shop|old/.test(path))).toEqual([]);
  expect(remote.text('.strake/cart.json')).not.toContain('old');
});

test('delivers into a repository without a commit', async () => {
  remote = gitRemote(outer(), { isEmpty: true, name: 'empty.git' });
  expect(outcomes(await delivering(TWO))).toEqual(['production delivered', 'staging delivered']);
  expect(remote.messages()).toHaveLength(2);
});

test('refuses and names a file that was edited by hand; --force replaces it', async () => {
  await delivering(TWO);
  remote.commit({ [WEB]: 'by: hand\n' });
  const tip = remote.git('rev-parse', 'main');
  const changed = { ...TWO, 'production/cart/web': 'B', 'staging/cart/web': 'B' };
  const refused = await delivering(changed);
  expect(codes(refused)).toEqual([`error file-edited ${WEB}`]);
  expect(refused.environments).toEqual([]);
  expect(remote.git('rev-parse', 'main')).toBe(tip);
  const forced = await delivering(changed, { force: true });
  expect(codes(forced)).toEqual([`warning file-edited ${WEB}`]);
  expect(remote.text(WEB)).toContain('text: B');
});

test('refuses files and folders of others, links among them', async () => {
  remote.commit({ [WEB]: 'kind: ConfigMap\n' });
  expect(codes(await delivering(TWO, { force: true }))).toEqual([`error file-foreign ${WEB}`]);
  remote.commit({ [WEB]: undefined, 'environments/production': undefined });
  const link = remote.git('hash-object', '-w', join(outer(), 'home/.gitconfig'));
  remote.git('read-tree', 'main');
  remote.git('update-index', '--add', '--cacheinfo', `120000,${link},environments/production`);
  const commit = remote.git('commit-tree', remote.git('write-tree'), '-p', 'main', '-m', 'link');
  remote.git('update-ref', 'refs/heads/main', commit);
  expect(codes(await delivering(TWO))).toEqual(['error path-unsafe environments/production']);
});

test('a dry run says what it would do, and needs no name to commit with', async () => {
  writeFileSync(join(remote.variables['HOME'] ?? '', '.gitconfig'), '');
  const result = await delivering(TWO, { dryRun: true });
  expect(outcomes(result)).toEqual(['production delivered', 'staging delivered']);
  expect(result.findings).toEqual([]);
  expect(remote.messages()).toHaveLength(1);
  expect(codes(await delivering(TWO))).toEqual([`error git-identity-missing ${remote.url}`]);
});

test('plans again on the new commit when somebody else was faster', async () => {
  let pushes = 0;
  const result = await delivering(TWO, {
    onProgress: (step) => {
      if (step.startsWith('pushing') && pushes++ < 2) remote.commit({ [`other-${pushes}`]: 'theirs' });
    },
  });
  expect(codes(result)).toEqual([]);
  expect(remote.files()).toEqual(expect.arrayContaining(['other-1', 'other-2', WEB]));
  expect(remote.git('log', '--format=%s', 'main').split('\n')).toEqual([
    'Deliver cart to staging',
    'Deliver cart to production',
    'byhand',
    'byhand',
    'byhand',
  ]);
});

test('a hand edit that comes in between is refused like any other', async () => {
  await delivering(TWO);
  const result = await delivering(
    { ...TWO, 'production/cart/web': 'B' },
    {
      onProgress: (step) => {
        if (step.startsWith('pushing')) remote.commit({ [WEB]: 'by: hand\n' });
      },
    },
  );
  expect(codes(result)).toEqual([`error file-edited ${WEB}`]);
  expect(remote.text(WEB)).toBe('by: hand\n');
});

test('leaves a branch that does not exist alone, and says so', async () => {
  expect(codes(await delivering(TWO, { branch: 'mian' }))).toEqual([`error branch-missing ${remote.url}`]);
  expect(remote.git('branch', '--format=%(refname:short)')).toBe('main');
});

test('runs no hook of the one who delivers, and says what a hook of the server says', async () => {
  const server = await serveGit(outer());
  const repository = `${server.url}/remote.git`;
  const home = remote.variables['HOME'] ?? '';
  const hook = '#!/bin/sh\ntouch "$HOME/hook-has-run"\n';
  mkdirSync(join(home, 'hooks'));
  for (const name of ['pre-push', 'reference-transaction', 'post-index-change'])
    writeFileSync(join(home, 'hooks', name), hook, { mode: 0o755 });
  writeFileSync(
    join(home, '.gitconfig'),
    `[user]\nname = A\nemail = a@example.org\n[core]\nhooksPath = ${join(home, 'hooks')}\n`,
  );
  expect(codes(await delivering(TWO, { repository }))).toEqual([]);
  expect(existsSync(join(home, 'hook-has-run'))).toBe(false);
  writeFileSync(
    join(remote.folder, 'hooks', 'pre-receive'),
    '#!/bin/sh\necho "ask Ann first" >&2\nexit 1\n',
    {
      mode: 0o755,
    },
  );
  const declined = await delivering({ ...TWO, 'production/cart/web': 'B' }, { repository });
  expect(codes(declined)).toEqual(['error branch-protected main']);
  expect(declined.findings[0]?.written).toContain('ask Ann first');
  await server.close();
});

test('delivers over smart HTTP: all at once, nothing, less', async () => {
  const server = await serveGit(outer());
  const repository = `${server.url}/remote.git`;
  expect(outcomes(await delivering(TWO, { repository }))).toEqual([
    'production delivered',
    'staging delivered',
  ]);
  expect(outcomes(await delivering(TWO, { repository }))).toEqual([
    'production unchanged',
    'staging unchanged',
  ]);
  expect(outcomes(await delivering({ 'staging/cart/web': 'A' }, { repository }))).toEqual([
    'production delivered',
    'staging unchanged',
  ]);
  expect(remote.files().filter((path) => path.includes('production'))).toEqual([]);
  await server.close();
});

test('answers the question for a password with STRAKE_TOKEN, and stores it nowhere', async () => {
  const token = 'a-very-secret-token';
  const server = await serveGit(outer(), { credentials: `x-access-token:${token}` });
  const repository = `${server.url}/remote.git`;
  const home = remote.variables['HOME'] ?? '';
  const store = join(home, 'credentials');
  writeFileSync(
    join(home, '.gitconfig'),
    `[user]\nname = A\nemail = a@example.org\n[credential]\nhelper = store --file=${store}\n`,
  );
  const denied = await delivering(TWO, { repository });
  expect(codes(denied)).toEqual([`error repository-denied ${repository}`]);
  const wrong = await delivering(TWO, {
    repository,
    variables: { ...remote.variables, STRAKE_TOKEN: 'not-the-right-one' },
  });
  expect(codes(wrong)).toEqual([`error repository-denied ${repository}`]);
  const steps: string[] = [];
  const good = await delivering(TWO, {
    repository,
    variables: { ...remote.variables, STRAKE_TOKEN: token },
    onProgress: (step) => steps.push(step),
  });
  expect(codes(good)).toEqual([]);
  expect(JSON.stringify([denied, wrong, good, steps])).not.toMatch(/secret-token|not-the-right-one/);
  expect(existsSync(store)).toBe(false);
  await server.close();
});

test.each([
  [403, 'repository-denied'],
  [404, 'repository-missing'],
  [500, 'repository-unreachable'],
])('says what a server means with %i', async (status, code) => {
  const server = await serveGit(outer(), { status });
  const repository = `${server.url}/remote.git`;
  expect(codes(await delivering(TWO, { repository }))).toEqual([`error ${code} ${repository}`]);
  await server.close();
});

test('says that a server is unreachable, and that a folder is no repository', async () => {
  expect(codes(await delivering(TWO, { repository: 'http://127.0.0.1:9/a.git' }))).toEqual([
    'error repository-unreachable http://127.0.0.1:9/a.git',
  ]);
  const missing = await delivering(TWO, { repository: 'nowhere', directory: outer() });
  expect(codes(missing)).toEqual(['error repository-missing nowhere']);
  const { findings } = await delivering(TWO, { variables: { PATH: '' } });
  expect(findings[0]).toMatchObject({ code: 'git-failed', written: 'there is no such command' });
});

test('never touches a checkout: a folder whose branch is checked out is refused', async () => {
  const checkout = join(outer(), 'checkout');
  execFileSync('git', ['clone', '--quiet', remote.folder, checkout], { env: remote.variables });
  const before = execFileSync('git', ['-C', checkout, 'status', '--porcelain'], { encoding: 'utf8' });
  const result = await delivering(TWO, { repository: 'checkout', directory: outer() });
  expect(codes(result)).toEqual(['error branch-protected main']);
  expect(result.findings[0]?.fix).toContain('repository.url');
  expect(execFileSync('git', ['-C', checkout, 'status', '--porcelain'], { encoding: 'utf8' })).toBe(before);
});

test('delivers over ssh, and says what ssh says', async () => {
  const ssh = join(outer(), 'ssh.sh');
  // In the place of ssh: runs the last word here, as a server would.
  writeFileSync(ssh, '#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n', { mode: 0o755 });
  const repository = `ssh://git@example.org${remote.folder}`;
  const variables = { ...remote.variables, GIT_SSH_COMMAND: ssh, GIT_SSH_VARIANT: 'ssh' };
  expect(outcomes(await delivering(TWO, { repository, variables }))).toEqual([
    'production delivered',
    'staging delivered',
  ]);
  writeFileSync(ssh, '#!/bin/sh\necho "Host key verification failed." >&2\nexit 255\n', { mode: 0o755 });
  expect(codes(await delivering(TWO, { repository, variables }))).toEqual([
    `error repository-denied ${repository}`,
  ]);
});

test('never waits for longer than it is told to', async () => {
  const ssh = join(outer(), 'ssh.sh');
  writeFileSync(ssh, '#!/bin/sh\nexec sleep 20\n', { mode: 0o755 });
  const start = performance.now();
  const variables = { ...remote.variables, GIT_SSH_COMMAND: ssh, GIT_SSH_VARIANT: 'ssh' };
  const repository = 'git@example.org:acme/gitops.git';
  const { findings } = await delivering(TWO, { repository, variables, timeout: 500 });
  expect(findings[0]).toMatchObject({ code: 'repository-unreachable', path: repository });
  expect(findings[0]?.written).toContain('timed out after 500 ms');
  expect(performance.now() - start).toBeLessThan(8000);
});
