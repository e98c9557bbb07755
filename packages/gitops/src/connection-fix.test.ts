import { expect, test } from 'vitest';
import { connectionFix } from './connection-fix.ts';

const refused = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

test.each([
  ['SELF_SIGNED_CERT_IN_CHAIN', {}, /^Set NODE_EXTRA_CA_CERTS /],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { HTTPS_PROXY: 'http://proxy' }, /^Set NODE_EXTRA_CA_CERTS /],
  ['ENOTFOUND', {}, /^Else\.$/],
  ['ENOTFOUND', { HTTPS_PROXY: 'http://proxy' }, /^Set NODE_USE_ENV_PROXY=1 .*HTTPS_PROXY.* Else\.$/],
  ['ECONNREFUSED', { https_proxy: 'http://proxy' }, /^Set NODE_USE_ENV_PROXY=1 .*https_proxy/],
  ['ENOTFOUND', { HTTPS_PROXY: 'http://proxy', NODE_USE_ENV_PROXY: '1' }, /^Else\.$/],
])('says what to do about %s with %o', (code, variables, fix) => {
  expect(connectionFix(refused(code), 'Else.', variables)).toMatch(fix);
});

test('what is no error of a connection has nothing to say', () => {
  expect(connectionFix('lost', 'Else.', {})).toBe('Else.');
});
