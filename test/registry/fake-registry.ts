import { createHash } from 'node:crypto';
import { localServer, type LocalServer } from './local-server.ts';

/** A registry in this process, for tests of what is done with its answers. */
export interface FakeRegistry extends LocalServer {
  /** Tags by repository; a test may change them. */
  readonly repositories: Record<string, string[]>;
  /** What the manifest of a tag is made from, where it is not the tag itself. */
  readonly contents: Record<string, string>;
}

/** The digest of a manifest that holds this text. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Starts a registry with these tags. Pages have two tags. */
export async function fakeRegistry(repositories: Record<string, string[]>): Promise<FakeRegistry> {
  const contents: Record<string, string> = {};
  const server = await localServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://registry');
    const [, repository = '', kind, tag = ''] = /^\/v2\/(.+)\/(tags|manifests)\/(.+)$/.exec(pathname) ?? [];
    const tags = repositories[repository];
    if (tags === undefined) return response.writeHead(404).end();
    if (kind === 'manifests') {
      if (!tags.includes(tag)) return response.writeHead(404).end();
      return response.writeHead(200, { 'docker-content-digest': digestOf(contents[tag] ?? tag) }).end();
    }
    const start = tags.indexOf(searchParams.get('last') ?? '') + 1;
    const page = tags.slice(start, start + 2);
    if (start + 2 < tags.length)
      response.setHeader('link', `</v2/${repository}/tags/list?n=2&last=${page[1]}>; rel="next"`);
    return response.end(JSON.stringify({ name: repository, tags: page }));
  });
  return { ...server, repositories, contents };
}
