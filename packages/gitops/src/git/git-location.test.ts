import { StrakeError } from '@strake/core';
import { expect, test } from 'vitest';
import { gitLocation } from './git-location.ts';

test.each([
  ['https://github.com/acme/gitops.git', 'https', 'github.com', 'acme/gitops'],
  ['https://bot@example.org:8443/a/b/c/', 'https', 'example.org:8443', 'a/b/c'],
  ['ssh://git@example.org:2222/acme/gitops.git', 'ssh', 'example.org', 'acme/gitops'],
  ['git@github.com:acme/gitops.git', 'ssh', 'github.com', 'acme/gitops'],
  ['github.com:acme/gitops', 'ssh', 'github.com', 'acme/gitops'],
  ['file:///srv/git/a.git', 'file', '', '/srv/git/a.git'],
  ['http://127.0.0.1:8080/a.git', 'http', '127.0.0.1:8080', 'a'],
] as const)('reads %s', (url, protocol, host, path) => {
  expect(gitLocation(url, '/work')).toEqual({ url, shown: url, protocol, host, path });
});

test('reads a path as a folder, relative to the one that is given', () => {
  expect(gitLocation('../git ops', '/work/cart')).toEqual({
    url: 'file:///work/git%20ops',
    shown: '../git ops',
    protocol: 'file',
    host: '',
    path: '/work/git ops',
  });
});

test.each([
  '',
  '-oProxyCommand=touch /tmp/x',
  '--upload-pack=touch',
  'ext::sh -c touch% /tmp/x',
  'fd::17',
  'git://example.org/a.git',
  'http://example.org/a.git',
  'ftp://example.org/a.git',
  'ssh://-oProxyCommand=x/a.git',
  'ssh://%2DoProxyCommand=x/a.git',
  'https://',
  'a\nb',
])('refuses %j', (text) => {
  expect(() => gitLocation(text, '/work')).toThrow(/repository-location-invalid/);
});

test('refuses a URL with a password, and does not print it', () => {
  try {
    gitLocation('https://bot:hunter22@example.org/a.git', '/work');
    expect.unreachable();
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    expect(JSON.stringify(error.findings)).not.toContain('hunter22');
    expect(error.findings[0]?.fix).toContain('STRAKE_TOKEN');
  }
  expect(() => gitLocation('git://u:hunter22@h/a', '/')).toThrow(/^(?!.*hunter22).*$/);
});
