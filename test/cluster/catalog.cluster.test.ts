import { afterAll, expect, inject, test } from 'vitest';
import { reference } from '../generate/reference.ts';
import { applyManifests, type Verdict } from './apply.ts';
import { manifestsIn } from './manifests.ts';
import { countsText } from './verdicts.ts';

/** Kinds that no Go module at hand defines, so that the server cannot judge them. */
const UNDEFINED = /the server knows no (\S+)/;

const cluster = inject('cluster');
const { written } = await reference();
const all: Verdict[] = [];
const unknown = new Set<string>();

afterAll(() => {
  const left = unknown.size === 0 ? 'none' : [...unknown].toSorted().join(', ');
  console.log(
    `all examples of the catalogue: ${written.size} definitions, ${countsText(all)}; unknown kinds: ${left}`,
  );
});

test.each([...written])(
  'what the example of the %s writes is accepted whole, without a warning, and a second apply changes nothing',
  async (_, objects) => {
    const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
    const { verdicts, complaints, remove } = await applyManifests(cluster, manifestsIn(text));
    await remove();
    const judged = complaints.filter((line) => {
      const kind = UNDEFINED.exec(line)?.[1];
      if (kind !== undefined) unknown.add(kind);
      return kind === undefined;
    });
    all.push(...verdicts.filter(({ rejected = '' }) => !UNDEFINED.test(rejected)));
    expect(judged).toEqual([]);
  },
);

test('the examples of the catalogue write objects of many kinds', () => {
  expect(all.length).toBeGreaterThan(90);
});
