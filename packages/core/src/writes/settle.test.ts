import type { JsonValue, ObjectWriter } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { DEPLOYMENT, POD, WEB, web, written } from '../../../../test/written-object.ts';

type Edit = (object: ObjectWriter) => void;

const REFINE: Edit = (it) => it.merge({ spec: { strategy: { rollingUpdate: { maxSurge: 1 } } } });

describe('two definitions of a layer contradict each other', () => {
  test.each<[sentence: string, one: Edit, other: Edit, place: string]>([
    [
      'by different values',
      (it) => it.merge({ spec: { replicas: 2 } }),
      (it) => it.set('spec.replicas', 3),
      'spec.replicas',
    ],
    [
      'by different values in an element',
      (it) => it.merge(web({ image: 'a' })),
      (it) => it.merge(web({ image: 'b' })),
      `${POD}.containers.web.image`,
    ],
    [
      'by a value and its removal',
      (it) => it.merge({ spec: { replicas: 2 } }),
      (it) => it.remove('spec.replicas'),
      'spec.replicas',
    ],
    [
      'by a scalar and a map',
      (it) => it.merge({ metadata: { a: 'b' } }),
      (it) => it.merge({ metadata: { a: { b: 'c' } } }),
      'metadata.a',
    ],
    [
      'by a map and a list',
      (it) => it.merge({ metadata: { a: {} } }),
      (it) => it.append('metadata.a', ['b']),
      'metadata.a',
    ],
    [
      'by a list and a part of a map',
      (it) => it.append('metadata.a', ['b']),
      (it) => it.merge({ metadata: { a: { b: 'c' } } }),
      'metadata.a',
    ],
    [
      'by set above merge',
      (it) => it.set('spec.strategy', { type: 'RollingUpdate' }),
      REFINE,
      'spec.strategy',
    ],
    [
      'by set above remove',
      (it) => it.set('spec.strategy', { type: 'RollingUpdate' }),
      (it) => it.remove('spec.strategy.type'),
      'spec.strategy',
    ],
    [
      'by set and append',
      (it) => it.set(`${WEB}.args`, ['a']),
      (it) => it.append(`${WEB}.args`, ['a']),
      `${POD}.containers.web.args`,
    ],
    [
      'by set above append',
      (it) => it.set(WEB, { name: 'web' }),
      (it) => it.append(`${WEB}.args`, ['a']),
      `${POD}.containers.web`,
    ],
    ['by remove above merge', (it) => it.remove('spec.strategy'), REFINE, 'spec.strategy'],
    [
      'by two controllers for one field',
      (it) => it.delegate('spec.replicas', { to: 'hpa' }),
      (it) => it.delegate('spec.replicas', { to: 'keda' }),
      'spec.replicas',
    ],
    [
      'by a controller inside what another has',
      (it) => it.delegate('spec.strategy', { to: 'hpa' }),
      (it) => it.delegate('spec.strategy.type', { to: 'keda' }),
      'spec.strategy',
    ],
    [
      'by two that override',
      (it) => it.set('spec.replicas', 2, { override: true }),
      (it) => it.set('spec.replicas', 3, { override: true }),
      'spec.replicas',
    ],
  ])('%s', (_, one, other, place) => {
    for (const traits of [
      { one, other },
      { other, one },
    ]) {
      const { findings, object } = written(DEPLOYMENT, traits);
      expect(findings.map(({ code }) => code)).toEqual(['conflict']);
      expect(findings[0]?.written).toMatch(`\`${place}\` of Deployment \`web\`: \`one\` (@acme/platform) `);
      expect(findings[0]?.written).toContain(' and `other` (@acme/platform) ');
      expect(findings[0]?.sources.map(({ file }) => file)).toEqual(['one.ts', 'other.ts']);
      expect(object.value).toEqual(written(DEPLOYMENT).object.value);
    }
  });

  test('and the finding says what each of them wants', () => {
    const { said } = written(DEPLOYMENT, {
      autoscale: (it) => it.delegate('spec.replicas', { to: 'hpa' }),
      scale: (it) => it.merge({ spec: { replicas: 2, paused: true } }),
      stop: (it) => it.merge({ spec: { paused: false } }),
    });
    expect(said).toEqual([
      'conflict `spec.paused` of Deployment `web`: `scale` (@acme/platform) writes true and `stop` (@acme/platform) writes false',
    ]);
  });

  test('and values that may be secrets are not shown', () => {
    const password = (value: string) => web({ env: [{ name: 'DB_PASSWORD', value }] });
    const { said } = written(DEPLOYMENT, {
      one: (it) => it.merge(password('hunter2')),
      other: (it) => it.merge(password('hunter3')),
      third: (it) => it.append(`${WEB}.env`, [{ name: 'DB_PASSWORD', value: 'hunter4' }]),
    });
    expect(said).toHaveLength(2);
    expect(said.join()).not.toContain('hunter');
  });

  test('and only those are named that do', () => {
    const { findings } = written(DEPLOYMENT, {
      a: (it) => it.remove('spec.strategy'),
      b: REFINE,
      c: (it) => it.remove('spec.strategy.type'),
    });
    expect(findings.map(({ sources }) => sources.map(({ file }) => file))).toEqual([['a.ts', 'b.ts']]);
  });
});

