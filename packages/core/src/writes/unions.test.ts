import type { JsonValue, ObjectWriter } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { DEPLOYMENT, pod, POD, WEB, web, written } from '../../../../test/written-object.ts';

type Edit = (object: ObjectWriter) => void;

const LITERAL = web({ env: [{ name: 'KEY', value: 'x' }] });
const FROM_MAP = { valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } };
const ROLLING = { spec: { strategy: { rollingUpdate: { maxSurge: 1 } } } };

function merge(value: Parameters<ObjectWriter['merge']>[0], override = false): Edit {
  return (it) => it.merge(value, { override });
}

describe('a higher layer that names one member removes the others', () => {
  test.each<[sentence: string, edit: Edit, path: string, value: JsonValue | undefined]>([
    ['of a variable', merge(LITERAL), `${WEB}.env[KEY]`, { name: 'KEY', value: 'x' }],
    [
      'of a variable, by set',
      (it) => it.set(`${WEB}.env[LEVEL].valueFrom`, FROM_MAP.valueFrom),
      `${WEB}.env[LEVEL]`,
      { name: 'LEVEL', ...FROM_MAP },
    ],
    [
      'of the source of a variable',
      merge(web({ env: [{ name: 'KEY', ...FROM_MAP }] })),
      `${WEB}.env[KEY].valueFrom`,
      FROM_MAP.valueFrom,
    ],
    [
      'of the sources of a volume',
      merge(pod({ volumes: [{ name: 'tmp', secret: { secretName: 's' } }] })),
      `${POD}.volumes[tmp]`,
      { name: 'tmp', secret: { secretName: 's' } },
    ],
    [
      'of the handlers of a probe',
      merge(web({ readinessProbe: { tcpSocket: { port: 80 } } })),
      `${WEB}.readinessProbe`,
      { tcpSocket: { port: 80 }, periodSeconds: 5 },
    ],
    [
      'and the discriminator follows',
      merge(ROLLING),
      'spec.strategy',
      { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    ],
    [
      'and changes a part of the member that is there',
      merge(web({ env: [{ name: 'KEY', valueFrom: { secretKeyRef: { key: 'b' } } }] })),
      `${WEB}.env[KEY].valueFrom`,
      { secretKeyRef: { name: 'keys', key: 'b' } },
    ],
  ])('%s', (_, edit, path, value) => {
    const { at, said } = written(DEPLOYMENT, { edit });
    expect(said).toEqual([]);
    expect(at(path)).toEqual(value);
  });

  test('by the discriminator too', () => {
    const { at, said } = written(
      DEPLOYMENT,
      { rolling: merge(ROLLING) },
      { stop: (it) => it.set('spec.strategy.type', 'Recreate') },
    );
    expect(said).toEqual([]);
    expect(at('spec.strategy')).toEqual({ type: 'Recreate' });
  });

  test('and a discriminator that is not there is not made up', () => {
    const base = { ...DEPLOYMENT, spec: {} };
    expect(written(base, { rolling: merge(ROLLING) }).at('spec.strategy')).toEqual({
      rollingUpdate: { maxSurge: 1 },
    });
  });
});

describe('two definitions of a layer contradict each other by naming', () => {
  test.each<[sentence: string, one: Edit, other: Edit, place: string]>([
    [
      'a value and its source',
      merge(LITERAL),
      merge(web({ env: [{ name: 'KEY', ...FROM_MAP }] })),
      'containers.web.env.KEY',
    ],
    [
      'two sources of a volume',
      merge(pod({ volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory' } }] })),
      merge(pod({ volumes: [{ name: 'tmp', configMap: {} }] })),
      'volumes.tmp',
    ],
    [
      'two handlers of a probe',
      merge(web({ readinessProbe: { exec: { a: 1 } } })),
      (it) => it.set(`${WEB}.readinessProbe.grpc`, {}),
      'containers.web.readinessProbe',
    ],
  ])('%s', (_, one, other, place) => {
    for (const traits of [
      { one, other },
      { other, one },
    ]) {
      const { findings, object } = written(DEPLOYMENT, traits);
      expect(findings).toMatchObject([
        { code: 'conflict', sources: [{ file: 'one.ts' }, { file: 'other.ts' }] },
      ]);
      expect(findings[0]?.written).toContain(`\`${POD}.${place}\` of`);
      expect(object.value?.['spec']).toEqual(DEPLOYMENT['spec']);
    }
  });

  test('a member and a discriminator for another', () => {
    const stop: Edit = (it) => it.set('spec.strategy.type', 'Recreate');
    for (const traits of [
      { stop, rolling: merge(ROLLING) },
      { rolling: merge(ROLLING), stop },
    ]) {
      const { said, at } = written(DEPLOYMENT, traits);
      expect(said).toEqual([
        'conflict `spec.strategy` of Deployment `web`: `rolling` (@acme/platform) writes 1 and `stop` (@acme/platform) writes "Recreate"',
      ]);
      expect(at('spec.strategy')).toEqual({ type: 'Recreate' });
    }
  });
});

test('the member of one that overrides wins, with what others say of that member', () => {
  const { at, said } = written(DEPLOYMENT, {
    literal: merge(LITERAL),
    map: merge(web({ env: [{ name: 'KEY', ...FROM_MAP }] }), true),
    optional: merge(web({ env: [{ name: 'KEY', valueFrom: { configMapKeyRef: { optional: true } } }] })),
  });
  expect(said).toEqual([]);
  expect(at(`${WEB}.env[KEY].valueFrom`)).toEqual({
    configMapKeyRef: { name: 'c', key: 'k', optional: true },
  });
});

test('the same member and discriminator from two definitions agree', () => {
  const { at, said } = written(DEPLOYMENT, {
    rolling: merge(ROLLING),
    type: (it) => it.set('spec.strategy.type', 'RollingUpdate'),
  });
  expect(said).toEqual([]);
  expect(at('spec.strategy')).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } });
});

test('a locked member does not go along with another one of a lower layer', () => {
  const plain: Edit = (it) => it.merge(web({ readinessProbe: { tcpSocket: { port: 1 } } }));
  const locked: Edit = (it) => it.set(`${WEB}.readinessProbe.tcpSocket.port`, 1, { locked: true });
  for (const scopes of [
    { locked, plain },
    { plain, locked },
  ]) {
    const { findings } = written(DEPLOYMENT, {}, scopes);
    expect(findings).toMatchObject([{ code: 'locked', allowed: 'nothing, locked by `locked`' }]);
    expect(findings[0]?.written).toContain('readinessProbe.httpGet');
  }
});

test('one definition that names two members is left to the schema', () => {
  const base = { ...DEPLOYMENT, spec: { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } } };
  const { at, said } = written(base, { label: merge({ metadata: { labels: { a: 'b' } } }) });
  expect(said).toEqual([]);
  expect(at('spec.strategy')).toEqual(base.spec.strategy);
});
