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