describe('definitions of a layer agree', () => {
  test.each<[sentence: string, one: Edit, other: Edit, path: string, value: JsonValue | undefined]>([
    [
      'on equal values',
      (it) => it.merge({ spec: { replicas: 2 } }),
      (it) => it.set('spec.replicas', 2),
      'spec.replicas',
      2,
    ],
    [
      'on equal maps whatever the order of keys',
      (it) => it.set('spec.strategy', { type: 'x', a: 1 }),
      (it) => it.set('spec.strategy', { a: 1, type: 'x' }),
      'spec.strategy',
      { type: 'x', a: 1 },
    ],
    [
      'on different entries of a map',
      (it) => it.merge({ metadata: { labels: { a: '1' } } }),
      (it) => it.merge({ metadata: { labels: { b: '2' } } }),
      'metadata.labels',
      { app: 'web', a: '1', b: '2' },
    ],
    [
      'on different fields of one new element',
      (it) => it.merge(web({ env: [{ name: 'A', value: 'b' }] })),
      (it) =>
        it.merge(
          web({
            env: [
              { name: 'B', value: 'c' },
              { name: 'A', value: 'b' },
            ],
          }),
        ),
      `${WEB}.env[B]`,
      { name: 'B', value: 'c' },
    ],
    [
      'on a removal',
      (it) => it.remove('spec.strategy'),
      (it) => it.remove('spec.strategy.type'),
      'spec.strategy',
      undefined,
    ],
    [
      'on what both append',
      (it) => it.append(`${WEB}.args`, ['a', 'b']),
      (it) => it.append(`${WEB}.args`, ['b', 'c']),
      `${WEB}.args`,
      ['serve', 'a', 'b', 'c'],
    ],
    [
      'on one controller',
      (it) => it.delegate('spec.replicas', { to: 'hpa' }),
      (it) => it.delegate('spec.replicas', { to: 'hpa' }),
      'spec.replicas',
      undefined,
    ],
  ])('%s', (_, one, other, path, value) => {
    const { at, said, object } = written(DEPLOYMENT, { one, other });
    expect(said).toEqual([]);
    expect(at(path)).toEqual(value);
    expect(object.delegations.length).toBeLessThan(2);
  });

  test('and new elements stand in the order in which the definitions are attached', () => {
    const add =
      (name: string): Edit =>
      (it) =>
        it.merge(web({ env: [{ name, value: '1' }] }));
    const names = (...order: string[]) => {
      const env = written(DEPLOYMENT, Object.fromEntries(order.map((name) => [name, add(name)]))).at(
        `${WEB}.env`,
      );
      return (env as { name: string }[]).map(({ name }) => name);
    };
    expect(names('B', 'A')).toEqual(['LEVEL', 'KEY', 'B', 'A']);
    expect(names('A', 'B')).toEqual(['LEVEL', 'KEY', 'A', 'B']);
  });
});

