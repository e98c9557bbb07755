import type { ObjectWriter } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { DEPLOYMENT, POD, WEB, web, written } from '../../../../test/written-object.ts';

type Edit = (object: ObjectWriter) => void;

const DELEGATE: Edit = (it) => it.delegate('spec.replicas', { to: 'hpa' });

test('a later layer wins without a finding', () => {
  const { at, said } = written(
    DEPLOYMENT,
    { replicas: (it) => it.set('spec.replicas', 2) },
    { floor: (it) => it.set('spec.replicas', 3) },
  );
  expect(said).toEqual([]);
  expect(at('spec.replicas')).toBe(3);
});

test('a later layer selects elements that an earlier one added', () => {
  const { at, said } = written(
    DEPLOYMENT,
    { agent: (it) => it.at(POD).merge({ containers: [{ name: 'agent', image: 'a:1' }] }) },
    { pin: (it) => it.set(`${POD}.containers[agent].image`, 'a:2') },
  );
  expect(said).toEqual([]);
  expect(at(`${POD}.containers[agent].image`)).toBe('a:2');
});

describe('a delegated field takes no write of a later layer', () => {
  test.each<[sentence: string, edit: Edit]>([
    ['that sets it', (it) => it.set('spec.replicas', 3)],
    ['that merges it', (it) => it.merge({ spec: { replicas: 3 } })],
    ['that merges below it', (it) => it.merge({ spec: { replicas: { a: 3 } } })],
    ['that sets it with all around it', (it) => it.set('spec', { replicas: 3 })],
  ])('%s', (_, edit) => {
    const { at, findings, object } = written(DEPLOYMENT, { autoscale: DELEGATE }, { floor: edit });
    expect(findings).toMatchObject([
      {
        code: 'delegated',
        written: '`spec.replicas` of Deployment `web`: `floor` writes it',
        allowed: '`autoscale` left it to hpa, which decides it at run time',
        sources: [{ file: 'autoscale.ts' }, { file: 'floor.ts' }],
      },
    ]);
    expect(at('spec.replicas')).toBeUndefined();
    expect(object.delegations).toHaveLength(1);
  });

  test('unless it overrides', () => {
    const { at, said, object } = written(
      DEPLOYMENT,
      { autoscale: DELEGATE },
      { floor: (it) => it.set('spec.replicas', 3, { override: true }) },
    );
    expect(said).toEqual([]);
    expect(at('spec.replicas')).toBe(3);
    expect(object.delegations).toEqual([]);
  });

  test('but takes its absence', () => {
    const scopes = {
      strip: (it: ObjectWriter) => it.remove('spec.replicas'),
      whole: (it: ObjectWriter) => it.set('spec.strategy', {}),
    };
    const { said, object } = written(DEPLOYMENT, { autoscale: DELEGATE }, scopes);
    expect(said).toEqual([]);
    expect(object.delegations).toHaveLength(1);
  });

  test('and every delegation that a write touches is reported', () => {
    const autoscale: Edit = (it) => {
      DELEGATE(it);
      it.delegate('spec.paused', { to: 'flagger' });
    };
    const { findings } = written(
      DEPLOYMENT,
      { autoscale },
      { floor: (it) => it.set('spec', { replicas: 3, paused: true }) },
    );
    expect(findings.map(({ code }) => code)).toEqual(['delegated', 'delegated']);
  });
});

describe('a locked write', () => {
  test.each<[sentence: string, lock: Edit, said: string, allowed: string]>([
    [
      'reports another value below it',
      (it) => it.set('spec.replicas', 3, { locked: true }),
      'it is 1',
      '3, locked by `policy`',
    ],
    [
      'reports it in an element',
      (it) => it.merge(web({ image: 'web:9' }), { locked: true }),
      'it is "web:1"',
      '"web:9", locked by `policy`',
    ],
    [
      'reports what it removes',
      (it) => it.remove('spec.replicas', { locked: true }),
      'it is 1',
      'nothing, locked by `policy`',
    ],
    [
      'reports the member of a union that gives way',
      (it) => it.merge(web({ env: [{ name: 'LEVEL', valueFrom: { fieldRef: {} } }] }), { locked: true }),
      'it is "info"',
      'nothing, locked by `policy`',
    ],
  ])('%s', (_, policy, said, allowed) => {
    const { findings } = written(DEPLOYMENT, {}, { policy });
    expect(findings).toMatchObject([{ code: 'locked', allowed }]);
    expect(findings[0]?.written).toContain(said);
    expect(findings[0]?.sources.map(({ file }) => file)).toEqual(['WebService.ts', 'policy.ts']);
  });

  test('names every lower writer', () => {
    const { findings, at } = written(
      DEPLOYMENT,
      { replicas: (it) => it.set('spec.replicas', 2) },
      { policy: (it) => it.set('spec.replicas', 3, { locked: true }) },
    );
    expect(findings[0]?.sources.map(({ file }) => file)).toEqual([
      'WebService.ts',
      'replicas.ts',
      'policy.ts',
    ]);
    expect(at('spec.replicas')).toBe(3);
  });

  test('reports that a lower layer removed it', () => {
    const { said } = written(
      DEPLOYMENT,
      { strip: (it) => it.remove('spec.strategy') },
      { policy: (it) => it.merge({ spec: { strategy: { type: 'Recreate' } } }, { locked: true }) },
    );
    expect(said).toEqual(['locked `spec.strategy.type` of Deployment `web`: it is removed']);
  });

  test('is reported although a sibling writes the same unlocked', () => {
    const plain: Edit = (it) => it.set('spec.replicas', 3);
    const policy: Edit = (it) => it.set('spec.replicas', 3, { locked: true });
    for (const scopes of [
      { plain, policy },
      { policy, plain },
    ]) {
      expect(written(DEPLOYMENT, {}, scopes).findings.map(({ code }) => code)).toEqual(['locked']);
    }
  });

  test('is silent where it takes a field back from a controller', () => {
    const { said, at } = written(
      DEPLOYMENT,
      { autoscale: (it) => it.delegate('spec.replicas', { to: 'HPA' }) },
      { policy: (it) => it.set('spec.replicas', 3, { locked: true, override: true }) },
    );
    expect(said).toEqual([]);
    expect(at('spec.replicas')).toBe(3);
  });

  test('is silent where it agrees, and where nothing is written', () => {
    const policy: Edit = (it) => it.merge({ spec: { replicas: 1, paused: false } }, { locked: true });
    expect(written(DEPLOYMENT, {}, { policy }).said).toEqual([]);
  });
});

test('a delegation of a later layer replaces the one below it', () => {
  const { object } = written(
    DEPLOYMENT,
    { autoscale: DELEGATE },
    { events: (it) => it.delegate('spec.replicas', { to: 'keda' }) },
  );
  expect(object.delegations).toMatchObject([{ to: 'keda', write: { writer: { definition: 'events' } } }]);
});

test('a refused write leaves what lower layers wrote', () => {
  const { at } = written(DEPLOYMENT, {
    one: (it) => it.set(`${WEB}.image`, 'a'),
    other: (it) => it.set(`${WEB}.image`, 'b'),
  });
  expect(at(`${WEB}.image`)).toBe('web:1');
});
