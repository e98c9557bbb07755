import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { StrakeError } from '@strake/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRepository, type RepositoryFolder } from './repository.ts';

let root = '';
let repository: RepositoryFolder;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'strake-repository-'));
  repository = openRepository(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function refused(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (StrakeError.is(error)) return error.findings.map(({ path, written }) => `${path}: ${written}`).join();
    throw error;
  }
  return 'not refused';
}

test('never writes through what stands at the name of a new file', () => {
  writeFileSync(join(root, 'target'), 'ours');
  symlinkSync(join(root, 'target'), join(root, 'link'));
  expect(refused(() => repository.create('link', 'x'))).toBe('link: the system refuses it (EEXIST)');
  expect(refused(() => repository.create('target', 'x'))).toContain('EEXIST');
  expect(readFileSync(join(root, 'target'), 'utf8')).toBe('ours');
});

test.skipIf(process.platform === 'win32')(
  'reads neither through links nor from pipes, and no more than asked for',
  () => {
    writeFileSync(join(root, 'target'), 'ours');
    symlinkSync(join(root, 'target'), join(root, 'link'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(repository.read('target')?.toString()).toBe('ours');
    expect(repository.read('target', 3)).toBeUndefined();
    expect(refused(() => repository.read('link'))).toContain('link: the system refuses it (ELOOP)');
    expect(repository.read('pipe')).toHaveLength(0);
    expect(Object.fromEntries(repository.entries(''))).toEqual({
      target: 'file',
      link: 'link',
      pipe: 'other',
    });
  },
);

test('removes folders only when nothing is in them', () => {
  mkdirSync(join(root, 'a/b'), { recursive: true });
  expect(repository.removeFolder('a')).toBe(false);
  expect([
    repository.removeFolder('a/b'),
    repository.removeFolder('a'),
    repository.removeFolder('a'),
  ]).toEqual([true, true, true]);
  expect(repository.entries('a').size).toBe(0);
});

test('reads files of every length to their end', () => {
  for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
    const bytes = Buffer.alloc(length, 'abc');
    writeFileSync(join(root, 'file'), bytes);
    expect(repository.read('file')?.equals(bytes), `${length}`).toBe(true);
    expect(repository.read('file', length)?.length, `${length}`).toBe(length);
    if (length > 0) expect(repository.read('file', length - 1), `${length}`).toBeUndefined();
  }
});

test('makes the folders that a file is to be in, again where they are gone', () => {
  repository.create('a/b/one', '1');
  rmSync(join(root, 'a'), { recursive: true });
  repository.create('a/b/two', '2');
  repository.rename('a/b', 'c/d');
  repository.create('a/b/three', '3');
  expect(readFileSync(join(root, 'c/d/two'), 'utf8')).toBe('2');
  expect(readFileSync(join(root, 'a/b/three'), 'utf8')).toBe('3');
  expect(refused(() => repository.rename('a', 'c'))).toMatch(/^c: .*\((?:ENOTEMPTY|EEXIST|EPERM)\)$/);
  expect(refused(() => repository.create('c/d/two/three', 'x'))).toContain('ENOTDIR');
});
