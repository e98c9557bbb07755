import { StrakeError } from '@strake/core';
import { expect, test } from 'vitest';
import { serveForge, type ForgeReply, type ForgeServer } from '../../../../test/forge-server.ts';
import { gitLocation } from '../git/git-location.ts';
import { forgeAt, forgeKind, type ForgeKind, type PullRequest } from './forge.ts';

const TOKEN = 'token-that-nobody-may-see';
const WANTED = { branch: 'strake/cart/production', base: 'main', title: 'Deliver', body: 'one\n\ntwo' };

/** What each forge calls the same things, as we read its documentation. */
const FORGES = {
  github: {
    pulls: '/api/v3/repos/acme/gitops/pulls',
    one: '/api/v3/repos/acme/gitops/pulls/7',
    update: 'PATCH',
    exists: 422,
    query: { state: 'open', head: 'acme:strake/cart/production', base: 'main' },
    created: { title: 'Deliver', body: 'one\n\ntwo', head: 'strake/cart/production', base: 'main' },
    updated: { title: 'Deliver', body: 'one\n\ntwo' },
    open: (title: string, body: string) => ({ number: 7, html_url: 'https://forge/7', title, body }),
  },
  gitlab: {
    pulls: '/api/v4/projects/acme%2Fgitops/merge_requests',
    one: '/api/v4/projects/acme%2Fgitops/merge_requests/7',
    update: 'PUT',
    exists: 409,
    query: { state: 'opened', source_branch: 'strake/cart/production', target_branch: 'main' },
    created: {
      source_branch: 'strake/cart/production',
      target_branch: 'main',
      title: 'Deliver',
      description: 'one\n\ntwo',
      remove_source_branch: true,
    },
    updated: { title: 'Deliver', description: 'one\n\ntwo' },
    open: (title: string, description: string) => ({
      iid: 7,
      web_url: 'https://forge/7',
      title,
      description,
    }),
  },
} as const;

const both = ['github', 'gitlab'] as const;

interface Proposed {
  readonly server: ForgeServer;
  readonly pullRequest?: PullRequest;
  readonly refusal?: string;
}

async function propose(
  kind: ForgeKind,
  replies: Parameters<typeof serveForge>[0],
  timeout = 5000,
): Promise<Proposed> {
  const server = await serveForge(replies);
  const location = gitLocation(`${server.url}/acme/gitops.git`, '/');
  const forge = forgeAt({ kind, location, variables: { STRAKE_TOKEN: TOKEN }, timeout });
  try {
    return { server, pullRequest: await forge.propose(WANTED) };
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    const [{ code, path, written, fix } = { code: '', path: '', written: '', fix: '' }] = error.findings;
    expect(path).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v\d$|^pull request$/);
    return { server, refusal: `${code}: ${written} -> ${fix}` };
  } finally {
    await server.close();
  }
}

const ok = (json: unknown): ForgeReply => ({ status: 200, json });
const none = ok([]);

test.each(both)('%s: opens a pull request where none is open', async (kind) => {
  const { pulls, query, created, open } = FORGES[kind];
  const { server, pullRequest } = await propose(kind, [none, { status: 201, json: open('Deliver', 'one') }]);
  expect(pullRequest).toEqual({ url: 'https://forge/7', outcome: 'created' });
  expect(server.calls()).toEqual([`GET ${pulls}`, `POST ${pulls}`]);
  expect(server.requests[0]?.query).toEqual(query);
  expect(server.requests[1]?.body).toEqual(created);
  for (const { headers } of server.requests) expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
});

test.each(both)('%s: brings the open one to what is wanted, and calls nothing when it is', async (kind) => {
  const { pulls, one, update, updated, open } = FORGES[kind];
  const older = await propose(kind, [ok([open('Deliver', 'zero')]), ok({})]);
  expect(older.pullRequest).toEqual({ url: 'https://forge/7', outcome: 'updated' });
  expect(older.server.calls()).toEqual([`GET ${pulls}`, `${update} ${one}`]);
  expect(older.server.requests[1]?.body).toEqual(updated);
  const same = await propose(kind, [ok([open('Deliver', 'one\r\n\r\ntwo\r\n')])]);
  expect(same.pullRequest?.outcome).toBe('unchanged');
  expect(same.server.calls()).toEqual([`GET ${pulls}`]);
});

test.each(both)('%s: updates the one that somebody else opens in between', async (kind) => {
  const { pulls, one, update, exists, open } = FORGES[kind];
  const { server, pullRequest } = await propose(kind, [
    none,
    { status: exists, json: { message: 'already exists' } },
    ok([open('Deliver', 'zero')]),
    ok({}),
  ]);
  expect(pullRequest?.outcome).toBe('updated');
  expect(server.calls()).toEqual([`GET ${pulls}`, `POST ${pulls}`, `GET ${pulls}`, `${update} ${one}`]);
});

