import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  EXAMPLE,
  inNamespace,
  NAMESPACE,
  partiesOf,
  renderedBoutique,
  UPSTREAM_MISSING,
  upstreamObjects,
} from './online-boutique/boutique.ts';
import {
  differences,
  readDifferenceList,
  trafficDifferences,
  wrongWith,
} from './online-boutique/differences.ts';
import { reachability } from './online-boutique/reachability.ts';

const isAlone = UPSTREAM_MISSING !== undefined;
if (isAlone) console.log(`not compared with upstream: ${UPSTREAM_MISSING}`);

const list = readDifferenceList(join(EXAMPLE, 'differences.yaml'));

/** Whatever differs from upstream in any environment, each difference once. */
function found(): string[] {
  const upstream = upstreamObjects(['manifests', 'network-policies', 'istio']);
  const applied = inNamespace(upstream, NAMESPACE);
  const allowed = reachability(applied, partiesOf(applied));
  const all = ['staging', 'production'].flatMap((environment) => {
    const { objects } = renderedBoutique(environment);
    const traffic = trafficDifferences(allowed, reachability(objects, partiesOf(objects)));
    return [...differences(upstream, objects), ...traffic];
  });
  return [...new Set(all)];
}

test('at most twelve kinds of difference from upstream are listed, each once and with its reason', () => {
  const kinds = list.map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(kinds.length).toBeLessThanOrEqual(12);
  expect(new Set(list.map(({ why }) => why)).size).toBe(kinds.length);
});

test.skipIf(isAlone)('every difference from upstream is listed, and every place of the list differs', () => {
  expect(wrongWith(list, found())).toEqual([]);
});

test.skipIf(isAlone)('a difference whose kind is taken off the list is named', () => {
  const differing = found();
  for (const { kind } of list) {
    const wrong = wrongWith(
      list.filter((each) => each.kind !== kind),
      differing,
    );
    expect(wrong.length, kind).toBeGreaterThan(0);
    expect(wrong.every((each) => each.startsWith('not listed: '))).toBe(true);
  }
});

test.skipIf(isAlone)('a change of any value of the example is named', () => {
  const upstream = upstreamObjects(['manifests']);
  const { objects } = renderedBoutique('staging');
  const before = differences(upstream, objects);
  const frontend = objects.findIndex(
    ({ kind, metadata }) => kind === 'Deployment' && JSON.stringify(metadata).includes('"frontend"'),
  );
  const changed = JSON.stringify(objects[frontend]).replace('"cpu":"100m"', '"cpu":"150m"');
  const after = differences(upstream, objects.with(frontend, JSON.parse(changed)));
  expect(after.filter((each) => !before.includes(each))).toEqual([
    '~ Deployment/frontend spec.template.spec.containers[0].resources.requests.cpu',
  ]);
});

test('a list names what it lacks, what it has twice and what it has in vain', () => {
  const one = { kind: 'replicas', why: 'Production has more.', where: ['+ Deployment/* spec.replicas'] };
  const differing = ['+ Deployment/web spec.replicas', '~ Deployment/web spec.paused'];
  expect(wrongWith([one], differing)).toEqual(['not listed: ~ Deployment/web spec.paused']);
  expect(wrongWith([one, { ...one, kind: 'again' }], differing.slice(0, 1))).toEqual([
    'listed twice: + Deployment/web spec.replicas',
  ]);
  expect(wrongWith([one], [])).toEqual(['nothing differs there: replicas: + Deployment/* spec.replicas']);
});
