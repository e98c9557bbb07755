import { expect, test } from 'vitest';
import { passes, tripsOn } from '@strake/testing';
import type { JsonObject } from '@strake/core';
import { deployment, object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import { secretIn } from './secret-text.ts';
import { noPlaintextSecret, noSecretInConfigMap, noSecretInEnv } from './secrets.ts';
import { noFluxSubstitution } from './substitution.ts';

const VALUE = 'correct-horse-battery';
const config = (data: JsonObject, metadata: JsonObject = {}) => ({
  ...object('v1/ConfigMap', 'settings', {}),
  metadata: { name: 'settings', ...metadata },
  data,
});
const secret = (fields: JsonObject) => ({ ...object('v1/Secret', 'key', {}), ...fields });
const env = (name: string, value: string) => deployment({ env: [{ name, value }] });

testRules([
  {
    rule: noPlaintextSecret,
    trips: [secret({ stringData: { password: VALUE } })],
    written: 'Secret `key`: `password` in plain text',
    passes: [
      [secret({ type: 'kubernetes.io/service-account-token' })],
      [object('bitnami.com/v1alpha1/SealedSecret', 'key', { encryptedData: { password: 'AgB' } })],
    ],
  },
  {
    rule: noSecretInConfigMap,
    trips: [config({ DB_PASSWORD: VALUE, 'tls.pem': '-----BEGIN RSA PRIVATE KEY-----\nMII' })],
    written: [
      'ConfigMap `settings`: `DB_PASSWORD` holds a value that is secret by its name',
      'ConfigMap `settings`: `tls.pem` holds a private key',
    ],
    passes: [[config({ DB_PASSWORD_FILE: '/run/password', 'ca.pem': '-----BEGIN CERTIFICATE-----\nMII' })]],
  },
  {
    rule: noSecretInEnv,
    trips: [env('DATABASE_URL', `postgres://shop:${VALUE}@db:5432/shop`), env('apiToken', VALUE)],
    written: [
      'Deployment `web`: `DATABASE_URL` of the container `web` holds a password in an address',
      'Deployment `web`: `apiToken` of the container `web` holds a value that is secret by its name',
    ],
    passes: [
      [env('DATABASE_URL', 'postgres://shop:$(DB_PASSWORD)@db:5432/shop'), env('REQUIRE_TOKEN', 'true')],
      [deployment({ env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'key', key: 'token' } } }] })],
    ],
  },
  {
    rule: noFluxSubstitution,
    trips: [config({ 'nginx.conf': 'listen ${PORT}; root ${ROOT}; also ${PORT}' })],
    written: [
      'ConfigMap `settings`: `${PORT}` stands in `data.nginx.conf`',
      'ConfigMap `settings`: `${ROOT}` stands in `data.nginx.conf`',
    ],
    passes: [
      [config({ 'nginx.conf': 'listen $${PORT}; uri $uri; command $(PORT); ${1}' })],
      [
        config(
          { 'nginx.conf': 'listen ${PORT};' },
          { annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
        ),
      ],
    ],
  },
]);

test.each([
  [noPlaintextSecret, secret({ stringData: { password: VALUE } })],
  [noSecretInConfigMap, config({ password: VALUE })],
  [noSecretInEnv, env('URL', `https://me:${VALUE}@example.com`)],
  [noFluxSubstitution, config({ password: `$\{NAME} ${VALUE}` })],
])('$code never says the value', (rule, input) => {
  const found = tripsOn(rule, [input]);
  expect(JSON.stringify(found)).not.toContain(VALUE);
});

test.each([
  ['TOKEN_TTL', '3600'],
  ['PASSWORD', ''],
  ['TOKEN', '$(OTHER)'],
  ['API_KEY', '/run/secrets/key'],
  ['COMPASS', 'north'],
  ['MAX_TOKENS', '4096'],
  ['keyspace', 'shop'],
  ['REDIS_URL', 'redis://redis:6379'],
  ['AT', 'mailto:me@example.com'],
])('%s: %s is no secret', (name, value) => {
  expect(secretIn(name, value)).toBeUndefined();
});

test('a long text is searched for secrets in no time', () => {
  const start = performance.now();
  passes(noSecretInConfigMap, [
    config(
      Object.fromEntries(
        ['a', 'a.', 'x://', 'x://a:b', 'eyJ-', 'eyJa.', '-----BEGIN A '].map((text) => [
          text,
          text.repeat(300_000 / text.length),
        ]),
      ),
    ),
  ]);
  expect(performance.now() - start).toBeLessThan(2000);
});

test.each([
  ['a private key', '-----BEGIN EC PRIVATE KEY-----'],
  ['an AWS access key', `AKIA${'A'.repeat(16)}`],
  ['a GitHub token', `ghp_${'a'.repeat(30)}`],
  ['a GitHub token', `github_pat_${'a'.repeat(30)}`],
  ['a GitLab token', `glpat-${'a'.repeat(20)}`],
  ['a Slack token', `xoxb-${'1'.repeat(10)}`],
  ['a signed token', `eyJ${'a'.repeat(8)}.eyJ${'a'.repeat(8)}.${'a'.repeat(8)}`],
  ['a password in an address', 'AMQP://me:hunter2@mq'],
])('%s is found in a text, whatever the text is called', (kind, text) => {
  expect(secretIn('NOTE', `see ${text} there`)).toBe(kind);
});
