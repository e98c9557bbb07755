import { expect, test } from 'vitest';
import { gitCredential } from './git-credential.ts';
import { gitEnvironment, pinnedSettings } from './git-environment.ts';
import { gitLocation } from './git-location.ts';
import { withoutSecrets } from './without-secrets.ts';

test('hands git what it needs to know its user, and no secret of the caller', () => {
  const passed = gitEnvironment({
    HOME: '/home/ann',
    SSH_AUTH_SOCK: '/run/agent',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: 'x',
    GIT_DIR: '/elsewhere',
    GIT_TRACE_CURL: '1',
    GIT_EXTERNAL_DIFF: 'x',
    GITHUB_TOKEN: 'secret',
    STRAKE_TOKEN: 'secret',
    NPM_TOKEN: 'secret',
    LC_ALL: 'de_DE.UTF-8',
  });
  expect(passed).toEqual({
    HOME: '/home/ann',
    SSH_AUTH_SOCK: '/run/agent',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: 'x',
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GCM_INTERACTIVE: 'never',
  });
});

test('allows only the protocol that is asked for, besides https and ssh', () => {
  const allowed = (protocol: 'file' | 'http' | 'https') =>
    pinnedSettings(protocol).filter((setting) => /^protocol.*=always$/.test(setting));
  expect(allowed('https')).toEqual(['protocol.https.allow=always', 'protocol.ssh.allow=always']);
  expect(allowed('file')).toContain('protocol.file.allow=always');
  expect(allowed('http')).toContain('protocol.http.allow=always');
  expect(pinnedSettings('https')).toContain('protocol.allow=never');
});

test('gives the token to the one server only, after the settings that the caller has made', () => {
  const variables = { STRAKE_TOKEN: 'secret-token', GIT_CONFIG_COUNT: '2' };
  const credential = gitCredential(gitLocation('https://example.org/a.git', '/'), variables, 'oauth2');
  expect(credential).toMatchObject({
    STRAKE_USER: 'oauth2',
    GIT_CONFIG_COUNT: '4',
    GIT_CONFIG_KEY_2: 'credential.helper',
    GIT_CONFIG_VALUE_2: '',
    GIT_CONFIG_KEY_3: 'credential.https://example.org.helper',
  });
  expect(credential['GIT_CONFIG_VALUE_3']).not.toContain('secret-token');
  expect(gitCredential(gitLocation('git@example.org:a', '/'), variables, 'x')).toEqual({});
});

test('leaves no secret in what it shows, in whatever form, and no line end', () => {
  const variables = { A_TOKEN: 'p@ss/word', HOME: '/home/ann' };
  const text = `fatal: https://u:pw@h/a p@ss/word ${encodeURIComponent('p@ss/word')}\n${Buffer.from('p@ss/word').toString('base64')} /home/ann`;
  expect(withoutSecrets(text, variables)).toBe('fatal: https://h/a *** *** *** /home/ann');
});
