import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StrakeError } from '@strake/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate, missingProgram, type MadeCertificate } from '../../../../test/certificates.ts';
import { normalFingerprint } from './certificate.ts';
import { fetchCertificate, type FetchOptions } from './fetch-certificate.ts';
import { loadCertificate } from './load-certificate.ts';

const noOpenssl = missingProgram('openssl', 'version');
if (noOpenssl !== undefined) console.log(`not run: ${noOpenssl}`);
const hasOpenssl = noOpenssl === undefined;

const folder = mkdtempSync(join(tmpdir(), 'strake-fetch-'));
let authority: MadeCertificate;
let sealing: MadeCertificate;
let server: Server;
let root = '';
let asked: string[] = [];

function answer({ url }: IncomingMessage, response: ServerResponse): void {
  asked.push(url ?? '');
  if (url === '/moved') response.writeHead(302, { location: '/cert.pem' }).end();
  else if (url === '/long') response.end('x'.repeat(65_537));
  else if (url === '/slow') response.write('-----BEGIN');
  else if (url?.startsWith('/cert.pem') === true) response.end(sealing.pem);
  else response.writeHead(404).end();
}

beforeAll(async () => {
  if (noOpenssl !== undefined) return;
  authority = makeCertificate(folder, 'authority');
  sealing = makeCertificate(folder, 'sealing');
  server = createServer({ cert: authority.pem, key: authority.keyPem }, answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object') root = `https://127.0.0.1:${address?.port}`;
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function refusal(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (StrakeError.is(error)) return error.findings.map(({ code, written }) => `${code}: ${written}`).join();
    throw error;
  }
  return 'it was taken';
}

function load(place: string, fingerprint: string | undefined, options: FetchOptions = { ca: authority.pem }) {
  return loadCertificate({ place, fingerprint, directory: folder }, options);
}

test.runIf(hasOpenssl)('takes a certificate from a URL, if it is the one with the fingerprint', async () => {
  const { fingerprint } = await load(`${root}/cert.pem`, sealing.fingerprint);
  expect(fingerprint).toBe(normalFingerprint(sealing.fingerprint));
  expect(await refusal(load(`${root}/cert.pem`, authority.fingerprint))).toBe(
    `certificate-invalid: its fingerprint is \`${fingerprint}\``,
  );
});

test.runIf(hasOpenssl)('asks nobody where the fingerprint is missing or the URL is not safe', async () => {
  asked = [];
  expect(await refusal(load(`${root}/cert.pem?token=swordfish`, undefined))).toBe(
    `property-invalid: missing for \`${root}/cert.pem\``,
  );
  expect(await refusal(load(`${root}/cert.pem`, 'sha256:ab'))).toBe('property-invalid: it has another form');
  const unsafe = [root.replace('https', 'http'), 'ftp://127.0.0.1/', root.replace('//', '//me:swordfish@')];
  for (const url of unsafe) {
    const said = await refusal(load(url, sealing.fingerprint));
    expect(await refusal(load(url, undefined))).toBe(said);
    expect(said).toMatch(/^property-invalid: .* is no https URL, or has credentials in it$/);
    expect(said).not.toContain('swordfish');
  }
  expect(asked).toEqual([]);
});

test.runIf(hasOpenssl).each([
  ['/moved', 'the server answers 302, a redirect'],
  ['/none', 'the server answers 404'],
  ['/long', 'the server answers more than 65536 bytes'],
])('refuses what it gets at %s', async (path, written) => {
  asked = [];
  expect(await refusal(load(root + path, sealing.fingerprint))).toBe(`certificate-unavailable: ${written}`);
  expect(asked).toEqual([path]);
});

test.runIf(hasOpenssl)('gives up where the server is unknown, gone or slow', async () => {
  expect(await refusal(load(`${root}/cert.pem`, sealing.fingerprint, {}))).toMatch(
    /^certificate-unavailable: `127\.0\.0\.1:\d+` cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/,
  );
  expect(await refusal(fetchCertificate('https://127.0.0.1:1/', { ca: authority.pem }))).toContain(
    'cannot be reached (ECONNREFUSED)',
  );
  expect(await refusal(fetchCertificate(`${root}/slow`, { ca: authority.pem, timeout: 300 }))).toContain(
    'does not answer within 300 ms',
  );
});

test.runIf(hasOpenssl)('reads a file, and says why it cannot', async () => {
  expect((await load('sealing.crt', undefined)).fingerprint).toBe(normalFingerprint(sealing.fingerprint));
  expect(await refusal(load('none.crt', undefined))).toBe(
    'certificate-unavailable: the file cannot be read (ENOENT)',
  );
  expect(await refusal(load('/dev/zero', undefined))).toBe(
    'certificate-unavailable: the file is longer than 65536 bytes',
  );
});
