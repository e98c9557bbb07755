import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applicationFolder, temporaryName } from './layout.ts';
import type { Plan } from './plan.ts';
import { openRepository } from './repository.ts';
import { write, writeTo } from './write.ts';

const CART = applicationFolder('production', 'cart');
const OWN = `.strake/${temporaryName('cart', process.pid)}`;
const DEAD = `.strake/${temporaryName('cart', 4_194_305)}`;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'strake-steps-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function planOf(...names: readonly string[]): Plan {
  const files = names.map((name) => ({
    path: `${CART}/${name}.yaml`,
    environment: 'production',
    application: 'cart',
    contents: `name: ${name}\n`,
  }));
  return { project: 'cart', files, folders: ['environments'], findings: [] };
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => !each.isDirectory());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1)).toSorted();
}

/** Writes through a repository in which something happens before the first rename to a path. */
function writeWith(plan: Plan, to: string, meanwhile: () => void) {
  const real = openRepository(root);
  const renames: string[] = [];
  const rename = (from: string, into: string) => {
    if (into === to && renames.length < 2) meanwhile();
    renames.push(`${from} ${into}`);
    real.rename(from, into);
  };
  const { findings } = writeTo({ ...real, rename }, plan, {});
  return { findings, renames };
}

test('a new folder is there with all its files or not at all', () => {
  const { findings, renames } = writeWith(planOf('a', 'b', 'other/a', 'other/b'), CART, () => {
    expect(existsSync(join(root, CART))).toBe(false);
    expect(filesOf(OWN)).toEqual([`${OWN}/a.yaml`, `${OWN}/b.yaml`]);
  });
  expect(findings).toEqual([]);
  expect(renames.slice(1, -1)).toEqual([`${OWN} ${CART}`, `${OWN} ${CART}/other`]);
  expect(filesOf(CART)).toHaveLength(4);
  expect(filesOf('.strake')).toEqual(['.strake/cart.json']);
});

test('files come one by one into a folder that somebody else has made meanwhile', () => {
  const stranger = `${CART}/stranger.yaml`;
  const { findings } = writeWith(planOf('a', 'b'), CART, () => put(stranger, 'theirs'));
  expect(findings).toEqual([]);
  expect(filesOf(CART)).toEqual([`${CART}/a.yaml`, `${CART}/b.yaml`, stranger]);
  expect(readFileSync(join(root, stranger), 'utf8')).toBe('theirs');
  expect(readdirSync(join(root, '.strake'))).toEqual(['cart.json']);
});

test('a folder that a process has left that died is removed, also when there is nothing to write', () => {
  write(planOf('a'), root);
  put(`${DEAD}/b.yaml`, 'half of');
  expect(write(planOf('a'), root).findings).toEqual([]);
  mkdirSync(join(root, DEAD));
  expect(write(planOf('a', 'b'), root).findings).toEqual([]);
  expect(readdirSync(join(root, '.strake'))).toEqual(['cart.json']);
});

test('a folder by such a name that no write can have left stays as it is', () => {
  const others = [
    `${DEAD}/folder/file`,
    `.strake/${temporaryName('shop', 7)}/b.yaml`,
    `${CART}/${temporaryName('cart', 7)}/b.yaml`,
  ];
  for (const path of others) put(path, 'theirs');
  expect(write(planOf('a'), root).findings).toEqual([]);
  for (const path of others) expect(readFileSync(join(root, path), 'utf8')).toBe('theirs');
});

test.each(['folder', 'link'])('a %s that stands where the new folder would be made is not moved', (kind) => {
  const real = openRepository(root);
  const dies = () => {
    throw new Error('killed');
  };
  const rename = (from: string, to: string) => (to === CART ? dies() : real.rename(from, to));
  expect(() => writeTo({ ...real, rename }, planOf('a', 'b'), {})).toThrow('killed');
  rmSync(join(root, OWN), { recursive: true });
  put('outside/folder/evil.yaml', 'theirs');
  if (kind === 'folder') put(`${OWN}/folder/evil.yaml`, 'theirs');
  else symlinkSync('../outside', join(root, OWN));
  expect(write(planOf('a', 'b'), root).findings).toMatchObject([
    { code: 'repository-inaccessible', path: OWN, written: 'the system refuses it (EEXIST)' },
  ]);
  expect(filesOf(CART)).toEqual([`${CART}/a.yaml`, `${CART}/b.yaml`]);
  expect(filesOf('outside')).toEqual(['outside/folder/evil.yaml']);
  rmSync(join(root, OWN), { recursive: true });
  expect(write(planOf('a', 'b'), root)).toMatchObject({ findings: [], inventory: 'changed' });
  expect(readdirSync(join(root, '.strake'))).toEqual(['cart.json']);
});