describe('what overrides wins', () => {
  test.each<[sentence: string, plain: Edit, over: Edit, path: string, value: JsonValue | undefined]>([
    [
      'over another value',
      (it) => it.set('spec.replicas', 2),
      (it) => it.set('spec.replicas', 3, { override: true }),
      'spec.replicas',
      3,
    ],
    [
      'over a removal',
      (it) => it.remove('spec.replicas'),
      (it) => it.merge({ spec: { replicas: 3 } }, { override: true }),
      'spec.replicas',
      3,
    ],
    [
      'over a value by removing it',
      (it) => it.set('spec.replicas', 2),
      (it) => it.remove('spec.replicas', { override: true }),
      'spec.replicas',
      undefined,
    ],
    [
      'over what is merged below it',
      REFINE,
      (it) => it.set('spec.strategy', { type: 'x' }, { override: true }),
      'spec.strategy',
      { type: 'x' },
    ],
    [
      'over what is appended',
      (it) => it.append(`${WEB}.args`, ['a']),
      (it) => it.set(`${WEB}.args`, ['b'], { override: true }),
      `${WEB}.args`,
      ['b'],
    ],
    [
      'in one part of what another sets, which else stands',
      (it) => it.set('spec.strategy', { type: 'x', a: 1 }),
      (it) => it.merge({ spec: { strategy: { a: 2 } } }, { override: true }),
      'spec.strategy',
      { type: 'x', a: 2 },
    ],
    [
      'and leaves alone what does not contradict it',
      (it) => it.merge({ spec: { replicas: 2, paused: true } }),
      (it) => it.merge({ spec: { replicas: 3 } }, { override: true }),
      'spec.paused',
      true,
    ],
  ])('%s', (_, plain, over, path, value) => {
    for (const traits of [
      { plain, over },
      { over, plain },
    ]) {
      const { at, said } = written(DEPLOYMENT, traits);
      expect(said).toEqual([]);
      expect(at(path)).toEqual(value);
    }
  });

  test('over two that contradict each other', () => {
    const { at, said } = written(DEPLOYMENT, {
      one: (it) => it.set('spec.replicas', 2),
      other: (it) => it.set('spec.replicas', 3),
      over: (it) => it.set('spec.replicas', 4, { override: true }),
    });
    expect(said).toEqual([]);
    expect(at('spec.replicas')).toBe(4);
  });
});

describe('delegate beats, in its own layer,', () => {
  test.each<[sentence: string, edit: Edit]>([
    ['set that overrides', (it) => it.set('spec.replicas', 2, { override: true })],
    ['set', (it) => it.set('spec.replicas', 2)],
    ['remove', (it) => it.remove('spec.replicas')],
    ['merge', (it) => it.merge({ spec: { replicas: 2 } })],
    ['merge below it', (it) => it.merge({ spec: { replicas: { a: 1 } } })],
    ['set above it', (it) => it.set('spec', { replicas: 2 })],
  ])('%s', (_, edit) => {
    for (const traits of [
      { edit, scaler: delegateReplicas },
      { scaler: delegateReplicas, edit },
    ]) {
      const { at, said, object } = written(DEPLOYMENT, traits);
      expect(said).toEqual([]);
      expect(at('spec.replicas')).toBeUndefined();
      expect(object.delegations).toMatchObject([{ steps: ['spec', 'replicas'], to: 'hpa' }]);
    }
  });
});

function delegateReplicas(object: ObjectWriter): void {
  object.delegate('spec.replicas', { to: 'hpa' });
}
