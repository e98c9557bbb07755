import { join } from 'node:path';
import type { Finding } from '@strake/core';
import { write, type Plan } from '@strake/gitops';
import { expect, test } from 'vitest';
import { openRepository, type RepositoryFolder } from '../../packages/gitops/src/repository.ts';
import { writeTo } from '../../packages/gitops/src/write.ts';
import { inFolder, snapshot } from './folders.ts';
import { planOf } from './plans.ts';
import { printCounts } from './soak.ts';

interface Interrupted {
  readonly calls: number;
  readonly findings: readonly Finding[];
}

/** Writes one plan and, before the call of that number, lets somebody else do something to the repository. */
function interrupted(directory: string, plan: Plan, before: number, meanwhile: () => void): Interrupted {
  const real = openRepository(directory);
  let calls = 0;
  const then = <Result>(call: () => Result): Result => {
    if (calls++ === before) meanwhile();
    return call();
  };
  const repository: RepositoryFolder = {
    entries: (folder) => then(() => real.entries(folder)),
    read: (file, atMost) => then(() => real.read(file, atMost)),
    create: (file, contents) => then(() => real.create(file, contents)),
    rename: (from, to) => then(() => real.rename(from, to)),
    remove: (file) => then(() => real.remove(file)),
    removeFolder: (folder) => then(() => real.removeFolder(folder)),
  };
  const { findings } = writeTo(repository, plan, {});
  return { calls, findings };
}

/** What goes wrong at each instant of a write at which another plan is written as a whole. */
async function atEveryInstant(first: Plan, outer: Plan, inner: Plan, before: readonly Plan[] = []) {
  let instants = 1;
  const wrong: string[] = [];
  for (let instant = -1; instant < instants; instant++) {
    await inFolder((folder) => {
      const [repository, clean] = [join(folder, 'repository'), join(folder, 'clean')];
      for (const each of [...before, first]) write(each, repository);
      const meanwhile = () => void write(inner, repository);
      const { calls, findings } = interrupted(repository, outer, instant, meanwhile);
      if (instant === -1) instants = calls;
      for (const { code, path, written } of findings)
        wrong.push(`${instant} meanwhile: ${code} ${path} ${written}`);
      const { findings: after } = write(outer, repository);
      for (const { code, path, written } of after)
        wrong.push(`${instant} afterwards: ${code} ${path} ${written}`);
      for (const each of [inner, outer]) if (instant >= 0 || each === outer) write(each, clean);
      const [wanted, got] = [snapshot(clean), snapshot(repository)];
      for (const path of new Set([...Object.keys(wanted), ...Object.keys(got)]))
        if (wanted[path] !== got[path] && instant >= 0)
          wrong.push(
            `${instant} afterwards: ${path} is ${got[path] ?? 'gone'}, not ${wanted[path] ?? 'gone'}`,
          );
    });
  }
  return { instants, wrong };
}

const OURS = planOf('cart', {
  'production/cart/web': 'A',
  'sometimes/cart/web': 'A',
  'sometimes/cart/db': 'A',
});
const OURS_LATER = planOf('cart', { 'production/cart/web': 'B', 'production/more/web': 'B' });
const THEIRS = planOf('shop', { 'production/shop/web': 'A', 'sometimes/shop/web': 'A' });
const THEIRS_LATER = planOf('shop', { 'production/shop/web': 'B' });
const NOTHING = planOf('cart', {});

const cases = [
  { case: 'comes', first: NOTHING, outer: OURS, inner: THEIRS, before: [] },
  { case: 'goes', first: NOTHING, outer: OURS, inner: THEIRS_LATER, before: [THEIRS] },
  { case: 'goes while we go', first: OURS, outer: OURS_LATER, inner: THEIRS_LATER, before: [THEIRS] },
  { case: 'comes while we go', first: OURS, outer: OURS_LATER, inner: THEIRS, before: [] },
];

test.each(cases)(
  'another project that $case within a write changes nothing for it',
  async ({ first, outer, inner, before }) => {
    const { instants, wrong } = await atEveryInstant(first, outer, inner, before);
    printCounts('a project within the write of another', { instants });
    expect(wrong).toEqual([]);
  },
);

test('a write of a project within another one of it is refused, at every instant of it, and then done', async () => {
  let [instants, refused, before] = [1, 0, 0];
  for (let instant = 0; instant < instants; instant++) {
    await inFolder((folder) => {
      const [repository, clean] = [join(folder, 'repository'), join(folder, 'clean')];
      let codes: readonly string[] = [];
      const { calls, findings } = interrupted(repository, OURS, instant, () => {
        const inner = writeTo(openRepository(repository), OURS_LATER, {}, { patience: 0 });
        codes = inner.findings.map(({ code }) => code);
      });
      instants = calls;
      expect(findings).toEqual([]);
      expect(['', 'repository-busy']).toContain(codes.join(' '));
      if (codes.length > 0) refused++;
      else before++;
      for (const each of codes.length === 0 ? [OURS_LATER, OURS] : [OURS]) write(each, clean);
      expect(snapshot(repository)).toEqual(snapshot(clean));
      for (const each of [repository, clean]) expect(write(OURS_LATER, each).findings).toEqual([]);
      expect(snapshot(repository)).toEqual(snapshot(clean));
    });
  }
  printCounts('a write within another of the same project', { instants, refused, 'done before': before });
  expect(refused).toBeGreaterThan(instants / 2);
});
