import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What is at each path below a folder: the hash of a file, where a link leads, or only the kind. */
export type Snapshot = Readonly<Record<string, string>>;

/** Everything below a folder. No link is followed, which newer Nodes would do, and no pipe is opened. */
export function snapshot(directory: string): Snapshot {
  const entries = [...walk(directory)].map(
    ([path, what]) => [path.slice(directory.length + 1), what] as const,
  );
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function* walk(folder: string): Generator<readonly [path: string, what: string]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield [path, hashOf(path)];
    else if (entry.isSymbolicLink()) yield [path, `link to ${readlinkSync(path)}`];
    else if (entry.isDirectory()) {
      yield [path, 'folder'];
      yield* walk(path);
    } else yield [path, 'other'];
  }
}

const LARGE = 8 * 1024 * 1024;

function hashOf(path: string): string {
  const { size } = statSync(path);
  return size > LARGE ? `${size} bytes` : hashOfBytes(readFileSync(path));
}

/** What a snapshot says of a file with these bytes. */
export function hashOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The part of a snapshot at the paths that pass. */
export function only(all: Snapshot, isWanted: (path: string) => boolean): Snapshot {
  return Object.fromEntries(Object.entries(all).filter(([path]) => isWanted(path)));
}

/** A folder of its own for one try, with the repository inside, so that a write beside the repository is seen. */
export async function inFolder<Result>(use: (folder: string) => Result | Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a file and the folders that it is in. */
export function put(directory: string, path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), contents);
}

/** Files that a repository has besides those of Strake: of people, of other tools, of another project. */
export function putForeignFiles(repository: string): void {
  put(repository, 'README.md', 'ours\n');
  put(repository, '.gitattributes', '* text=auto\n');
  put(repository, 'apps/legacy.yaml', 'kind: ConfigMap\n');
  put(repository, 'images/production/cart/kustomization.yaml', 'kind: Kustomization\n');
  put(repository, 'environments/README.md', 'read me\n');
  put(repository, 'environments/production/other/configmap-a.yaml', 'kind: ConfigMap\n');
  put(repository, 'environments/production/cart/notes.md', 'by hand\n');
  put(repository, 'environments/production/cart/secret-by-hand.yaml', 'kind: SealedSecret\n');
  put(repository, 'environments/production/cart/.strake-other-1.tmp', 'of another project');
  put(repository, 'environments/production/cart/logo.bin', Buffer.from([0, 255, 254, 0, 10, 13]));
  put(
    repository,
    '.strake/other.json',
    `{"version":1,"project":"other","files":{"environments/production/other/configmap-a.yaml":"${'0'.repeat(64)}"}}\n`,
  );
}
