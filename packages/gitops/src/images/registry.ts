import { hash } from 'node:crypto';
import { isJsonArray, isJsonObject } from '@strake/core';
import { registryError, statusError } from './registry-findings.ts';
import { registryOf } from './registry-name.ts';
import { bytesOf, jsonOf, send } from './registry-request.ts';
import { authorizationFor, type RegistryCredentials } from './registry-token.ts';

/** Reads OCI registries. Everything that goes wrong is thrown as a StrakeError whose findings name the image. */
export interface Registry {
  /** All tags of an image, as the registry lists them. */
  tags(image: string): Promise<readonly string[]>;
  /** The digest that a tag has now. */
  digest(image: string, tag: string): Promise<string>;
}

export interface RegistryOptions {
  /**
   * What to log in to a registry with, such as `ghcr.io`.
   * @default - nothing: only what everybody may read is read
   */
  credentials?(registry: string): Promise<RegistryCredentials | undefined>;
  /**
   * Milliseconds after which a registry is given up.
   * @default 15_000
   */
  readonly timeout?: number;
}

const TAGS_ON_A_PAGE = 1000;
const MOST_PAGES = 500;
const MOST_TAGS = 200_000;
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A reader that logs in to each registry once (OCI distribution specification 1.1). */
export function openRegistry({ credentials, timeout = 15_000 }: RegistryOptions = {}): Registry {
  const authorizations = new Map<string, string>();
  const ask = async (image: string, path: string, method: 'GET' | 'HEAD'): Promise<Response> => {
    const { origin, registry, repository } = registryOf(image);
    const url = new URL(path, origin);
    const headers = { accept: path.includes('/manifests/') ? MANIFESTS : 'application/json' };
    const request = (authorization: string | undefined) =>
      send({ image, url, method, headers, authorization, timeout });
    const first = await request(authorizations.get(image));
    const challenge = first.headers.get('www-authenticate');
    if (first.status !== 401 || challenge === null) return first;
    await first.body?.cancel();
    const known = await credentials?.(registry);
    const authorization = await authorizationFor(challenge, {
      image,
      origin,
      repository,
      credentials: known,
      timeout,
    });
    if (authorization === undefined) return first;
    authorizations.set(image, authorization);
    return request(authorization);
  };
  return {
    tags: async (image) => {
      const tags: string[] = [];
      const seen = new Set<string>();
      const { origin, repository } = registryOf(image);
      let path: string | undefined = `/v2/${repository}/tags/list?n=${TAGS_ON_A_PAGE}`;
      while (path !== undefined) {
        if (seen.has(path) || seen.size >= MOST_PAGES)
          throw registryError(
            image,
            'registry-answer-invalid',
            `the list of tags has no end after ${seen.size} pages`,
          );
        seen.add(path);
        const response = await ask(image, path, 'GET');
        if (!response.ok) throw statusError(image, 'the list of tags', response);
        for (const tag of tagsIn(image, await jsonOf(image, response))) tags.push(tag);
        if (tags.length > MOST_TAGS)
          throw registryError(
            image,
            'registry-answer-invalid',
            `the registry lists more than ${MOST_TAGS} tags`,
          );
        path = nextPage(image, response, new URL(path, origin));
      }
      return tags;
    },
    digest: async (image, tag) => {
      const path = `/v2/${registryOf(image).repository}/manifests/${encodeURIComponent(tag)}`;
      const head = await ask(image, path, 'HEAD');
      if (!head.ok) throw statusError(image, `the manifest of \`${tag}\``, head);
      return digestIn(head) ?? contentDigest(image, await ask(image, path, 'GET'), tag);
    },
  };
}

function tagsIn(image: string, answer: unknown): string[] {
  // A registry says `null` where an image has no tags any more.
  const tags = isJsonObject(answer) ? (answer['tags'] ?? []) : undefined;
  if (!isJsonArray(tags))
    throw registryError(image, 'registry-answer-invalid', 'the registry answers no list of tags');
  return tags.filter((tag) => typeof tag === 'string');
}

/** The page that `Link` calls the next, of the same registry. */
function nextPage(image: string, { headers }: Response, current: URL): string | undefined {
  const link = headers.get('link')?.slice(0, 4096);
  const [, target = ''] = /<([^>]*)>[^,]*;\s*rel="?next"?/i.exec(link ?? '') ?? [];
  if (target === '') return undefined;
  const next = URL.canParse(target, current.href) ? new URL(target, current) : undefined;
  if (next?.origin !== current.origin)
    throw registryError(image, 'registry-answer-invalid', 'the next page of tags is at another registry');
  return next.pathname + next.search;
}

function digestIn({ headers }: Response): string | undefined {
  return /^sha256:[a-f0-9]{64}$|^sha512:[a-f0-9]{128}$/.exec(headers.get('docker-content-digest') ?? '')?.[0];
}

async function contentDigest(image: string, response: Response, tag: string): Promise<string> {
  if (!response.ok) throw statusError(image, `the manifest of \`${tag}\``, response);
  const stated = digestIn(response);
  return stated ?? `sha256:${hash('sha256', await bytesOf(image, response), 'hex')}`;
}
