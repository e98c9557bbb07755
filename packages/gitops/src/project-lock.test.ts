import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { StrakeError, type Finding } from '@strake/core';
import { expect, onTestFinished, test } from 'vitest';
import { abandonedLocks, takeLock, type LockTaking } from './project-lock.ts';
import { openRepository } from './repository.ts';
import { isRunning, thisProcess, type RunningProcess } from './running-process.ts';

const DEAD: RunningProcess = { ...thisProcess(), id: 2 ** 22 + 1 };
const ELSEWHERE: RunningProcess = { ...thisProcess(), machine: '0123456789ab' };

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'strake-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function take(directory: string, taking: LockTaking = { patience: 0 }, project = 'cart'): () => void {
  return takeLock(openRepository(directory), project, taking);
}

function findingsOf(call: () => unknown): readonly Finding[] {
  try {
    call();
    return [];
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    return error.findings;
  }
}

const locksIn = (directory: string) => readdirSync(join(directory, '.strake'));

test('a lock is a file beside the inventory until it is released', () => {
  const directory = folder();
  const release = take(directory);
  expect(locksIn(directory)).toEqual([
    expect.stringMatching(
      new RegExp(`^cart\\.${thisProcess().machine}-${process.pid}-\\d*-[0-9a-f]{12}\\.lock$`),
    ),
  ]);
  release();
  expect(locksIn(directory)).toEqual([]);
});

test('a second writer of the project waits as long as it may, and says who writes', () => {
  const directory = folder();
  const release = take(directory);
  const [held] = locksIn(directory);
  const start = Date.now();
  expect(findingsOf(() => take(directory, { patience: 100 }))).toMatchObject([
    {
      code: 'repository-busy',
      path: `.strake/${held}`,
      written: `process ${process.pid} of this machine writes the files of the project`,
      fix: 'Wait until that process ends, and run it again.',
    },
  ]);
  expect(Date.now() - start).toBeGreaterThanOrEqual(99);
  expect(locksIn(directory)).toEqual([held]);
  release();
  take(directory)();
});

test('another project has a lock of its own, also where its name begins the same', () => {
  const directory = folder();
  const releases = ['cart', 'cart-api', 'car', 'Cart'].map((project) =>
    take(directory, { patience: 0 }, project),
  );
  expect(locksIn(directory)).toHaveLength(4);
  for (const release of releases) release();
  expect(locksIn(directory)).toEqual([]);
});

test('the lock of a process that has died is taken over and removed', () => {
  const directory = folder();
  take(directory, { holder: DEAD });
  const [dead] = locksIn(directory);
  expect(abandonedLocks(openRepository(directory), 'cart')).toEqual([`.strake/${dead}`]);
  expect(abandonedLocks(openRepository(directory), 'shop')).toEqual([]);
  const release = take(directory);
  expect(locksIn(directory)).not.toContain(dead);
  release();
  expect(locksIn(directory)).toEqual([]);
});

test('a process id that another process has got since is no reason to wait', ({ skip }) => {
  skip(thisProcess().started === '', 'this system does not say when a process started');
  const directory = folder();
  take(directory, { holder: { ...thisProcess(), started: '1' } });
  take(directory)();
  expect(locksIn(directory)).toEqual([]);
});

test('the lock of another machine holds, with how to remove it', () => {
  const directory = folder();
  take(directory, { holder: ELSEWHERE });
  const [held] = locksIn(directory);
  expect(abandonedLocks(openRepository(directory), 'cart')).toEqual([]);
  expect(findingsOf(() => take(directory))).toMatchObject([
    {
      code: 'repository-busy',
      written: `process ${process.pid} of another machine or container writes the files of the project`,
      fix: expect.stringContaining(`delete \`.strake/${held}\``),
    },
  ]);
});

test('whose name comes first stays while it waits, the other withdraws', () => {
  const directory = folder();
  const place = (machine: string) => ({ ...ELSEWHERE, machine });
  take(directory, { holder: place('555555555555') });
  const seen = (machine: string) => {
    const real = openRepository(directory);
    const made: string[] = [];
    const create = (file: string, contents: string) => (made.push(file), real.create(file, contents));
    findingsOf(() => takeLock({ ...real, create }, 'cart', { holder: place(machine), patience: 100 }));
    return made.length;
  };
  expect(seen('111111111111')).toBe(1);
  expect(seen('999999999999')).toBe(2);
  expect(locksIn(directory)).toHaveLength(1);
});

test('what is no lock file of a process is left alone', () => {
  const directory = folder();
  const strangers = ['cart.lock', 'cart.x-1-2-3.lock', 'cart.json', 'other.lock'];
  mkdirSync(join(directory, '.strake'));
  for (const name of strangers) writeFileSync(join(directory, '.strake', name), '');
  symlinkSync('nowhere', join(directory, '.strake', `cart.${DEAD.machine}-${DEAD.id}--0123456789ab.lock`));
  take(directory)();
  expect(locksIn(directory)).toHaveLength(strangers.length + 1);
});

test('no lock is put where a link leads', () => {
  const directory = folder();
  mkdirSync(join(directory, 'outside'));
  mkdirSync(join(directory, 'repository'));
  symlinkSync('../outside', join(directory, 'repository', '.strake'));
  expect(findingsOf(() => take(join(directory, 'repository')))).toMatchObject([
    { code: 'path-unsafe', path: '.strake' },
  ]);
  expect(readdirSync(join(directory, 'outside'))).toEqual([]);
});

test('a lock that cannot be looked after is not left behind', () => {
  const directory = folder();
  const real = openRepository(directory);
  let isMade = false;
  const fails = { ...real, create: (file: string) => (real.create(file, ''), void (isMade = true)) };
  const entries = (path: string) => {
    if (isMade) throw new Error('the disk is gone');
    return real.entries(path);
  };
  expect(() => takeLock({ ...fails, entries }, 'cart')).toThrow('the disk is gone');
  expect(locksIn(directory)).toEqual([]);
  expect(existsSync(directory)).toBe(true);
});

test('a process runs until it has ended, and one of another machine is not known to have', () => {
  expect(isRunning(thisProcess())).toBe(true);
  expect(isRunning({ ...thisProcess(), started: '' })).toBe(true);
  expect(isRunning({ ...thisProcess(), id: 1, started: '' })).toBe(true);
  expect(isRunning(DEAD)).toBe(false);
  expect(isRunning({ ...DEAD, machine: ELSEWHERE.machine })).toBe(true);
});
