import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StrakeError } from '@strake/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry } from '../../packages/gitops/src/images/registry.ts';
import { dockerRegistryProgram, push, startDockerRegistry, type DockerRegistry } from './docker-registry.ts';
import { localServer, type LocalServer } from './local-server.ts';

const program = dockerRegistryProgram();
const BASIC = `Basic ${Buffer.from('robot:secret').toString('base64')}`;
/** `robot` and `secret`, as htpasswd writes them. */
const HTPASSWD = 'robot:$2b$04$q6AESiT/pyngrck17iwRj.KmmtK3Mj20IhaYV0tTkdSjT71RJB8MC';

describe.skipIf(program === undefined)('a real registry', () => {
  let open: DockerRegistry;
  let closed: DockerRegistry;
  let bearer: DockerRegistry;
  let login: LocalServer;
  const folder = mkdtempSync(join(tmpdir(), 'strake-htpasswd-'));

  beforeAll(async () => {
    writeFileSync(join(folder, 'htpasswd'), `${HTPASSWD}\n`);
    login = await localServer((_, response) => response.end(JSON.stringify({ access_token: 'leave' })));
    const silly = { realm: `http://${login.host}/token`, service: 'tests' };
    open = await startDockerRegistry(program ?? '');
    closed = await startDockerRegistry(program ?? '', {
      htpasswd: { realm: 'tests', path: join(folder, 'htpasswd') },
    });
    bearer = await startDockerRegistry(program ?? '', { silly });
  });

  afterAll(() => {
    for (const each of [open, closed, bearer, login]) each?.close();
    rmSync(folder, { recursive: true });
  });

  test('lists tags and digests', async () => {
    const image = `${open.host}/acme/web`;
    const digest = await push(image, ['1.0.0', '1.1.0', 'latest']);
    const other = await push(image, ['1.2.0'], { text: 'other' });
    const registry = openRegistry();
    expect((await registry.tags(image)).toSorted()).toEqual(['1.0.0', '1.1.0', '1.2.0', 'latest']);
    expect(await registry.digest(image, 'latest')).toBe(digest);
    expect(await registry.digest(image, '1.2.0')).toBe(other);
    expect(other).not.toBe(digest);
  });

  test('says that an image or a tag is missing', async () => {
    await push(`${open.host}/acme/api`, ['1.0.0']);
    expect(await findingsOf(openRegistry().tags(`${open.host}/acme/none`))).toMatchObject([
      { code: 'registry-missing', path: `${open.host}/acme/none` },
    ]);
    expect(await findingsOf(openRegistry().digest(`${open.host}/acme/api`, '2.0.0'))).toMatchObject([
      { code: 'registry-missing' },
    ]);
  });

  test('logs in with a name and a password', async () => {
    const image = `${closed.host}/acme/web`;
    await push(image, ['1.0.0'], { authorization: BASIC });
    const asked: string[] = [];
    const credentials = async (registry: string) => {
      asked.push(registry);
      return { username: 'robot', password: 'secret' };
    };
    expect(await openRegistry({ credentials }).tags(image)).toEqual(['1.0.0']);
    expect(asked).toEqual([closed.host]);
    expect(await findingsOf(openRegistry().tags(image))).toMatchObject([{ code: 'registry-denied' }]);
    const wrong = { credentials: async () => ({ username: 'robot', password: 'wrong' }) };
    const findings = await findingsOf(openRegistry(wrong).tags(image));
    expect(findings).toMatchObject([{ code: 'registry-denied' }]);
    expect(JSON.stringify(findings)).not.toContain('wrong');
  });

  test('asks for a token where the registry wants one', async () => {
    const image = `${bearer.host}/acme/web`;
    await push(image, ['1.0.0'], { authorization: 'Bearer any' });
    expect(await openRegistry().tags(image)).toEqual(['1.0.0']);
    expect(login.requests).toMatchObject([
      { url: '/token?service=tests&scope=repository%3Aacme%2Fweb%3Apull', authorization: undefined },
    ]);
  });
});

async function findingsOf(promise: Promise<unknown>) {
  try {
    await promise;
    return [];
  } catch (error) {
    if (StrakeError.is(error)) return error.findings;
    throw error;
  }
}
