import { lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from '@strake/gitops';
import { expect } from 'vitest';
import { inFolder, only, putForeignFiles, snapshot, type Snapshot } from './folders.ts';
import { bytesOf, planOf } from './plans.ts';
import { randomNumbers } from './soak.ts';
import { startWriter, storePlans, type WriterProcess } from './writer-process.ts';

/** A file that is unfinished, or one of a folder that is. */
const TEMPORARY = /(?:^|\/)\.strake-cart-\d+\.tmp$|^\.strake\/\.strake-cart-\d+\.tmp\/[^/]+$/;
const LOCK = /^\.strake\/cart\.[0-9a-f]{12}-\d+-\d*-[0-9a-f]{12}\.lock$/;
const INVENTORY = '.strake/cart.json';
const LONG = 'a line of a long file, which takes a while to write\n'.repeat(12_000);

function plans(): readonly [first: Plan, second: Plan] {
  const texts = (letter: string, from: number) =>
    Object.fromEntries(
      ['production', 'staging'].flatMap((environment) =>
        Array.from({ length: 25 }, (_, index) => [
          `${environment}/cart/map-${from + index}`,
          `${letter} ${'.'.repeat(index * 300)}`,
        ]),
      ),
    );
  const first = {
    ...texts('A', 0),
    'production/cart/long': `A ${LONG}`,
    'production/cart/elsewhere:map': 'A',
    'production/only-first/map': 'A',
    'gone/cart/map': 'A',
  };
  const second = {
    ...texts('B', 5),
    'production/cart/long': `B ${LONG}`,
    'production/only-second/map': 'B',
    'production/cart/far:map': 'B',
  };
  return [planOf('cart', first), planOf('cart', second)];
}

/** What the kills have met. A kill between two writes proves little, so those within one are counted. */
export interface Kills {
  readonly kills: number;
  /** Kills that left an inventory with pending files: they came within a write. */
  readonly withinWrite: number;
  /** Kills that left a temporary file. */
  readonly withTemporary: number;
  /** Kills that left a lock. */
  readonly withLock: number;
  /** Kills after which files of both plans were there. */
  readonly mixed: number;
  /** Kills of a repository that was not healed from the kill before. */
  readonly onTop: number;
  /** Milliseconds that the two writes of a round take. */
  readonly round: number;
}

interface Scene {
  readonly outer: string;
  readonly repository: string;
  readonly wanted: readonly [ReadonlyMap<string, Buffer>, ReadonlyMap<string, Buffer>];
  readonly clean: readonly [Snapshot, Snapshot];
  readonly foreign: Snapshot;
  readonly outside: Snapshot;
}

/** Kills writers of two plans in turn at random instants, and checks what they leave and that the next run heals it. */
export async function killWriters(kills: number, seed: number): Promise<Kills> {
  return inFolder(async (outer) => {
    const [first, second] = plans();
    const file = storePlans(outer, [first, second]);
    const scene = await setScene(outer, file, [first, second]);
    const random = randomNumbers(seed);
    const counts = { kills: 0, withinWrite: 0, withTemporary: 0, withLock: 0, mixed: 0, onTop: 0 };
    let next = start(file);
    const round = await measureRound(await startWriter(file), scene.repository);
    while (counts.kills < kills) {
      const writer = await next;
      next = start(file);
      if (random() < 0.75) await heal(writer, random() < 0.5 ? 0 : 1, scene);
      else counts.onTop++;
      await writer.loop({ directory: scene.repository, order: random() < 0.5 ? [0, 1] : [1, 0] });
      await sleep(random() * round * 3);
      await writer.kill();
      counts.kills++;
      const left = whatIsLeft(scene);
      counts.withinWrite += left.isPending ? 1 : 0;
      counts.withTemporary += left.temporaries > 0 ? 1 : 0;
      counts.withLock += left.isLocked ? 1 : 0;
      counts.mixed += left.isMixed ? 1 : 0;
    }
    const last = await next;
    await heal(last, 0, scene);
    await last.kill();
    return { ...counts, round: Math.round(round) };
  });
}

/** Starts the next writer while the one before still runs; that it fails is seen once it is waited for. */
function start(file: string): Promise<WriterProcess> {
  const writer = startWriter(file);
  writer.catch(() => undefined);
  return writer;
}

async function setScene(outer: string, file: string, both: readonly [Plan, Plan]): Promise<Scene> {
  const repository = join(outer, 'repository');
  mkdirSync(repository);
  putForeignFiles(repository);
  const foreign = snapshot(repository);
  const writer = await startWriter(file);
  const clean: Snapshot[] = [];
  for (const index of [0, 1]) {
    const directory = join(outer, `clean-${index}`);
    mkdirSync(directory);
    putForeignFiles(directory);
    expect((await writer.write({ directory, order: [index] })).findings).toEqual([]);
    clean.push(snapshot(directory));
  }
  await writer.kill();
  const [cleanFirst = {}, cleanSecond = {}] = clean;
  return {
    outer,
    repository,
    wanted: [bytesOf(both[0]), bytesOf(both[1])],
    clean: [cleanFirst, cleanSecond],
    foreign,
    outside: outsideOf(outer),
  };
}

function outsideOf(outer: string): Snapshot {
  return only(snapshot(outer), (path) => !path.startsWith('repository/'));
}

async function measureRound(writer: WriterProcess, directory: string): Promise<number> {
  await writer.write({ directory, order: [0, 1] });
  const start = performance.now();
  for (let round = 0; round < 5; round++) await writer.write({ directory, order: [0, 1] });
  await writer.kill();
  return (performance.now() - start) / 5;
}

async function heal(writer: WriterProcess, index: 0 | 1, { repository, clean, outer, outside }: Scene) {
  const { findings } = await writer.write({ directory: repository, order: [index] });
  expect(findings).toEqual([]);
  expect(snapshot(repository)).toEqual(clean[index]);
  expect(outsideOf(outer)).toEqual(outside);
}

/** Checks a repository after a kill. Every file is somebody else's, or wholly of one of the two plans. */
function whatIsLeft({ repository, wanted, foreign, outer, outside }: Scene) {
  const [first, second] = wanted;
  const paths = filesIn(repository);
  const ours = paths.filter(
    (path) => !(path in foreign) && path !== INVENTORY && !TEMPORARY.test(path) && !LOCK.test(path),
  );
  const letters = new Set<string>();
  for (const path of ours) {
    const bytes = readFileSync(join(repository, path));
    const [isFirst, isSecond] = [first, second].map((each) => each.get(path)?.equals(bytes) === true);
    expect(isFirst || isSecond, `${path} has the bytes of one plan or the other`).toBe(true);
    if (isFirst !== isSecond) letters.add(isFirst === true ? 'A' : 'B');
  }
  const here = new Set(ours);
  const lost = [...first.keys()].filter((path) => second.has(path) && !here.has(path));
  expect(lost, 'files that both plans want').toEqual([]);
  expect(only(snapshot(repository), (path) => path in foreign)).toEqual(foreign);
  expect(outsideOf(outer)).toEqual(outside);
  const inventory: unknown = JSON.parse(readFileSync(join(repository, INVENTORY), 'utf8'));
  return {
    isPending: typeof inventory === 'object' && inventory !== null && 'pending' in inventory,
    temporaries: paths.filter((path) => TEMPORARY.test(path)).length,
    isLocked: paths.some((path) => LOCK.test(path)),
    isMixed: letters.size === 2,
  };
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !lstatSync(join(directory, path)).isDirectory(),
  );
}
