import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../../test/custom-resource.ts';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { certificate, type CertificateProperties } from './certificate.ts';

const GIVEN: CertificateProperties = { dnsNames: ['shop.example.com'], issuerRef: { name: 'letsencrypt' } };

function shopWith(properties: Partial<CertificateProperties> = {}) {
  const { findings, of } = operatedShop(({ web }) => web.attach(certificate({ ...GIVEN, ...properties })));
  return { findings, certificate: of('Certificate') };
}

test('asks an issuer of the cluster for a certificate', () => {
  const { findings, certificate: made } = shopWith();
  expect(findings).toEqual([]);
  expect(made).toMatchObject({
    apiVersion: 'cert-manager.io/v1',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      secretName: 'web-tls',
      dnsNames: ['shop.example.com'],
      issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' },
    },
  });
});

test('stands where the gateway is that serves it', () => {
  const { certificate: made } = shopWith({ namespace: 'istio-ingress', secretName: 'shop' });
  expect(made).toMatchObject({ metadata: { namespace: 'istio-ingress' }, spec: { secretName: 'shop' } });
});

test('writes what the schema of cert-manager has, with every property that there is', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { findings, certificate: made } = shopWith({
    issuerRef: { name: 'pca', kind: 'AWSPCAClusterIssuer', group: 'awspca.cert-manager.io' },
    secretName: 'shop',
    duration: '2160h',
    renewBefore: '720h',
    privateKey: { algorithm: 'ECDSA', size: 384, encoding: 'PKCS8', rotationPolicy: 'Never' },
    usages: ['digital signature', 'server auth'],
  });
  expect(findings).toEqual([]);
  expect(made && violations(made)).toEqual([]);
});

test.each<[string, Partial<CertificateProperties>, string]>([
  ['an address', { dnsNames: ['10.0.0.1'] }, '`dnsNames.0`'],
  ['a host name in capitals', { dnsNames: ['Shop.example.com'] }, '`dnsNames.0`'],
  ['a star within a name', { dnsNames: ['shop.*.com'] }, '`dnsNames.0`'],
  ['a kind of issuer that there is not', { issuerRef: { name: 'a', kind: 'issuer' } }, '`issuerRef.kind`'],
  ['a group without a kind', { issuerRef: { name: 'a', group: 'b.example' } }, '`issuerRef.kind`'],
  ['less than an hour', { duration: '30m' }, '`duration`'],
  ['a duration in days', { duration: '90d' }, '`duration`'],
  ['renewing a certificate before it is made', { renewBefore: '2160h' }, '`renewBefore`'],
  ['a size of another algorithm', { privateKey: { algorithm: 'ECDSA', size: 2048 } }, '`privateKey.size`'],
])('rejects %s', (_, properties, property) => {
  expect(shopWith(properties).findings).toMatchObject([
    { code: 'property-invalid', written: expect.stringMatching(new RegExp(`^${property} of`)) },
  ]);
});
