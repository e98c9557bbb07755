import type { IncomingMessage, ServerResponse } from 'node:http';
import { StrakeError, type Finding } from '@strake/core';
import { afterEach, expect, test } from 'vitest';
import { localServer, type LocalServer } from '../../../../test/registry/local-server.ts';
import { openRegistry, type RegistryOptions } from './registry.ts';
import { isSafeUrl, registryOf } from './registry-name.ts';

const servers: LocalServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

async function serve(answer: Answer): Promise<LocalServer> {
  const server = await localServer((request, response) => answer(response, request));
  servers.push(server);
  return server;
}

async function said(promise: Promise<unknown>): Promise<readonly Finding[]> {
  try {
    expect(await promise).toBe('an error');
    return [];
  } catch (error) {
    if (StrakeError.is(error)) return error.findings;
    throw error;
  }
}

const robot: RegistryOptions = { credentials: async () => ({ username: 'robot', password: 'p:s' }) };
const BASIC = `Basic ${Buffer.from('robot:p:s').toString('base64')}`;

test('reads all pages, and filters nothing', async () => {
  const { host, requests } = await serve((response, { url = '' }) => {
    if (!url.includes('last=')) response.setHeader('link', '</v2/web/tags/list?last=b&n=2>; rel="next"');
    response.end(JSON.stringify({ tags: url.includes('last=') ? ['c'] : ['a', 'b'] }));
  });
  expect(await openRegistry().tags(`${host}/web`)).toEqual(['a', 'b', 'c']);
  expect(requests.map(({ url }) => url)).toEqual([
    '/v2/web/tags/list?n=1000',
    '/v2/web/tags/list?last=b&n=2',
  ]);
});

test('gives up on pages without an end', async () => {
  const same = await serve((response) => {
    response.setHeader('link', '</v2/web/tags/list?n=1000>; rel="next"').end('{"tags":[]}');
  });
  expect(await said(openRegistry().tags(`${same.host}/web`))).toMatchObject([
    { code: 'registry-answer-invalid' },
  ]);
  let page = 0;
  const endless = await serve((response) => {
    response.setHeader('link', `</v2/web/tags/list?last=${page++}>; rel="next"`).end('{"tags":["a"]}');
  });
  expect(await said(openRegistry().tags(`${endless.host}/web`))).toMatchObject([
    { code: 'registry-answer-invalid' },
  ]);
  expect(page).toBe(500);
});

test('does not turn to another registry for the next page', async () => {
  const other = await serve((response) => response.end('{"tags":["evil"]}'));
  const { host } = await serve((response) => {
    response.setHeader('link', `<http://${other.host}/v2/web/tags/list>; rel="next"`).end('{"tags":[]}');
  });
  expect(await said(openRegistry().tags(`${host}/web`))).toMatchObject([{ code: 'registry-answer-invalid' }]);
  expect(other.requests).toEqual([]);
});

test('takes credentials along a redirect only where the host stays the same', async () => {
  const other = await serve((response) => response.end('{"tags":["a"]}'));
  const { host, requests } = await serve((response, { headers, url = '' }) => {
    if (headers.authorization === undefined)
      return response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
    const location = url === '/here' ? `http://${other.host}/there` : '/here';
    return response.writeHead(307, { location }).end();
  });
  expect(await openRegistry(robot).tags(`${host}/web`)).toEqual(['a']);
  expect(requests.map(({ url, authorization }) => [url, authorization])).toEqual([
    ['/v2/web/tags/list?n=1000', undefined],
    ['/v2/web/tags/list?n=1000', BASIC],
    ['/here', BASIC],
  ]);
  expect(other.requests).toMatchObject([{ url: '/there', authorization: undefined }]);
});

test('gives up on redirects without an end, and refuses those without TLS', async () => {
  const { host } = await serve((response) => response.writeHead(302, { location: '/again' }).end());
  expect(await said(openRegistry().tags(`${host}/web`))).toMatchObject([
    { code: 'registry-answer-invalid', written: 'the registry redirects without an end' },
  ]);
  const plain = await serve((response) => response.writeHead(302, { location: 'http://example.com/' }).end());
  expect(await said(openRegistry().tags(`${plain.host}/web`))).toMatchObject([
    { code: 'registry-answer-invalid', written: 'the registry points to `http://example.com`, without TLS' },
  ]);
});

test('asks for a token with the name and the password, once for an image', async () => {
  const login = await serve((response) => response.end('{"token":"leave"}'));
  const { host } = await serve((response, { headers }) => {
    if (headers.authorization === 'Bearer leave') return response.end('{"tags":["a"]}');
    const challenge = `Bearer realm="http://${login.host}/token",service="s",scope="repository:web:pull"`;
    return response.writeHead(401, { 'www-authenticate': challenge }).end();
  });
  const registry = openRegistry(robot);
  expect(await registry.tags(`${host}/web`)).toEqual(['a']);
  expect(await registry.tags(`${host}/web`)).toEqual(['a']);
  expect(login.requests).toEqual([
    { method: 'GET', url: '/token?service=s&scope=repository%3Aweb%3Apull', authorization: BASIC },
  ]);
});

