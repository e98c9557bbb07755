import { isSafeUrl } from './registry-name.ts';
import { registryError } from './registry-findings.ts';

/** One request to a registry, on behalf of an image. */
export interface RegistryRequest {
  readonly image: string;
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams;
  readonly authorization: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

const MOST_REDIRECTS = 5;
const MOST_BYTES = 4_194_304;

/** Sends a request. A redirect gets the credentials only where scheme, host and port stay as they are. */
export async function send(request: RegistryRequest): Promise<Response> {
  let { url } = request;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!isSafeUrl(url, request.url.origin)) {
      throw registryError(
        request.image,
        'registry-answer-invalid',
        `the registry points to \`${url.origin}\`, without TLS`,
      );
    }
    const isSame = url.origin === request.url.origin;
    const response = await once(request, url, isSame ? request.authorization : undefined);
    const location = response.headers.get('location');
    if (
      ![301, 302, 303, 307, 308].includes(response.status) ||
      location === null ||
      request.method === 'POST'
    )
      return response;
    await response.body?.cancel();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next === undefined) break;
    url = next;
  }
  throw registryError(request.image, 'registry-answer-invalid', 'the registry redirects without an end');
}

async function once(
  request: RegistryRequest,
  url: URL,
  authorization: string | undefined,
): Promise<Response> {
  const { image, method, headers, body, timeout } = request;
  try {
    return await fetch(url, {
      method,
      headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
  } catch (error) {
    throw unreachable(image, url, error, timeout);
  }
}

/** The body of an answer, as far as anybody may make us read. */
export async function bytesOf(image: string, response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > MOST_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw registryError(
      image,
      'registry-unavailable',
      'the registry stopped in the middle of its answer',
      error,
    );
  }
  if (size > MOST_BYTES)
    throw registryError(
      image,
      'registry-answer-invalid',
      `the registry answers more than ${MOST_BYTES} bytes`,
    );
  return Buffer.concat(chunks);
}

/** The body of an answer as JSON. */
export async function jsonOf(image: string, response: Response): Promise<unknown> {
  const bytes = await bytesOf(image, response);
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return value;
  } catch (error) {
    throw registryError(
      image,
      'registry-answer-invalid',
      'the registry answers something other than JSON',
      error,
    );
  }
}

function unreachable(image: string, { host }: URL, error: unknown, timeout: number) {
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  const { cause } = error instanceof Error ? error : {};
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  const written = isLate
    ? `\`${host}\` does not answer within ${timeout} ms`
    : `\`${host}\` cannot be reached${code}`;
  return registryError(image, 'registry-unavailable', written, error);
}
