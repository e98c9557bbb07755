import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder, putForeignFiles, snapshot, type Snapshot } from './folders.ts';
import { planOf, type Texts } from './plans.ts';
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

test('writers of one project at once wait for each other: none is refused, none forgets a file', async () => {
  await inFolder(async (outer) => {
    const plans = [planOf('cart', textsOf('cart')[0]), planOf('cart', textsOf('cart')[1])];
    const file = storePlans(outer, plans);
    const writers = await Promise.all(Array.from({ length: 3 }, () => startWriter(file)));
    const clean = await Promise.all(
      [0, 1].map(async (index) => {
        const directory = join(outer, `clean-${index}`);
        putForeignFiles(directory);
        await writers[index]?.write({ directory, order: [1 - index, index] });
        return snapshot(directory);
      }),
    );
    const tries = times(10, 200);
    for (let attempt = 0; attempt < tries; attempt++) {
      const repository = join(outer, `repository-${attempt}`);
      putForeignFiles(repository);
      const runs = await Promise.all(
        writers.map((writer, index) =>
          writer.loop({ directory: repository, order: index % 2 === 0 ? [0, 1] : [1, 0], rounds: 3 }),
        ),
      );
      const results = await Promise.all(runs.map(({ ended }) => ended));
      expect(results.flatMap(({ findings }) => findings)).toEqual([]);
      // Whoever wrote last has left all of its plan, and nothing of the other one.
      expect(clean).toContainEqual(snapshot(repository));
    }
    await Promise.all(writers.map((writer) => writer.kill()));
    printCounts('writers of one project', { writers: writers.length, tries, writes: tries * 18 });
  });
});
