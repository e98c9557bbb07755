import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dockerCredentials } from './docker-credentials.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strake-docker-'));
  vi.stubEnv('DOCKER_CONFIG', folder);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function configured(config: unknown): void {
  writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
}

function helper(name: string, script: string): void {
  writeFileSync(join(folder, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, `docker-credential-${name}`), 0o755);
}

const auth = (text: string) => Buffer.from(text).toString('base64');

test('has none where nobody has logged in', async () => {
  expect(await dockerCredentials('ghcr.io')).toBeUndefined();
  configured({ auths: { 'ghcr.io': {} } });
  expect(await dockerCredentials('ghcr.io')).toBeUndefined();
});

test('reads what the file holds, also for Docker Hub', async () => {
  configured({
    auths: {
      'https://ghcr.io': { auth: auth('robot:a:b') },
      'https://index.docker.io/v1/': { auth: auth('hub:c') },
      'azure.example.com': { identitytoken: 'token' },
    },
  });
  expect(await dockerCredentials('ghcr.io')).toEqual({ username: 'robot', password: 'a:b' });
  expect(await dockerCredentials('docker.io')).toEqual({ username: 'hub', password: 'c' });
  expect(await dockerCredentials('azure.example.com')).toEqual({ identityToken: 'token' });
  expect(await dockerCredentials('evil.ghcr.io')).toBeUndefined();
});

test('asks the credential helper of the registry', async () => {
  helper(
    'vault',
    'read server; [ "$1" = get ] && printf \'{"Username":"robot","Secret":"for %s"}\' "$server"',
  );
  configured({ credHelpers: { 'ghcr.io': 'vault' }, auths: { 'ghcr.io': { auth: auth('old:old') } } });
  expect(await dockerCredentials('ghcr.io')).toEqual({ username: 'robot', password: 'for ghcr.io' });
});

test('takes a helper that has nothing for one that has nothing', async () => {
  helper('empty', 'echo "credentials not found in native keychain"; exit 1');
  configured({ credsStore: 'empty', auths: { 'ghcr.io': { auth: auth('robot:a') } } });
  expect(await dockerCredentials('ghcr.io')).toEqual({ username: 'robot', password: 'a' });
});

test('understands a token in the place of a name', async () => {
  helper('token', 'echo \'{"Username":"<token>","Secret":"t"}\'');
  configured({ credsStore: 'token' });
  expect(await dockerCredentials('ghcr.io')).toEqual({ identityToken: 't' });
});

test('says that a helper fails, and keeps to itself what it printed', async () => {
  helper('broken', 'echo hunter2; exit 3');
  configured({ credsStore: 'broken' });
  await expect(dockerCredentials('ghcr.io')).rejects.toThrow(
    'registry-denied docker-credential-broken: the credential helper fails (3)',
  );
  configured({ credsStore: 'not-there' });
  await expect(dockerCredentials('ghcr.io')).rejects.toThrow(/fails \(ENOENT\)/);
});

test('runs no helper whose name is a path, and reads no broken file', async () => {
  configured({ credsStore: '../../bin/sh' });
  await expect(dockerCredentials('ghcr.io')).rejects.toThrow(/has no name of a program/);
  configured('{');
  await expect(dockerCredentials('ghcr.io')).rejects.toThrow(/it is no JSON/);
});
