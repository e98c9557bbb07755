import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createOwnFolder } from './cluster-folder.ts';

/** A GitOps repository behind a Git server on loopback, with a checkout to commit from. */
export interface GitServer {
  /** Address to clone from, and to push to. */
  readonly url: string;
  /** Checkout of the branch `main`. */
  readonly checkout: string;
  /** Commit at the tip of the branch. */
  head(): string;
  /** Commits and pushes what the checkout holds now, and returns the commit. */
  push(message: string): string;
  /** Makes the checkout what the server has at a branch, and returns the commit. */
  pull(branch?: string): string;
  /** Runs Git in the checkout, and returns what it prints. */
  git(...words: readonly string[]): string;
  stop(): Promise<void>;
}

/** Serves a repository that begins with a copy of a folder, or else with nothing in its first commit. */
export async function startGitServer(folder?: string): Promise<GitServer> {
  const work = createOwnFolder();
  const bare = join(work, 'served', 'gitops.git');
  const checkout = join(work, 'checkout');
  mkdirSync(bare, { recursive: true });
  git(bare, ['init', '--quiet', '--bare', '--initial-branch=main']);
  git(bare, ['config', 'http.receivepack', 'true']);
  git(work, ['init', '--quiet', '--initial-branch=main', checkout]);
  git(checkout, ['remote', 'add', 'origin', bare]);
  for (const name of folder === undefined ? [] : readdirSync(folder))
    cpSync(join(folder ?? '', name), join(checkout, name), { recursive: true });
  const head = (): string => git(checkout, ['rev-parse', 'HEAD']).trim();
  const push = (message: string): string => {
    git(checkout, ['add', '--all']);
    git(checkout, ['commit', '--quiet', '--allow-empty', '--message', message]);
    git(checkout, ['push', '--quiet', 'origin', 'HEAD:main']);
    return head();
  };
  push('first');
  const server = createServer((request, response) => answer(join(work, 'served'), request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gitops.git`,
    checkout,
    head,
    push,
    pull: (branch = 'main') => {
      git(checkout, ['fetch', '--quiet', 'origin', branch]);
      git(checkout, ['reset', '--quiet', '--hard', 'FETCH_HEAD']);
      return head();
    },
    git: (...words) => git(checkout, words),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** Runs Git as nobody in particular: no settings of the machine, so that every run makes the same of it. */
function git(folder: string, args: readonly string[]): string {
  const someone = ['-c', 'user.name=tests', '-c', 'user.email=tests@localhost', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...someone, ...args], { cwd: folder, encoding: 'utf8', env: gitEnvironment() });
}

function gitEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
}

/** Hands a request to `git http-backend`, which speaks CGI. */
function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REMOTE_ADDR: '127.0.0.1',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('error', () => response.writeHead(500).end());
  child.on('close', () => send(response, Buffer.concat(chunks)));
}

function send(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.subarray(0, Math.max(end, 0)).toString().split('\r\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  const { Status: status = end < 0 ? '500' : '200', ...others } = Object.fromEntries(headers);
  response.writeHead(Number.parseInt(status, 10), others);
  response.end(output.subarray(end + 4));
}
