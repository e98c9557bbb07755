import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { type Applied, applyManifests, type Verdict } from './apply.ts';
import { exampleNames, renderExample, type Target } from './examples.ts';
import { manifestsIn, manifestsOf } from './manifests.ts';
import { countsText } from './verdicts.ts';

const cluster = inject('cluster');
const work = mkdtempSync(join(tmpdir(), 'strake-examples-'));

const all: Verdict[] = [];

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
  console.log(`all examples: ${countsText(all)}`);
});

test.each(exampleNames())(
  'every object of the example %s is accepted whole, without a warning, and a second apply changes nothing',
  async (name) => {
    const targets = renderExample(name, join(work, name));
    expect(targets).not.toEqual([]);
    for (const target of targets) {
      const { verdicts, complaints, namespacesMade } = await applied(target);
      all.push(...verdicts);
      expect.soft(complaints, `${name} ${target.name}`).toEqual([]);
      expect
        .soft(verdicts.length, `${name} ${target.name}: what kustomize builds`)
        .toBe(objectsInFiles(target));
      console.log(
        `${name} ${target.name}: ${countsText(verdicts)}; namespaces made for it: ${namespacesMade.join(', ') || 'none'}`,
      );
    }
  },
);

test('a rendered folder with a misspelt field in it is not accepted', async () => {
  const [target] = renderExample('hello', join(work, 'misspelt'));
  const file = join(target?.folders[0] ?? '', 'deployment-web.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('containerPort:', 'containerPrt:'));
  const { complaints } = await applied(target);
  expect(complaints).toEqual([expect.stringMatching(/^Deployment hello\/web rejected: .*containerPrt/)]);
});

/** Where no definitions of other projects are at hand, their kinds cannot be judged. */
async function applied(target: Target | undefined): Promise<Applied> {
  const manifests = (target?.folders ?? []).flatMap(manifestsOf);
  const result = await applyManifests(cluster, manifests);
  await result.remove();
  if (cluster.crds > 0) return result;
  return { ...result, complaints: result.complaints.filter((line) => !line.includes('the server knows no')) };
}

function objectsInFiles({ folders }: Target): number {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const manifests = files.filter((path) => path.endsWith('.yaml') && !path.endsWith('kustomization.yaml'));
  return manifests.flatMap((path) => manifestsIn(readFileSync(path, 'utf8'))).length;
}
