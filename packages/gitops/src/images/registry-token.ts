import { isJsonObject } from '@strake/core';
import { registryError, statusError } from './registry-findings.ts';
import { isSafeUrl } from './registry-name.ts';
import { jsonOf, send } from './registry-request.ts';

/** What somebody may log in to a registry with. */
export type RegistryCredentials =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string };

/** Who asks which registry for leave, and how long that may take. */
export interface TokenRequest {
  readonly image: string;
  /** Origin of the registry. */
  readonly origin: string;
  readonly repository: string;
  readonly credentials: RegistryCredentials | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

/** The `Authorization` that a registry's challenge asks for; undefined when there is nothing to answer it with. */
export async function authorizationFor(
  challenge: string,
  request: TokenRequest,
): Promise<string | undefined> {
  const { credentials } = request;
  const [, scheme = '', rest = ''] = /^\s*(\w+)\s*(.*)$/s.exec(challenge) ?? [];
  if (scheme.toLowerCase() === 'basic') return credentials && basic(credentials);
  if (scheme.toLowerCase() !== 'bearer') return undefined;
  const { realm = '', service, scope } = parametersOf(rest);
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url === undefined || !isSafeUrl(url, request.origin)) {
    throw registryError(
      request.image,
      'registry-answer-invalid',
      'the registry names no safe place to log in',
    );
  }
  const asked = { service, scope: scope ?? `repository:${request.repository}:pull` };
  return `Bearer ${await tokenFrom(url, asked, request)}`;
}

async function tokenFrom(
  url: URL,
  { service, scope }: { readonly service: string | undefined; readonly scope: string },
  { image, credentials, timeout }: TokenRequest,
): Promise<string> {
  const parameters = { ...(service === undefined ? {} : { service }), scope };
  const isToken = credentials !== undefined && 'identityToken' in credentials;
  if (!isToken) for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const response = await send({
    image,
    url,
    timeout,
    headers: { accept: 'application/json' },
    ...(isToken
      ? {
          method: 'POST',
          authorization: undefined,
          body: new URLSearchParams({
            ...parameters,
            grant_type: 'refresh_token',
            client_id: 'strake',
            refresh_token: credentials.identityToken,
          }),
        }
      : { method: 'GET', authorization: credentials && basic(credentials) }),
  });
  if (!response.ok) throw statusError(image, 'the login', response);
  const answer = await jsonOf(image, response);
  const { token, access_token: accessToken } = isJsonObject(answer) ? answer : {};
  const given = token ?? accessToken;
  if (typeof given === 'string' && /^[\x21-\x7E]+$/.test(given)) return given;
  throw registryError(image, 'registry-answer-invalid', 'the login answers without a token');
}

/** `name="value"` and `name=value`, with commas between (RFC 9110, 11.2). */
function parametersOf(text: string): Partial<Record<string, string>> {
  const pairs = [...text.slice(0, 4096).matchAll(/(\w+)=(?:"([^"]*)"|([^\s",]+))/g)];
  return Object.fromEntries(
    pairs.map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']),
  );
}

function basic(credentials: RegistryCredentials): string | undefined {
  if ('identityToken' in credentials) return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}
