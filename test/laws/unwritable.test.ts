import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { write } from '@strake/gitops';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { hashOfBytes, inFolder, only, putForeignFiles, snapshot } from './folders.ts';
import { bytesOf, planOf } from './plans.ts';
import { printCounts, times } from './soak.ts';
import { expectFindings, putProject, STACK_TRACE, strake } from './strake.ts';
import { startWriter, storePlans, type WriterProcess, type Written } from './writer-process.ts';

const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;
const APPLICATION = 'environments/production/cart';

const many = (letter: string, count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`production/cart/map-${index}`, letter.repeat(3000)]),
  );
const FIRST = planOf('cart', { ...many('A', 30), 'production/gone/web': 'A' });
const SECOND = planOf('cart', { ...many('B', 60), 'production/shop/web': 'B' });

let shared = '';
let writer: WriterProcess;
beforeAll(async () => {
  shared = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  chmodSync(shared, 0o755);
  // Root may write everywhere, so another user has to try.
  writer = await startWriter(storePlans(shared, [FIRST, SECOND]), IS_ROOT ? NOBODY : undefined);
});
afterAll(async () => {
  await writer.kill();
  rmSync(shared, { recursive: true, force: true });
});

function give(directory: string): void {
  if (!IS_ROOT) return;
  for (const path of ['', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })])
    chownSync(join(directory, path), NOBODY, NOBODY);
}

function expectRefusal({ findings }: Written): void {
  expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'error repository-inaccessible',
  ]);
  for (const { path, fix, written } of findings) {
    expect(path).not.toBe('');
    expect(fix).toMatch(/\.$/);
    expect(written).toMatch(/\([A-Z]+\)$/);
  }
  expect(JSON.stringify(findings)).not.toMatch(STACK_TRACE);
}

/** After a refused write: files of others are as they were, and each of ours has the bytes of one plan. */
function expectNothingLost(repository: string, before: Readonly<Record<string, string>>): void {
  const after = snapshot(repository);
  const [first, second] = [FIRST, SECOND].map(
    (plan) => new Map([...bytesOf(plan)].map(([path, bytes]) => [path, hashOfBytes(bytes)])),
  );
  for (const [path, what] of Object.entries(before)) {
    if (path === '.strake/cart.json' || what === 'folder') continue;
    if (first?.has(path) === true || second?.has(path) === true)
      expect([first?.get(path), second?.get(path)]).toContain(after[path]);
    else expect(after[path], path).toBe(what);
  }
}

const places = [
  { place: '.', mode: 0o000 },
  { place: '.strake', mode: 0o555 },
  { place: '.strake', mode: 0o000 },
  { place: '.strake/cart.json', mode: 0o000 },
  { place: '.strake/other.json', mode: 0o000 },
  { place: 'environments', mode: 0o555 },
  { place: 'environments', mode: 0o000 },
  { place: 'environments/production', mode: 0o555 },
  { place: APPLICATION, mode: 0o555 },
  { place: APPLICATION, mode: 0o111 },
  { place: `${APPLICATION}/configmap-map-7.yaml`, mode: 0o000 },
  { place: 'environments/production/gone', mode: 0o555 },
];

test.each(places)(
  'a $place that may not be written or read (mode $mode) is a finding, and the next run heals',
  async ({ place, mode }) => {
    await inFolder(async (outer) => {
      chmodSync(outer, 0o755);
      const repository = join(outer, 'repository');
      mkdirSync(repository);
      putForeignFiles(repository);
      write(FIRST, repository);
      give(repository);
      const before = snapshot(repository);
      chmodSync(join(repository, place), mode);
      const refused = await writer.write({ directory: repository, order: [1] });
      chmodSync(join(repository, place), 0o755);
      expectRefusal(refused);
      expectNothingLost(repository, before);
      await expectHealed(repository, outer);
    });
  },
);

async function expectHealed(repository: string, outer: string): Promise<void> {
  expect((await writer.write({ directory: repository, order: [1] })).findings).toEqual([]);
  const clean = join(outer, 'clean');
  putForeignFiles(clean);
  for (const each of [FIRST, SECOND]) write(each, clean);
  expect(snapshot(repository)).toEqual(snapshot(clean));
}

