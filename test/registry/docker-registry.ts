import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Distribution's registry, as Debian packages it, on this machine. */
export interface DockerRegistry {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  close(): void;
}

const CACHE = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'strake-test',
  'docker-registry',
);
const PROGRAM = join(CACHE, 'usr', 'bin', 'docker-registry');

/** The program, or nothing where it cannot be had: then it says why. */
export function dockerRegistryProgram(): string | undefined {
  if (existsSync(PROGRAM)) return PROGRAM;
  const unfinished = `${CACHE}.${process.pid}`;
  try {
    mkdirSync(unfinished, { recursive: true });
    execFileSync('apt-get', ['download', 'docker-registry'], { cwd: unfinished, stdio: 'pipe' });
    const archive = readdirSync(unfinished).find((name) => name.endsWith('.deb')) ?? '';
    execFileSync('dpkg', ['-x', archive, '.'], { cwd: unfinished, stdio: 'pipe' });
    renameSync(unfinished, CACHE);
    return PROGRAM;
  } catch (error) {
    console.log(`skipped the tests against a real registry: ${String(error).split('\n', 1)[0]}`);
    rmSync(unfinished, { recursive: true, force: true });
    return undefined;
  }
}

/** Starts it with an `auth` section of its configuration, as JSON. */
export async function startDockerRegistry(program: string, auth: object = {}): Promise<DockerRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'strake-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: host },
    auth,
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn(program, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  const close = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waits = 0; waits < 200; waits++) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (answer !== undefined) return { host, close };
    await setTimeout(50);
  }
  close();
  throw new Error('the registry did not start');
}

/** Pushes an image of one empty layer under some tags; says which digest they have. */
export async function push(
  image: string,
  tags: readonly string[],
  { text = '', authorization }: { readonly text?: string; readonly authorization?: string } = {},
): Promise<string> {
  const slash = image.indexOf('/');
  const base = `http://${image.slice(0, slash)}/v2/${image.slice(slash + 1)}`;
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const blob = async (bytes: Buffer) => {
    const digest = sha256(bytes);
    const start = await fetch(`${base}/blobs/uploads/`, { method: 'POST', headers });
    const location = new URL(start.headers.get('location') ?? '', base);
    location.searchParams.set('digest', digest);
    const put = await fetch(location, { method: 'PUT', headers, body: new Uint8Array(bytes) });
    if (put.status !== 201) throw new Error(`the registry answers ${put.status} to a blob`);
    return { digest, size: bytes.length };
  };
  const config = await blob(
    Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', config: { text } })),
  );
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: [],
  });
  for (const tag of tags) {
    const put = await fetch(`${base}/manifests/${tag}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': mediaType },
      body: manifest,
    });
    if (put.status !== 201) throw new Error(`the registry answers ${put.status} to a manifest`);
  }
  return sha256(Buffer.from(manifest));
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
