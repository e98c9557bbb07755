import { X509Certificate, type KeyObject } from 'node:crypto';
import type { StrakeError } from '@strake/core';
import { sealError } from './seal-error.ts';

/** A certificate that values can be sealed with. */
export interface Certificate {
  readonly publicKey: KeyObject;
  /** SHA-256 of the certificate: `sha256:` and 64 lower-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** How a certificate is judged. */
export interface CertificateCheck {
  /** Where it comes from, for findings. */
  readonly place: string;
  /** Fingerprint that it must have; any when undefined. */
  readonly fingerprint: string | undefined;
  readonly now: Date;
}

const LEAST_BITS = 2048;
const ARMOUR = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/;

/**
 * Reads the certificate of a sealed-secrets controller. Of several in one text it takes the first, as kubeseal does.
 * Throws a StrakeError where nothing may be sealed with it.
 */
export function readCertificate(pem: string, check: CertificateCheck): Certificate {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw invalid(check, 'it holds a private key');
  const certificate = parsed(pem);
  if (certificate === undefined) throw invalid(check, 'it holds no certificate in PEM');
  const fingerprint = normalFingerprint(certificate.fingerprint256) ?? '';
  if (check.fingerprint !== undefined && fingerprint !== check.fingerprint)
    throw anotherOne(check, fingerprint);
  const { publicKey } = certificate;
  const wrong = wrongDates(certificate, check.now) ?? wrongKey(publicKey);
  if (wrong !== undefined) throw invalid(check, wrong);
  return { publicKey, fingerprint };
}

/** The one form of a fingerprint, from what openssl and others print; undefined where it is none. */
export function normalFingerprint(text: string): string | undefined {
  const digits = text
    .trim()
    .replace(/^sha256[:=]/i, '')
    .replaceAll(':', '')
    .toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? `sha256:${digits}` : undefined;
}

function parsed(pem: string): X509Certificate | undefined {
  const [armoured] = ARMOUR.exec(pem) ?? [];
  try {
    return armoured === undefined ? undefined : new X509Certificate(armoured);
  } catch {
    return undefined;
  }
}

function wrongDates({ validFrom, validTo }: X509Certificate, now: Date): string | undefined {
  if (!(Date.parse(validFrom) <= now.getTime())) return `it is not valid before ${validFrom}`;
  if (!(now.getTime() <= Date.parse(validTo))) return `it is expired since ${validTo}`;
  return undefined;
}

function wrongKey({ asymmetricKeyType: type, asymmetricKeyDetails }: KeyObject): string | undefined {
  if (type !== 'rsa') return `it has a key of type ${type ?? 'unknown'}`;
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < LEAST_BITS ? `it has an RSA key of ${bits} bits` : undefined;
}

function invalid({ place }: CertificateCheck, written: string): StrakeError {
  return sealError({
    code: 'certificate-invalid',
    path: place,
    written,
    allowed: `a valid X.509 certificate in PEM with an RSA key of at least ${LEAST_BITS} bits`,
    fix: 'Get the present certificate of the cluster: `kubeseal --fetch-cert`.',
  });
}

function anotherOne({ place, fingerprint }: CertificateCheck, found: string): StrakeError {
  return sealError({
    code: 'certificate-invalid',
    path: place,
    written: `its fingerprint is \`${found}\``,
    allowed: `the certificate with the fingerprint \`${fingerprint}\``,
    fix: 'Ask whoever runs the cluster which certificate is the right one; whoever holds the key of another one could read the values.',
  });
}
