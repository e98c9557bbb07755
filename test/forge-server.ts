import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

/** One call that a forge has got. */
export interface ForgeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a forge says. Undefined leaves the caller without an answer. */
export type ForgeReply =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | undefined;

/** A server in a forge's place, which answers as its test wants. It is our reading of the forges' APIs, not a forge. */
export interface ForgeServer {
  readonly url: string;
  readonly requests: readonly ForgeRequest[];
  /** Methods and paths of the calls. */
  calls(): string[];
  close(): Promise<void>;
}

/** Answers each call with the next reply; the last one stays. */
export async function serveForge(
  replies: readonly (ForgeReply | ((request: ForgeRequest) => ForgeReply))[],
): Promise<ForgeServer> {
  const requests: ForgeRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const text = Buffer.concat(chunks).toString('utf8');
      const asked: ForgeRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: text === '' ? {} : JSON.parse(text),
      };
      const next = replies[Math.min(requests.length, replies.length - 1)];
      requests.push(asked);
      const reply = typeof next === 'function' ? next(asked) : next;
      if (reply === undefined) return;
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(reply.json ?? {}));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    requests,
    calls: () => requests.map(({ method, path }) => `${method} ${path}`),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
