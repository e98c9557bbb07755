import { request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { StrakeError } from '@strake/core';
import { MOST_CERTIFICATE_BYTES } from './certificate-size.ts';
import { optionError, sealError } from './seal-error.ts';

export interface FetchOptions {
  /**
   * Milliseconds until the whole answer must be there.
   * @default 20000
   */
  readonly timeout?: number;
  /**
   * Certificates of authorities, in PEM, by which the server is known.
   * @default - those that Node trusts
   */
  readonly ca?: string;
}

/** Gets a certificate over https. A redirect, and more bytes than a certificate has, are refused. */
export async function fetchCertificate(
  text: string,
  { timeout = 20_000, ca }: FetchOptions = {},
): Promise<string> {
  const url = safeUrl(text);
  const options = { agent: false, signal: AbortSignal.timeout(timeout), ...(ca && { ca }) };
  try {
    return await answerOf(url, options);
  } catch (error) {
    if (error instanceof RefusedAnswer) throw unavailable(url, error.message);
    if (!(error instanceof Error)) throw error;
    const isLate = error.name === 'AbortError' || error.name === 'TimeoutError';
    const code = 'code' in error ? ` (${String(error.code)})` : '';
    const why = isLate ? `does not answer within ${timeout} ms` : `cannot be reached${code}`;
    throw unavailable(url, `\`${url.host}\` ${why}`);
  }
}

/** The URL as it is shown: the query could hold a token. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return 'a URL';
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`;
}

class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer';
}

function answerOf(url: URL, options: RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => {
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) {
        bodyOf(response).then(resolve, reject);
        return;
      }
      response.destroy();
      const isRedirect = statusCode >= 300 && statusCode < 400 && headers.location !== undefined;
      reject(new RefusedAnswer(`the server answers ${statusCode}${isRedirect ? ', a redirect' : ''}`));
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_CERTIFICATE_BYTES) {
      throw new RefusedAnswer(`the server answers more than ${MOST_CERTIFICATE_BYTES} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The URL, if the certificate may be fetched there. */
export function safeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url;
  throw optionError(
    '--cert',
    `\`${shownUrl(text)}\` is no https URL, or has credentials in it`,
    'a file, or an https URL without credentials',
    'Publish the certificate over https, or name a file.',
  );
}

function unavailable(url: URL, written: string): StrakeError {
  return sealError({
    code: 'certificate-unavailable',
    path: shownUrl(url.href),
    written,
    allowed: 'a certificate in PEM, answered at that very URL',
    fix: 'Correct the URL, or save the certificate to a file: `kubeseal --fetch-cert`.',
  });
}
