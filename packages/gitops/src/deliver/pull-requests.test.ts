import { createServer, request } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { serveForge } from '../../../../test/forge-server.ts';
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
const BRANCH = 'strake/cart/production';

/** Production goes by pull request, all else is pushed. */
function delivering(texts: Texts, options: Partial<DeliverOptions> = {}): Promise<DeliverResult> {
  return deliver(planOf('cart', texts), {
    repository: remote.url,
    variables: remote.variables,
    modeOf: (environment) => (environment === 'production' ? 'pull-request' : 'push'),
    ...options,
  });
}

function outcomes({ environments }: DeliverResult): string[] {
  return environments.map(({ environment, outcome }) => `${environment} ${outcome}`);
}

function codes({ findings }: DeliverResult): string[] {
  return findings.map(({ code, path, severity }) => `${severity} ${code} ${path}`);
}

test('proposes one environment on a branch of its own, on top of what is pushed', async () => {
  const result = await delivering(TWO);
  expect(outcomes(result)).toEqual(['production proposed', 'staging delivered']);
  expect(codes(result)).toEqual([`warning pull-request-unopened ${BRANCH}`]);
  expect(remote.files()).not.toContain(WEB);
  expect(remote.files(BRANCH)).toContain(WEB);
  expect(remote.git('rev-parse', `${BRANCH}~1`)).toBe(remote.git('rev-parse', 'main'));
  const tip = remote.git('rev-parse', BRANCH);
  expect(outcomes(await delivering(TWO))).toEqual(['production unchanged', 'staging unchanged']);
  expect(remote.git('rev-parse', BRANCH)).toBe(tip);
});

test('leaves the branch alone while others push to main, so that approvals stay', async () => {
  await delivering(TWO);
  const tip = remote.git('rev-parse', BRANCH);
  remote.commit({ other: 'theirs' });
  expect(outcomes(await delivering(TWO))).toEqual(['production unchanged', 'staging unchanged']);
  expect(remote.git('rev-parse', BRANCH)).toBe(tip);
});

test('proposes again what no longer merges, as after an emergency', async () => {
  await delivering(TWO);
  await delivering({ ...TWO, 'production/cart/web': 'E' }, { modeOf: () => 'push' });
  expect(outcomes(await delivering(TWO))).toEqual(['production proposed', 'staging unchanged']);
  expect(remote.git('rev-parse', `${BRANCH}~1`)).toBe(remote.git('rev-parse', 'main'));
  const tip = remote.git('rev-parse', BRANCH);
  expect(outcomes(await delivering(TWO))).toEqual(['production unchanged', 'staging unchanged']);
  expect(remote.git('rev-parse', BRANCH)).toBe(tip);
});

test('replaces its own commit with a newer one, and never that of somebody else', async () => {
  await delivering(TWO);
  const newer = { ...TWO, 'production/cart/web': 'B' };
  expect(outcomes(await delivering(newer))).toEqual(['production proposed', 'staging unchanged']);
  expect(remote.text(WEB, BRANCH)).toContain('text: B');
  expect(remote.git('rev-parse', `${BRANCH}~1`)).toBe(remote.git('rev-parse', 'main'));
  remote.commit({ [WEB]: 'reviewed: by hand\n' }, BRANCH);
  const tip = remote.git('rev-parse', BRANCH);
  const foreign = await delivering({ ...newer, 'production/cart/web': 'C' }, { force: true });
  expect(codes(foreign)).toEqual([`error branch-foreign ${BRANCH}`]);
  expect(foreign.findings[0]?.environments).toEqual(['production']);
  expect(remote.git('rev-parse', BRANCH)).toBe(tip);
});

test('looks again when its branch moves in between', async () => {
  await delivering(TWO);
  const result = await delivering(
    { ...TWO, 'production/cart/web': 'B' },
    {
      onProgress: (step) => {
        if (step.endsWith(`to ${BRANCH}`)) remote.commit({ by: 'hand' }, BRANCH);
      },
    },
  );
  expect(codes(result)).toEqual([`error branch-foreign ${BRANCH}`]);
  expect(remote.git('log', '-1', '--format=%s', BRANCH)).toBe('byhand');
});

test('has nothing left to propose once it is merged, and deletes a branch that would change nothing', async () => {
  await delivering(TWO);
  remote.git('update-ref', 'refs/heads/main', BRANCH);
  expect(outcomes(await delivering(TWO))).toEqual(['production withdrawn', 'staging unchanged']);
  expect(remote.git('branch', '--format=%(refname:short)')).toBe('main');
  await delivering({ ...TWO, 'production/cart/web': 'B' });
  const dry = await delivering(TWO, { dryRun: true });
  expect(outcomes(dry)).toEqual(['production withdrawn', 'staging unchanged']);
  expect(remote.git('branch', '--format=%(refname:short)')).toContain(BRANCH);
});

test('proposes nothing for a branch that has no commit', async () => {
  remote = gitRemote(outer(), { isEmpty: true, name: 'empty.git' });
  const result = await delivering({ 'production/cart/web': 'A' });
  expect(codes(result)).toEqual([`error branch-missing ${remote.url}`]);
});

test('asks for a token before it pushes; the summary is the body; what the forge refuses is done by the next run', async () => {
  const git = await serveGit(outer());
  const isGit = (path: string) => path.startsWith('/remote.git/');
  const replies = [
    { status: 200, json: [] },
    { status: 503 },
    { status: 200, json: [] },
    { status: 201, json: { number: 1, html_url: 'https://forge/1', title: '', body: '' } },
  ];
  const forge = await serveForge(replies);
  // One server for both, as a forge is.
  const front = createServer((incoming, outgoing) => {
    const to = new URL(incoming.url ?? '/', isGit(incoming.url ?? '') ? git.url : forge.url);
    const { method, headers } = incoming;
    incoming.pipe(
      request(to, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  });
  await new Promise<void>((resolve) => void front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const options: Partial<DeliverOptions> = {
    repository: `http://127.0.0.1:${port}/remote.git`,
    forge: 'github',
    provenance: { reason: 'raise the limit' },
  };
  const without = await delivering(TWO, options);
  expect(without.findings.map(({ code }) => code)).toEqual(['token-missing']);
  expect(remote.messages()).toHaveLength(1);
  const withToken = { ...options, variables: { ...remote.variables, GITHUB_TOKEN: 'secret-github-token' } };
  const first = await delivering(TWO, withToken);
  expect(first.findings.map(({ code }) => code)).toEqual(['repository-unreachable']);
  expect(outcomes(first)).toEqual(['production proposed', 'staging delivered']);
  const second = await delivering(TWO, withToken);
  expect(second.environments[0]).toMatchObject({
    outcome: 'unchanged',
    pullRequest: { url: 'https://forge/1', outcome: 'created' },
  });
  expect(forge.requests.at(-1)?.body).toEqual({
    head: BRANCH,
    base: 'main',
    title: 'Deliver cart to production',
    body: [
      'Files: 2 added, 0 changed, 0 removed.',
      `- added \`${WEB}\`\n- added \`environments/production/cart/kustomization.yaml\``,
      '- Strake-Project: `cart`\n- Strake-Environment: `production`\n- Strake-Reason: `raise the limit`',
      'Strake keeps this branch: commits that others push to it stop the next delivery.',
    ].join('\n\n'),
  });
  expect(JSON.stringify([first, second])).not.toContain('secret-github-token');
  front.closeAllConnections();
  front.close();
  await Promise.all([git.close(), forge.close()]);
});
