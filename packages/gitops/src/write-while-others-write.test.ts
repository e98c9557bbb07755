import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finding, StrakeError } from '@strake/core';
import { expect, onTestFinished, test } from 'vitest';
import type { Plan } from './plan.ts';
import { openRepository } from './repository.ts';
import { write, writeTo } from './write.ts';

const PATH = 'environments/production/cart/configmap-settings.yaml';

function planOf(contents: string): Plan {
  const file = { path: PATH, environment: 'production', application: 'cart', contents };
  return { project: 'cart', files: [file], folders: ['environments'], findings: [] };
}

test('a file that another writer takes away while it is looked at is looked at again under the lock', () => {
  const directory = mkdtempSync(join(tmpdir(), 'strake-write-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  write(planOf('a: 1\n'), directory);
  const real = openRepository(directory);
  let hasVanished = false;
  const read = (file: string, atMost?: number) => {
    if (file !== PATH || hasVanished) return real.read(file, atMost);
    hasVanished = true;
    const what = { written: 'the system refuses it (ENOENT)', allowed: 'a file', fix: 'Run it again.' };
    throw new StrakeError([finding({ code: 'repository-inaccessible', path: PATH, ...what })]);
  };
  expect(writeTo({ ...real, read }, planOf('a: 2\n'), {})).toMatchObject({
    findings: [],
    changes: [{ path: PATH, change: 'changed' }],
  });
  expect(hasVanished).toBe(true);
  expect(readFileSync(join(directory, PATH), 'utf8')).toBe('a: 2\n');
});

test('what two other writers change and change back while it looks is looked at again under the lock', () => {
  const directory = mkdtempSync(join(tmpdir(), 'strake-write-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  write(planOf('a: 1\n'), directory);
  const real = openRepository(directory);
  let hasChanged = false;
  const read = (file: string, atMost?: number) => {
    if (file !== PATH || hasChanged) return real.read(file, atMost);
    hasChanged = true;
    write(planOf('a: 2\n'), directory);
    const between = real.read(file, atMost);
    write(planOf('a: 1\n'), directory);
    return between;
  };
  expect(writeTo({ ...real, read }, planOf('a: 3\n'), {})).toMatchObject({
    findings: [],
    changes: [{ path: PATH, change: 'changed' }],
  });
  expect(hasChanged).toBe(true);
  expect(readFileSync(join(directory, PATH), 'utf8')).toBe('a: 3\n');
});
