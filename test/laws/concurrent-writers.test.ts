import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '@strake/core';
import { expect, test } from 'vitest';
import { inFolder, only, putForeignFiles, snapshot, type Snapshot } from './folders.ts';
import { bytesOf, planOf, type Texts } from './plans.ts';
import { printCounts, times } from './soak.ts';
import { startWriter, storePlans, type WriterProcess } from './writer-process.ts';

const WRITERS = 20;

/** Each project has an application that comes and goes, and so do the folders around it. */
function textsOf(project: string, sometimes = 'sometimes'): readonly [Texts, Texts] {
  const maps = (environment: string, letter: string, count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `${environment}/${project}/map-${index}`,
        `${project} ${letter} ${index}`,
      ]),
    );
  return [
    { ...maps('production', 'A', 12), ...maps(sometimes, 'A', 2) },
    { ...maps('production', 'B', 9), [`production/${project}-more/map`]: 'B' },
  ];
}

test('20 projects that write one repository at once do not touch each other', async () => {
  await inFolder(async (outer) => {
    const repository = join(outer, 'repository');
    putForeignFiles(repository);
    const projects = Array.from({ length: WRITERS }, (_, index) => `project-${index}`);
    const files = projects.map((project) =>
      storePlans(
        outer,
        textsOf(project, sharedWithOne(project)).map((texts) => planOf(project, texts)),
        `${project}.json`,
      ),
    );
    const writers = await Promise.all(files.map((file) => startWriter(file)));
    const rounds = times(15, 300);
    const runs = await Promise.all(
      writers.map((writer) => writer.loop({ directory: repository, order: [0, 1], rounds })),
    );
    const results = await Promise.all(runs.map(({ ended }) => ended));
    expect(results.flatMap(({ findings }) => findings)).toEqual([]);
    const expected = await inTurn(outer, writers);
    expect(snapshot(repository)).toEqual(expected);
    await Promise.all(writers.map((writer) => writer.kill()));
    printCounts('concurrent projects', { writers: WRITERS, writes: WRITERS * rounds * 2 });
  });
});

/** An environment of two projects: its folder goes when both are gone, while the other may be coming. */
function sharedWithOne(project: string): string {
  return `sometimes-${Number(project.slice('project-'.length)) % (WRITERS / 2)}`;
}

/** What the writers leave when each waits for the one before. */
async function inTurn(outer: string, writers: readonly WriterProcess[]): Promise<Snapshot> {
  const directory = join(outer, 'in-turn');
  putForeignFiles(directory);
  for (const writer of writers) await writer.write({ directory, order: [0, 1] });
  return snapshot(directory);
}

test('two writers of one project at once: all bytes are of one plan or the other, refusals are findings', async () => {
  await inFolder(async (outer) => {
    const plans = [planOf('cart', textsOf('cart')[0]), planOf('cart', textsOf('cart')[1])];
    const [first, second] = plans.map(bytesOf);
    const file = storePlans(outer, plans);
    const writers = await Promise.all([startWriter(file), startWriter(file)]);
    const tries = times(10, 200);
    const refused: Finding[] = [];
    for (let attempt = 0; attempt < tries; attempt++) {
      const repository = join(outer, `repository-${attempt}`);
      putForeignFiles(repository);
      const foreign = snapshot(repository);
      const runs = await Promise.all(
        writers.map((writer, index) =>
          writer.loop({ directory: repository, order: [index, 1 - index], rounds: 3 }),
        ),
      );
      const results = await Promise.all(runs.map(({ ended }) => ended));
      refused.push(...results.flatMap(({ findings }) => findings));
      const after = snapshot(repository);
      expect(only(after, (path) => path in foreign)).toEqual(foreign);
      for (const [path, kind] of Object.entries(after)) {
        if (path in foreign || kind === 'folder' || path === '.strake/cart.json') continue;
        const bytes = readFileSync(join(repository, path));
        expect(
          first?.get(path)?.equals(bytes) === true || second?.get(path)?.equals(bytes) === true,
          path,
        ).toBe(true);
      }
    }
    await Promise.all(writers.map((writer) => writer.kill()));
    for (const { code, path, fix } of refused) {
      expect(['repository-inaccessible', 'file-edited', 'file-foreign']).toContain(code);
      expect(path).toMatch(/^(?:environments|\.strake)/);
      expect(fix).toMatch(/\.$/);
    }
    printCounts('two writers of one project', {
      tries,
      writes: tries * 12,
      'findings meanwhile': refused.length,
    });
  });
});
