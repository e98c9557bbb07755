import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { shownPath } from '../shown-path.ts';
import { normalFingerprint, readCertificate, type Certificate } from './certificate.ts';
import { MOST_CERTIFICATE_BYTES } from './certificate-size.ts';
import { fetchCertificate, safeUrl, shownUrl, type FetchOptions } from './fetch-certificate.ts';
import { optionError, sealError } from './seal-error.ts';

/** Which certificate is wanted: as the command line says, else as the platform does. */
export interface WantedCertificate {
  /** Path of a file, or an https URL. */
  readonly place: string;
  readonly fingerprint: string | undefined;
  /** Folder that a path is relative to. */
  readonly directory: string;
}

/** Reads or fetches a certificate and checks it. What comes from the network must have a known fingerprint. */
export async function loadCertificate(
  { place, fingerprint, directory }: WantedCertificate,
  options: FetchOptions = {},
): Promise<Certificate> {
  const wanted = fingerprint === undefined ? undefined : normalFingerprint(fingerprint);
  if (fingerprint !== undefined && wanted === undefined) throw noFingerprint();
  const now = new Date();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(place)) {
    const path = resolve(directory, place);
    const shown = shownPath(path, directory);
    return readCertificate(await textOf(path, shown), { place: shown, fingerprint: wanted, now });
  }
  safeUrl(place);
  if (wanted === undefined) throw unpinned(place);
  const text = await fetchCertificate(place, options);
  return readCertificate(text, { place: shownUrl(place), fingerprint: wanted, now });
}

/** Read as a stream: a pipe that a shell made has no size. */
async function textOf(path: string, shown: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: MOST_CERTIFICATE_BYTES })) {
      chunks.push(Buffer.from(chunk));
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw unreadable(shown, `the file cannot be read (${code})`);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length <= MOST_CERTIFICATE_BYTES) return bytes.toString('utf8');
  throw unreadable(shown, `the file is longer than ${MOST_CERTIFICATE_BYTES} bytes`);
}

function unreadable(path: string, written: string) {
  return sealError({
    code: 'certificate-unavailable',
    path,
    written,
    allowed: 'a file with the certificate of the cluster in PEM',
    fix: 'Correct the path, or get the certificate: `kubeseal --fetch-cert`.',
  });
}

function unpinned(place: string) {
  return optionError(
    '--fingerprint',
    `missing for \`${shownUrl(place)}\``,
    'the fingerprint of the certificate, from whoever runs the cluster: `sha256:` and 64 hexadecimal digits',
    'Give it with --fingerprint, or on the platform: `sealedSecrets({ certificate: { url, fingerprint } })`.',
  );
}

function noFingerprint() {
  return optionError(
    '--fingerprint',
    'it has another form',
    '`sha256:` and 64 hexadecimal digits, with colons or without',
    'Get it with `openssl x509 -noout -fingerprint -sha256 -in <certificate>`.',
  );
}
