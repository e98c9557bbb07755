import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a server asks of those who come. */
export interface GitServerOptions {
  /** `user:password` that every call must bring. */
  readonly credentials?: string;
  /** Status that every call gets instead of an answer. */
  readonly status?: number;
}

/** Git's smart HTTP on this machine, by `git http-backend`. */
export interface GitServer {
  readonly url: string;
  readonly host: string;
  /** Values of `Authorization` that have come. */
  readonly authorizations: readonly string[];
  /** Waits until no push or fetch is left that a client has begun, even one that is gone. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the repositories below a folder. */
export async function serveGit(root: string, options: GitServerOptions = {}): Promise<GitServer> {
  const authorizations: string[] = [];
  const running = new Set<ChildProcess>();
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) authorizations.push(authorization);
    const wanted = options.credentials && `Basic ${Buffer.from(options.credentials).toString('base64')}`;
    if (options.status !== undefined) response.writeHead(options.status).end();
    else if (wanted !== undefined && authorization !== wanted)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    else {
      const child = backend(root, request, response);
      running.add(child);
      child.once('close', () => running.delete(child));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    host,
    url: `http://${host}`,
    authorizations,
    idle: async () => {
      while (running.size > 0) await sleep(5);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function backend(root: string, request: IncomingMessage, response: ServerResponse): ChildProcess {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.receivepack',
      GIT_CONFIG_VALUE_0: 'true',
      REMOTE_USER: 'somebody',
      REMOTE_ADDR: '127.0.0.1',
      REQUEST_METHOD: request.method ?? 'GET',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      ...(request.headers['content-length'] && { CONTENT_LENGTH: request.headers['content-length'] }),
      ...(request.headers['content-encoding'] && {
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      }),
      ...(request.headers['git-protocol'] && { GIT_PROTOCOL: String(request.headers['git-protocol']) }),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  request.once('close', () => child.stdin.end());
  let head = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = head
      .subarray(0, end)
      .toString('latin1')
      .split('\r\n')
      .map((line) => line.split(/: ?(.*)/s, 2));
    const status = headers.find(([name]) => name?.toLowerCase() === 'status')?.[1] ?? '200';
    response.writeHead(
      Number.parseInt(status, 10),
      Object.fromEntries(headers.filter(([name]) => name?.toLowerCase() !== 'status')),
    );
    response.write(head.subarray(end + 4));
  });
  child.stdout.on('end', () => response.end());
  child.once('error', () => response.destroy());
  return child;
}