test.each([
  ['github', 401, 'repository-denied: the forge does not accept the token (401): no. '],
  ['github', 403, 'repository-denied: the token may not do this (403): no. '],
  [
    'github',
    404,
    'repository-missing: the forge knows no such repository, or the token may not see it (404)',
  ],
  ['github', 409, 'pull-request-failed: the forge does not take the pull request (409): no. '],
  ['github', 422, 'pull-request-failed: the forge does not take the pull request (422): no. '],
  ['github', 301, 'repository-missing: the repository has moved (301)'],
  ['gitlab', 401, 'repository-denied: the forge does not accept the token (401): no. '],
  ['gitlab', 403, 'repository-denied: the token may not do this (403): no. '],
  [
    'gitlab',
    404,
    'repository-missing: the forge knows no such repository, or the token may not see it (404)',
  ],
  ['gitlab', 409, 'pull-request-failed: the forge does not take the pull request (409): no. '],
  ['gitlab', 422, 'pull-request-failed: the forge does not take the pull request (422): no. '],
] as const)(
  '%s: says what %i means, and what the forge says, without the token',
  async (kind, status, said) => {
    const json = { message: `no. ${TOKEN}` };
    const { refusal } = await propose(kind, [none, { status, json }, none, { status, json }]);
    expect(refusal).toContain(said);
    expect(refusal).not.toContain(TOKEN);
    expect(refusal).toMatch(/ -> .*\.$/);
  },
);

test.each(both)('%s: waits as long as it is asked to, and calls again', async (kind) => {
  const { open } = FORGES[kind];
  const start = performance.now();
  const { server, pullRequest } = await propose(kind, [
    { status: 429, headers: { 'retry-after': '1' } },
    none,
    { status: 403, headers: { 'retry-after': new Date(Date.now() - 1000).toUTCString() } },
    { status: 201, json: open('Deliver', 'one') },
  ]);
  expect(pullRequest?.outcome).toBe('created');
  expect(server.requests).toHaveLength(4);
  expect(performance.now() - start).toBeGreaterThan(950);
});

test('does not wait for an hour, and gives up after some tries', async () => {
  const hour = await propose('github', [{ status: 429, headers: { 'retry-after': '3600' } }]);
  expect(hour.refusal).toBe(
    'repository-unreachable: too many calls for the forge (429) -> Run it again in 3600 seconds.',
  );
  expect(hour.server.requests).toHaveLength(1);
  const ever = await propose('gitlab', [{ status: 429, headers: { 'retry-after': '0' } }]);
  expect(ever.refusal).toContain('too many calls');
  expect(ever.server.requests).toHaveLength(4);
});

test('repeats what only reads when the forge fails, and never what writes', async () => {
  const { open } = FORGES.github;
  const reading = await propose(
    'github',
    [{ status: 502 }, undefined, none, { status: 201, json: open('Deliver', '') }],
    300,
  );
  expect(reading.pullRequest?.outcome).toBe('created');
  const writing = await propose('github', [none, { status: 503, json: 'sorry' }]);
  expect(writing.refusal).toContain('repository-unreachable: the forge fails (503): sorry');
  expect(writing.server.requests).toHaveLength(2);
  const silent = await propose('gitlab', [none, undefined], 300);
  expect(silent.refusal).toContain('the forge does not answer: no answer within 300 ms');
  expect(silent.server.requests).toHaveLength(2);
});

test('names an answer that no such forge gives', async () => {
  const { refusal } = await propose('gitlab', [ok({ html: 'log in' })]);
  expect(refusal).toContain('pull-request-failed: the forge answers in a form that is not known');
});

test('knows a forge by the name of its server, or by what is configured', () => {
  const kind = (url: string, configured?: ForgeKind) => forgeKind(gitLocation(url, '/'), configured);
  expect(kind('git@github.com:acme/gitops.git')).toBe('github');
  expect(kind('ssh://git@ssh.github.com:443/acme/gitops.git')).toBe('github');
  expect(kind('https://gitlab.example.org/acme/group/gitops.git')).toBe('gitlab');
  expect(kind('https://example.org/acme/gitops')).toBeUndefined();
  expect(kind('https://notgithub.com/acme/gitops')).toBeUndefined();
  expect(kind('https://example.org/acme/gitops', 'gitlab')).toBe('gitlab');
  expect(kind('/srv/gitops.git', 'github')).toBeUndefined();
});

test('names the variables in which a token is looked for', () => {
  const location = gitLocation('git@github.com:acme/gitops.git', '/');
  const at = () => forgeAt({ kind: 'github', location, variables: { GITLAB_TOKEN: 'x' }, timeout: 1 });
  expect(at).toThrow(/token-missing .*no token for the pull requests of GitHub/);
});