test('hands over an identity token in the body', async () => {
  let body = '';
  const login = await serve(async (response, request) => {
    for await (const chunk of request) body += String(chunk);
    response.end('{"access_token":"leave"}');
  });
  const { host } = await serve((response, { headers }) => {
    if (headers.authorization === 'Bearer leave') return response.end('{"tags":["a"]}');
    return response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${login.host}/t"` }).end();
  });
  const registry = openRegistry({ credentials: async () => ({ identityToken: 'identity' }) });
  expect(await registry.tags(`${host}/web`)).toEqual(['a']);
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
    scope: 'repository:web:pull',
    grant_type: 'refresh_token',
    client_id: 'strake',
    refresh_token: 'identity',
  });
});

test('hands no credentials to a place without TLS', async () => {
  const { host } = await serve((response) =>
    response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://login.example.com/"' }).end(),
  );
  expect(await said(openRegistry(robot).tags(`${host}/web`))).toMatchObject([
    { code: 'registry-answer-invalid', written: 'the registry names no safe place to log in' },
  ]);
});

test.each([
  [401, 'registry-denied'],
  [403, 'registry-denied'],
  [404, 'registry-missing'],
  [429, 'registry-unavailable'],
  [418, 'registry-answer-invalid'],
  [500, 'registry-unavailable'],
  [503, 'registry-unavailable'],
])('says what %i means', async (status, code) => {
  const { host } = await serve((response) => response.writeHead(status, { 'retry-after': '30' }).end());
  const findings = await said(openRegistry().digest(`${host}/web`, '1.0.0'));
  expect(findings).toMatchObject([{ code, path: `${host}/web` }]);
  if (status === 429) expect(findings[0]?.written).toContain('it asks to wait 30 seconds');
});

test.each(['', 'no JSON', '[]', '{"tags":1}', `{"tags":["${'a'.repeat(4_200_000)}"]}`])(
  'refuses an answer that is no list of tags',
  async (text) => {
    const { host } = await serve((response) => response.end(text));
    expect(await said(openRegistry().tags(`${host}/web`))).toMatchObject([
      { code: 'registry-answer-invalid' },
    ]);
  },
);

test('takes an image without tags for one without tags', async () => {
  const { host } = await serve((response) => response.end('{"tags":null}'));
  expect(await openRegistry().tags(`${host}/web`)).toEqual([]);
});

test('makes the digest itself where the registry does not say it', async () => {
  const { host, requests } = await serve((response) => response.end('{}'));
  expect(await openRegistry().digest(`${host}/web`, '1.0.0')).toBe(
    'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  );
  expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
});

test('gives up on a registry that does not answer', async () => {
  const { host } = await serve(() => {});
  expect(await said(openRegistry({ timeout: 50 }).tags(`${host}/web`))).toMatchObject([
    { code: 'registry-unavailable', written: `\`${host}\` does not answer within 50 ms` },
  ]);
  const gone = await serve(() => {});
  gone.close();
  expect(await said(openRegistry().tags(`${gone.host}/web`))).toMatchObject([
    { code: 'registry-unavailable', written: `\`${gone.host}\` cannot be reached (ECONNREFUSED)` },
  ]);
});

test('gives up on an answer that does not end', async () => {
  const { host } = await serve((response) => void response.write('{"tags":['));
  expect(await said(openRegistry({ timeout: 50 }).tags(`${host}/web`))).toMatchObject([
    { code: 'registry-unavailable' },
  ]);
});

test.each([
  ['redis', 'https://registry-1.docker.io', 'docker.io', 'library/redis'],
  ['bitnami/redis', 'https://registry-1.docker.io', 'docker.io', 'bitnami/redis'],
  ['docker.io/bitnami/redis', 'https://registry-1.docker.io', 'docker.io', 'bitnami/redis'],
  ['ghcr.io/acme/web', 'https://ghcr.io', 'ghcr.io', 'acme/web'],
  ['localhost:5000/web', 'http://localhost:5000', 'localhost:5000', 'web'],
  ['127.0.0.1.example.com/web', 'https://127.0.0.1.example.com', '127.0.0.1.example.com', 'web'],
])('knows where %s is', (image, origin, registry, repository) => {
  expect(registryOf(image)).toEqual({ origin, registry, repository });
});

test('speaks without TLS to this machine only, and not at the word of another', () => {
  expect(isSafeUrl(new URL('http://127.0.0.1/'), 'https://ghcr.io')).toBe(false);
  expect(isSafeUrl(new URL('https://user:word@ghcr.io/'), 'https://ghcr.io')).toBe(false);
  expect(isSafeUrl(new URL('http://localhost/'), 'http://127.0.0.1:5000')).toBe(true);
});
