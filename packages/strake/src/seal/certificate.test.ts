import { StrakeError } from '@strake/core';
import { beforeAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import {
  makeCertificate,
  missingProgram,
  type CertificateOptions,
  type MadeCertificate,
} from '../../../../test/certificates.ts';
import { normalFingerprint, readCertificate } from './certificate.ts';

const noOpenssl = missingProgram('openssl', 'version');
if (noOpenssl !== undefined) console.log(`not run: ${noOpenssl}`);
const hasOpenssl = noOpenssl === undefined;

const folder = mkdtempSync(join(tmpdir(), 'strake-certificates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let good: MadeCertificate;
let other: MadeCertificate;
beforeAll(() => {
  if (noOpenssl !== undefined) return;
  good = makeCertificate(folder, 'good');
  other = makeCertificate(folder, 'other');
});

function read(pem: string, fingerprint?: string) {
  return readCertificate(pem, { place: 'cluster.pem', fingerprint, now: new Date('2026-11-22T12:00:00Z') });
}

function refusal(pem: string, fingerprint?: string): string {
  try {
    read(pem, fingerprint);
  } catch (error) {
    if (StrakeError.is(error)) return error.findings.map(({ code, written }) => `${code}: ${written}`).join();
  }
  return 'it was taken';
}

test.runIf(hasOpenssl)('takes a certificate, with the fingerprint that openssl prints', () => {
  const fingerprint = normalFingerprint(good.fingerprint);
  expect(fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(read(good.pem)).toMatchObject({ fingerprint });
  expect(read(good.pem, fingerprint)).toMatchObject({ fingerprint });
  expect(read(`# cluster eu-1\r\n${good.pem.replaceAll('\n', '\r\n')}${other.pem}`)).toMatchObject({
    fingerprint,
  });
});

test.runIf(hasOpenssl)('refuses another certificate than the pinned one, before anything else', () => {
  const pinned = normalFingerprint(good.fingerprint);
  expect(refusal(other.pem, pinned)).toBe(
    `certificate-invalid: its fingerprint is \`${normalFingerprint(other.fingerprint)}\``,
  );
  expect(refusal(other.pem + good.pem, pinned)).toContain('its fingerprint is');
});

test.runIf(hasOpenssl).each<[string, CertificateOptions, string]>([
  ['expired', { to: '20261122115959Z' }, 'it is expired since Nov 22 11:59:59 2026 GMT'],
  ['not-yet', { from: '20261122120001Z' }, 'it is not valid before Nov 22 12:00:01 2026 GMT'],
  ['short', { algorithm: 'rsa:1024' }, 'it has an RSA key of 1024 bits'],
  [
    'elliptic',
    { algorithm: 'ec', words: ['-pkeyopt', 'ec_paramgen_curve:P-256'] },
    'it has a key of type ec',
  ],
  ['pss', { algorithm: 'rsa-pss' }, 'it has a key of type rsa-pss'],
])('refuses a certificate that is %s', (name, options, written) => {
  expect(refusal(makeCertificate(folder, name, options).pem)).toBe(`certificate-invalid: ${written}`);
});

test.runIf(hasOpenssl)('takes a certificate from its first second to its last', () => {
  const dates = { from: '20261122120000Z', to: '20261122120000Z' };
  expect(refusal(makeCertificate(folder, 'second', dates).pem)).toBe('it was taken');
});

test.runIf(hasOpenssl)('refuses a text without a certificate, and a private key, and quotes neither', () => {
  const none = 'certificate-invalid: it holds no certificate in PEM';
  const cut = good.pem.replace(/\n.{64}\n/, '\n');
  const wrong = [
    '',
    'swordfish',
    cut,
    good.pem.slice(0, -30),
    good.pem.replaceAll('CERTIFICATE', 'PUBLIC KEY'),
  ];
  expect(wrong.map((pem) => refusal(pem))).toEqual(wrong.map(() => none));
  expect(refusal(good.keyPem + good.pem)).toBe('certificate-invalid: it holds a private key');
});

test.each(['', 'sha256:', 'ab'.repeat(31), `sha1:${'a'.repeat(64)}`, 'g'.repeat(64)])(
  'takes %o for no fingerprint',
  (text) => {
    expect(normalFingerprint(text)).toBeUndefined();
  },
);