test('a file that may only be read is replaced all the same, since its folder may be written', async () => {
  await inFolder(async (outer) => {
    chmodSync(outer, 0o755);
    const repository = join(outer, 'repository');
    putForeignFiles(repository);
    write(FIRST, repository);
    give(repository);
    for (const { path } of FIRST.files) chmodSync(join(repository, path), 0o444);
    await expectHealed(repository, outer);
  });
});

/** Mounts a small file system, where that is allowed. */
function smallDisk(at: string, kilobytes: number, inodes = 0): boolean {
  mkdirSync(at);
  const options = `size=${kilobytes}k,mode=0777${inodes === 0 ? '' : `,nr_inodes=${inodes}`}`;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', at], { stdio: 'ignore' }));
  return true;
}

const disks = [
  { what: 'bytes', kilobytes: 900, inodes: 0, step: 4 },
  { what: 'files', kilobytes: 4000, inodes: 160, step: 0 },
];

test.each(disks)(
  'a disk without room for more $what is a finding, wherever it ends, and with room the next run heals',
  async ({ what, kilobytes, inodes }) => {
    const outer = mkdtempSync(join(tmpdir(), 'strake-laws-'));
    onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
    chmodSync(outer, 0o755);
    const disk = join(outer, 'disk');
    if (!smallDisk(disk, kilobytes, inodes)) {
      console.log(`full disk (${what}): not run, since this user may not mount a file system`);
      return;
    }
    const repository = join(disk, 'repository');
    const tries = times(6, 75);
    let refusals = 0;
    for (let attempt = 0; attempt < tries; attempt++) {
      rmSync(repository, { recursive: true, force: true });
      putForeignFiles(repository);
      write(FIRST, repository);
      give(repository);
      const before = snapshot(repository);
      fill(
        disk,
        what === 'files'
          ? { files: 1000, leave: Math.floor((attempt * 75) / tries) }
          : { files: 1, leave: Math.floor((attempt * 45) / tries) },
      );
      const refused = await writer.write({ directory: repository, order: [1] });
      if (refused.findings.length > 0) {
        refusals++;
        expectRefusal(refused);
        expect(refused.findings[0]?.written).toContain('no space left');
      }
      expectNothingLost(repository, before);
      rmSync(join(disk, 'filling'), { recursive: true });
      const healed = await writer.write({ directory: repository, order: [1] });
      expect(healed.findings).toEqual([]);
      const clean = join(outer, 'clean');
      rmSync(clean, { recursive: true, force: true });
      putForeignFiles(clean);
      for (const each of [FIRST, SECOND]) write(each, clean);
      expect(snapshot(repository)).toEqual(snapshot(clean));
    }
    printCounts(`full disk (${what})`, { tries, refusals });
    expect(refusals).toBeGreaterThan(tries / 3);
  },
);

/** Fills a disk until nothing more goes in, and then leaves room for some 4 KiB pages or files. */
function fill(disk: string, { files, leave }: { readonly files: number; readonly leave: number }): void {
  const filling = join(disk, 'filling');
  mkdirSync(filling);
  const made: string[] = [];
  try {
    for (let index = 0; index < 10_000; index++) {
      const file = join(filling, String(index));
      writeFileSync(file, files > 1 ? '' : Buffer.alloc(4096));
      made.push(file);
    }
  } catch {
    for (const file of made.slice(0, leave)) rmSync(file);
  }
}

test('strake synth says it to people when it may not write', async () => {
  await inFolder(async (outer) => {
    chmodSync(outer, 0o755);
    const project = putProject(
      outer,
      `import { Config } from '@strake/components';
       import { Application, defineConfig } from '@strake/core';
       class Cart extends Application { readonly web = new Config(this, 'web', { data: { a: 'b' } }); }
       export default defineConfig({ project: 'cart', applications: { cart: Cart } });`,
    );
    const repository = join(outer, 'repository');
    mkdirSync(repository, { mode: 0o555 });
    expectFindings(
      await strake(['synth', '--out', repository], project, { uid: IS_ROOT ? NOBODY : undefined }),
    );
    expect(only(snapshot(outer), (path) => path.startsWith('repository/'))).toEqual({});
    chmodSync(repository, 0o777);
    expect(
      await strake(['synth', '--out', repository], project, { uid: IS_ROOT ? NOBODY : undefined }),
    ).toMatchObject({ status: 0 });
  });
});
