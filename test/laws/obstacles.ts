import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { put } from './folders.ts';

/** Something in a repository that must stop a write of the project `cart`. */
export interface Obstacle {
  readonly name: string;
  /** Code and path of the finding. */
  readonly code: string;
  readonly path: string;
  /** Puts it there; `outer` is the folder around the repository, which has a folder `outside`. */
  put(repository: string, outer: string): void;
}

const APPLICATION = 'environments/production/cart';
const WEB = `${APPLICATION}/configmap-web.yaml`;
const NEW = 'environments/production/shop/configmap-web.yaml';
const INVENTORY = '.strake/cart.json';
const OTHER = '.strake/other.json';
const LARGE = 100 * 1024 * 1024;

const inWay = (path: string) => [path, 'path-unsafe'] as const;

/** Puts something in the place of what is at a path. */
function instead(path: string, make: (absolute: string, outer: string) => void): Obstacle['put'] {
  return (repository, outer) => {
    const absolute = join(repository, path);
    rmSync(absolute, { recursive: true, force: true });
    mkdirSync(dirname(absolute), { recursive: true });
    make(absolute, outer);
  };
}

const levels = ['environments', 'environments/production', APPLICATION, WEB, '.strake', INVENTORY, OTHER];

const links: Obstacle[] = levels.flatMap((path) =>
  [
    { to: 'a folder outside', target: (outer: string) => join(outer, 'outside') },
    { to: 'a file outside', target: (outer: string) => join(outer, 'outside', 'file') },
    { to: 'nothing', target: () => '../nothing' },
    { to: 'itself', target: (_: string, absolute: string) => absolute },
  ].map(({ to, target }) => ({
    name: `a link to ${to} at ${path}`,
    code: 'path-unsafe',
    path,
    put: instead(path, (absolute, outer) => symlinkSync(target(outer, absolute), absolute)),
  })),
);

const kinds: Obstacle[] = [
  ...[WEB, `${APPLICATION}/kustomization.yaml`, INVENTORY, OTHER].map(inWay).map(([path, code]) => ({
    name: `a folder at ${path}`,
    code,
    path,
    put: instead(path, (absolute) => put(absolute, 'file', 'in it')),
  })),
  ...['environments', 'environments/production', APPLICATION, '.strake'].map(inWay).map(([path, code]) => ({
    name: `a file at ${path}`,
    code,
    path,
    put: instead(path, (absolute) => writeFileSync(absolute, 'no folder')),
  })),
  ...[WEB, APPLICATION, INVENTORY, OTHER].map(inWay).map(([path, code]) => ({
    name: `a pipe at ${path}`,
    code,
    path,
    put: instead(path, (absolute) => void execFileSync('mkfifo', [absolute])),
  })),
];

/** On a file system that takes both spellings for one, the write would hit the file of the other spelling. */
const spellings: Obstacle[] = [
  { path: 'Environments', code: 'path-unsafe', file: 'Environments/readme' },
  { path: 'environments/PRODUCTION', code: 'path-unsafe', file: 'environments/PRODUCTION/readme' },
  { path: 'environments/production/Cart', code: 'path-unsafe', file: 'environments/production/Cart/readme' },
  {
    path: `${APPLICATION}/ConfigMap-Web.yaml`,
    code: 'file-foreign',
    file: `${APPLICATION}/ConfigMap-Web.yaml`,
  },
  { path: '.STRAKE', code: 'path-unsafe', file: '.STRAKE/cart.json' },
  { path: '.strake/Cart.json', code: 'path-unsafe', file: '.strake/Cart.json' },
].map(({ path, code, file }) => ({
  name: `another spelling at ${path}`,
  code,
  path,
  put: (repository: string) => {
    const first = path.split('/').find((part) => part !== part.toLowerCase()) ?? '';
    const own = path.slice(0, path.indexOf(first)) + first.toLowerCase();
    rmSync(join(repository, own), { recursive: true, force: true });
    put(repository, file, 'spelt otherwise\n');
  },
}));

const BOMB = `a: &a [x, x]\n${Array.from({ length: 40 }, (_, index) => `${'b'.repeat(index + 1)}: &${'b'.repeat(index + 1)} [*a, *a]`).join('\n')}\n`;

const foreign: Obstacle[] = [
  { what: 'YAML with aliases', bytes: Buffer.from(BOMB) },
  { what: 'binary bytes', bytes: Buffer.from([0, 255, 254, 10, 0, 13, 10, 128]) },
  { what: 'no bytes', bytes: Buffer.alloc(0) },
  { what: 'deep JSON', bytes: Buffer.from('['.repeat(500_000)) },
].map(({ what, bytes }) => ({
  name: `a foreign file of ${what}`,
  code: 'file-edited',
  path: WEB,
  put: instead(WEB, (absolute) => writeFileSync(absolute, bytes)),
}));

