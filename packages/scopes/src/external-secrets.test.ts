import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../test/custom-resource.ts';
import { suppliedShop } from '../../../test/supplied-shop.ts';
import { externalSecrets, type ExternalSecretsProperties } from './external-secrets.ts';
import { goDuration } from './go-duration.ts';
import { sealedSecrets } from './sealed-secrets.ts';

const secretStoreRef = { name: 'vault' };

function external(properties: Partial<ExternalSecretsProperties> = {}) {
  const { findings, of } = suppliedShop([externalSecrets({ secretStoreRef, ...properties })]);
  return { findings, object: of('ExternalSecret') };
}

test('fulfils a claim from the store', () => {
  const { findings, object } = external();
  expect(findings).toEqual([]);
  const labels = {
    'app.kubernetes.io/managed-by': 'strake',
    'app.kubernetes.io/name': 'db',
    'app.kubernetes.io/part-of': 'shop',
  };
  const remoteRef = (property: string) => ({ key: 'live/shop/db', property });
  expect(object).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'shop', labels },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
      target: {
        name: 'db',
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: { type: 'Opaque', engineVersion: 'v2', mergePolicy: 'Replace', metadata: { labels } },
      },
      data: [
        { secretKey: 'PASSWORD', remoteRef: remoteRef('PASSWORD') },
        { secretKey: 'USER', remoteRef: remoteRef('USER') },
      ],
    },
  });
});

test('names a record for each key where the store keeps single values', () => {
  const { object } = external({ remoteKey: '/{cluster}/{namespace}/{claim}-{key}' });
  expect(object?.['spec']).toMatchObject({
    data: [
      { secretKey: 'PASSWORD', remoteRef: { key: '/live/shop/db-PASSWORD' } },
      { secretKey: 'USER', remoteRef: { key: '/live/shop/db-USER' } },
    ],
  });
  expect(JSON.stringify(object)).not.toContain('property');
});

test('rejects a name that it does not know', () => {
  const { findings } = external({ remoteKey: '{app}/{key}' });
  expect(findings.map(({ code, allowed }) => [code, allowed])).toEqual([
    [
      'property-invalid',
      'a text with `{environment}`, `{cluster}`, `{tier}`, `{namespace}`, `{application}`, `{claim}`, `{key}`',
    ],
  ]);
});

test('refuses to supply what sealed secrets supply too', () => {
  const { findings, of } = suppliedShop([sealedSecrets(), externalSecrets({ secretStoreRef })]);
  const conflicts = findings.filter(({ code }) => code === 'scope-conflict');
  expect(conflicts).toMatchObject([{ path: 'shop', sources: [{}, {}] }]);
  expect(of('ExternalSecret')).toBeUndefined();
});

test.each([
  ['1h', '1h0m0s'],
  ['90m', '1h30m0s'],
  ['30m', '30m0s'],
  ['45s', '45s'],
  ['0s', '0s'],
])('writes %s as Kubernetes writes it back', (text, written) => {
  expect(goDuration(text)).toBe(written);
});

test.skipIf(SCHEMAS_MISSING)('writes what the definition of ExternalSecret allows', () => {
  for (const properties of [{}, { remoteKey: '{key}', refreshInterval: '30m' }]) {
    const { object } = external(properties);
    expect(object && violations(object)).toEqual([]);
  }
});
