import type { Write } from '@strake/core';
import { expect, test } from 'vitest';
import { DEPLOYMENT, POD, web, WEB, written, type LayerOfWriters } from '../../../../test/written-object.ts';
import { historyOf } from './history.ts';

function historyAt(path: string, traits: LayerOfWriters, scopes: LayerOfWriters = {}) {
  const leaf = historyOf(written(DEPLOYMENT, traits, scopes).object).find((each) => each.path === path);
  const names = (writes: readonly Write[]) => writes.map(({ writer }) => writer.definition);
  return leaf && { value: leaf.value, writes: names(leaf.writes), decidedBy: names(leaf.decidedBy) };
}

test('every leaf of the final value has a history, by the keys of lists', () => {
  const paths = historyOf(written(DEPLOYMENT).object).map(({ path }) => path);
  expect(paths).toContain(`${POD}.containers.web.ports[80/UDP].containerPort`);
  expect(paths).toContain(`${POD}.containers.web.env.KEY.valueFrom.secretKeyRef.key`);
  expect(paths).toContain(`${POD}.containers.web.args`);
  expect(paths).toContain(`${POD}.volumes.tmp.emptyDir`);
  expect(new Set(paths).size).toBe(paths.length);
});

test('a value of the component is its own', () => {
  expect(historyAt('spec.replicas', {})).toEqual({
    value: 1,
    writes: ['WebService'],
    decidedBy: ['WebService'],
  });
});

test('writes stand lowest layer first and the last layer decides', () => {
  const set = (value: number) => (it: { set(path: string, value: number): void }) =>
    it.set('spec.replicas', value);
  expect(historyAt('spec.replicas', { replicas: set(2) }, { floor: set(3) })).toEqual({
    value: 3,
    writes: ['WebService', 'replicas', 'floor'],
    decidedBy: ['floor'],
  });
});

test('equal values record both writers', () => {
  const image = { one: web({ image: 'web:2' }), other: web({ image: 'web:2' }) };
  expect(
    historyAt(`${POD}.containers.web.image`, {
      one: (it) => it.merge(image.one),
      other: (it) => it.merge(image.other),
    }),
  ).toEqual({
    value: 'web:2',
    writes: ['WebService', 'one', 'other'],
    decidedBy: ['one', 'other'],
  });
});

test('writes that were overridden in their layer are known', () => {
  expect(
    historyAt('spec.replicas', {
      over: (it) => it.set('spec.replicas', 4, { override: true }),
      plain: (it) => it.set('spec.replicas', 2),
    }),
  ).toEqual({ value: 4, writes: ['WebService', 'plain', 'over'], decidedBy: ['over'] });
});

test('a write that was overridden is none of what it did not hold', () => {
  const { object } = written(DEPLOYMENT, {
    plain: (it) => it.set('metadata.labels', { a: '1' }),
    over: (it) => it.set('metadata.labels', { b: '2' }, { override: true }),
  });
  const leaf = historyOf(object).find(({ path }) => path === 'metadata.labels.b');
  expect(leaf?.writes.map(({ writer }) => writer.definition)).toEqual(['over']);
});

test('writes in conflict are known and decide nothing', () => {
  expect(
    historyAt('spec.replicas', {
      one: (it) => it.set('spec.replicas', 4),
      other: (it) => it.set('spec.replicas', 2),
    }),
  ).toEqual({ value: 1, writes: ['WebService', 'one', 'other'], decidedBy: ['WebService'] });
});

test('what is set above a leaf counts when it holds the leaf', () => {
  const traits: LayerOfWriters = {
    whole: (it) => it.set(`${WEB}.env[LEVEL]`, { name: 'LEVEL', value: 'x' }),
  };
  expect(historyAt(`${POD}.containers.web.env.LEVEL.value`, traits)?.writes).toEqual(['WebService', 'whole']);
  expect(historyAt(`${POD}.containers.web.env.KEY.name`, traits)?.writes).toEqual(['WebService']);
});

test('a value that no lower layer had has no history there', () => {
  const traits: LayerOfWriters = { tier: (it) => it.merge({ metadata: { labels: { tier: 'front' } } }) };
  expect(historyAt('metadata.labels.tier', traits)?.writes).toEqual(['tier']);
});

test('a discriminator that follows is the doing of who named the member', () => {
  const rolling: LayerOfWriters = {
    rolling: (it) => it.merge({ spec: { strategy: { rollingUpdate: { maxSurge: 1 } } } }),
  };
  expect(historyAt('spec.strategy.type', rolling)).toEqual({
    value: 'RollingUpdate',
    writes: ['WebService', 'rolling'],
    decidedBy: ['rolling'],
  });
});

test('a delegated field and a removed one have no leaf', () => {
  const traits: LayerOfWriters = {
    off: (it) => it.remove('spec.strategy'),
    auto: (it) => it.delegate('spec.replicas', { to: 'hpa' }),
  };
  expect([historyAt('spec.replicas', traits), historyAt('spec.strategy.type', traits)]).toEqual([
    undefined,
    undefined,
  ]);
});