const large: Obstacle[] = [
  { path: WEB, code: 'file-edited' },
  { path: INVENTORY, code: 'inventory-invalid' },
  { path: OTHER, code: 'inventory-invalid' },
].map(({ path, code }) => ({
  name: `100 MiB at ${path}`,
  code,
  path,
  put: instead(path, (absolute) => {
    writeFileSync(absolute, '{');
    truncateSync(absolute, LARGE);
  }),
}));

const HASH = 'a'.repeat(64);
const PROJECT = '"version":1,"project":"cart"';
const listing = (path: string) => `{${PROJECT},"files":{${JSON.stringify(path)}:"${HASH}"}}`;

const inventories: Obstacle[] = [
  ...[
    '../../outside/file',
    '/etc/passwd',
    'README.md',
    '.git/config',
    '.strake/other.json',
    'apps/legacy.yaml',
    'environments/README.md',
    'environments/../README.md',
    `${APPLICATION}/../../../../outside/file.yaml`,
    `${APPLICATION}/./x.yaml`,
    `${APPLICATION}//x.yaml`,
    `${APPLICATION}\\..\\..\\x.yaml`,
    `${APPLICATION}/notes.md`,
    `${APPLICATION}/x.yaml\u0000.yaml`,
    `${APPLICATION}/a/b/x.yaml`,
    `${APPLICATION}/X.yaml`,
    `environments/production/other/configmap-a.yaml`,
    '',
  ].map((path) => ({ what: `that lists ${JSON.stringify(path)}`, text: listing(path) })),
  { what: 'that is no JSON', text: 'files: {}\n' },
  { what: 'in a merge conflict', text: `<<<<<<< ours\n${listing(WEB)}\n=======\n>>>>>>> theirs\n` },
  { what: 'that is deep', text: '['.repeat(1_000_000) },
  { what: 'that is deep and closed', text: `${'['.repeat(200_000)}${']'.repeat(200_000)}` },
  {
    what: 'that is deep inside',
    text: `{${PROJECT},"files":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
  },
  { what: 'of another project', text: `{"version":1,"project":"other","files":{}}` },
  { what: 'of another version', text: `{"version":2,"project":"cart","files":{}}` },
  { what: 'with more than it may have', text: `{${PROJECT},"files":{},"more":1}` },
  { what: 'with no hash', text: `{${PROJECT},"files":{"${WEB}":"x"}}` },
  { what: 'with a prototype', text: `{${PROJECT},"__proto__":{"files":{}}}` },
  { what: 'with pending paths outside', text: `{${PROJECT},"files":{},"pending":{"../x":"${HASH}"}}` },
  { what: 'that is a list', text: '[]' },
  { what: 'that is null', text: 'null' },
  { what: 'that is a number', text: '1e999' },
  { what: 'that is empty', text: '' },
  { what: 'of other bytes', text: '\ufffd\u0000\u0001' },
  {
    what: 'of 5 MiB that lists paths outside',
    text: `{${PROJECT},"files":{${Array.from({ length: 60_000 }, (_, index) => `"../${index}":"${HASH}"`).join(',')}}}`,
  },
].map(({ what, text }) => ({
  name: `an inventory ${what}`,
  code: 'inventory-invalid',
  path: INVENTORY,
  put: instead(INVENTORY, (absolute) => writeFileSync(absolute, text)),
}));

const notBelieved: Obstacle[] = [
  {
    name: 'an inventory that lists "__proto__" alone',
    code: 'file-foreign',
    path: WEB,
    put: instead(INVENTORY, (absolute) => writeFileSync(absolute, listing('__proto__'))),
  },
  {
    name: 'no inventory beside files of other bytes',
    code: 'file-foreign',
    path: WEB,
    put: instead(INVENTORY, () => undefined),
  },
  ...[Buffer.from(BOMB), Buffer.from([0, 255, 10]), Buffer.alloc(3_000_000, 'x')].map((bytes) => ({
    name: `a foreign file of ${bytes.length} bytes in a folder that is new`,
    code: 'file-foreign',
    path: NEW,
    put: instead(NEW, (absolute) => writeFileSync(absolute, bytes)),
  })),
];

const claims: Obstacle[] = [
  { what: 'JSON', text: `{"files":{"${WEB}":""}}` },
  { what: 'a merge conflict', text: `<<<<<<< ours\n "${WEB}": ""\n=======\n` },
  { what: 'a lot of other text', text: `${'"environments/'.repeat(300_000)}\n"${WEB}"` },
].map(({ what, text }) => ({
  name: `a claim of another project in ${what}`,
  code: 'inventory-invalid',
  path: INVENTORY,
  put: instead(OTHER, (absolute) => writeFileSync(absolute, text)),
}));

export const OBSTACLES: readonly Obstacle[] = [
  ...links,
  ...kinds,
  ...spellings,
  ...foreign,
  ...large,
  ...inventories,
  ...notBelieved,
  ...claims,
];
