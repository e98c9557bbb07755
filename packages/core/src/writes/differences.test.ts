import type { JsonObject, JsonValue, KubernetesObject } from '@strake/core';
import { expect, test } from 'vitest';
import { structureOf } from '../kubernetes/structure.ts';
import { differences } from './differences.ts';
import { historyOf } from './history.ts';
import { ObjectStore } from './object-store.ts';
import type { Layer } from './write.ts';

const identity = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

function deployment(containers: readonly JsonObject[], spec: JsonObject = {}): KubernetesObject {
  const metadata = { name: 'web', namespace: 'shop' };
  return { ...identity, metadata, spec: { ...spec, template: { spec: { containers } } } };
}

const writer = (definition: string, layer: Layer) => ({
  layer,
  definition,
  package: 'test',
  path: 'shop/web',
  origin: undefined,
});

/** What stands after an object was replaced, what its replacement wrote, and where. */
function replaced(before: KubernetesObject, after: KubernetesObject) {
  const findings: string[] = [];
  const store = new ObjectStore('shop', ({ code }) => findings.push(code));
  store.access(writer('component', 'component')).create(before);
  store.commit();
  store.access(writer('patch', 'trait')).edit(identity).replace(after, { reason: 'a test' });
  const writes = [...store.pending.values()].flatMap((pending) => pending.writes);
  store.commit();
  const [object] = [...store.known.values()];
  const leaves = object === undefined ? [] : historyOf(object);
  const changed = leaves.filter(({ decidedBy }) =>
    decidedBy.some((each) => each.writer.definition === 'patch'),
  );
  return {
    findings,
    value: object?.value,
    paths: changed.map(({ path }) => path),
    kinds: writes.map(({ operation }) => operation.kind),
    reasons: new Set(writes.map(({ options }) => options.reason)),
  };
}

const web = { name: 'web', image: 'web:1', args: ['a', 'b'], tty: true };
const agent = { name: 'agent', image: 'agent:1' };
const CONTAINERS = 'spec.template.spec.containers';

test.each<[string, KubernetesObject, KubernetesObject, string[], string[]]>([
  ['nothing', deployment([web]), deployment([web]), [], []],
  [
    'a field of an element',
    deployment([web, agent]),
    deployment([{ ...web, image: 'web:2' }, agent]),
    [`${CONTAINERS}.web.image`],
    ['set'],
  ],
  [
    'a list without keys',
    deployment([web]),
    deployment([{ ...web, args: ['b'] }]),
    [`${CONTAINERS}.web.args`],
    ['set'],
  ],
  [
    'a field that goes',
    deployment([web]),
    deployment([{ name: 'web', image: 'web:1', args: ['a', 'b'] }]),
    [],
    ['remove'],
  ],
  ['an element that goes', deployment([web, agent]), deployment([agent]), [], ['remove']],
  [
    'a new element',
    deployment([web]),
    deployment([web, { ...agent, args: ['x'] }]),
    ['image', 'name', 'args'].map((field) => `${CONTAINERS}.agent.${field}`),
    ['merge'],
  ],
  [
    'a new order',
    deployment([web, agent]),
    deployment([agent, web]),
    expect.arrayContaining([`${CONTAINERS}.web.tty`]),
    ['set'],
  ],
  [
    'a new element in front',
    deployment([web]),
    deployment([agent, web]),
    expect.arrayContaining([`${CONTAINERS}.agent.image`]),
    ['set'],
  ],
  [
    'an order that begins alike',
    deployment([web, agent, { name: 'side' }]),
    deployment([web, { name: 'side' }, agent]),
    expect.arrayContaining([`${CONTAINERS}.web.tty`]),
    ['set'],
  ],
  [
    'null in a list beside other values',
    deployment([web]),
    deployment([web, { ...agent, args: ['a', null] }]),
    expect.arrayContaining([`${CONTAINERS}.agent.args`]),
    ['set'],
  ],
  [
    'null',
    deployment([web]),
    deployment([web, { ...agent, tty: null }]),
    expect.arrayContaining([`${CONTAINERS}.agent.tty`]),
    ['set'],
  ],
  [
    'a map instead of a scalar',
    deployment([web], { strategy: 'a' }),
    deployment([web], { strategy: { type: 'Recreate' } }),
    ['spec.strategy.type'],
    ['set'],
  ],
])('replacing writes only what differs: %s', (_, before, after, paths, kinds) => {
  const found = replaced(before, after);
  expect(found.findings).toEqual([]);
  expect(found.value).toEqual(after);
  expect(found.paths.toSorted()).toEqual(Array.isArray(paths) ? paths.toSorted() : paths);
  expect(found.kinds).toEqual(kinds);
  expect([...found.reasons]).toEqual(kinds.length === 0 ? [] : ['a test']);
});

test.each<[string, JsonValue, JsonValue]>([
  ['a map in the place of a list', { a: 1, b: 1 }, { a: 2, b: 1 }],
  ['an element that has no key', [{ port: 80 }], [{ name: 'http' }]],
  ['an element that had no key', [{ name: 'http' }], [{ port: 80 }]],
  ['elements of one key', [{ port: 80 }], [{ port: 80 }, { port: 80 }]],
  ['elements that had one key', [{ port: 80 }, { port: 80 }], [{ port: 80 }]],
  ['what is no element', [{ port: 80 }], [{ port: 80 }, 'http']],
])('a list with keys is replaced as a whole for %s', (_, before, after) => {
  const structure = structureOf('v1', 'Service').field('spec')?.field('ports');
  const place = { steps: ['spec', 'ports'], structure };
  expect(structure?.list).toBe('map');
  expect(differences(before, after, place)).toEqual([{ kind: 'set', steps: place.steps, value: after }]);
});
