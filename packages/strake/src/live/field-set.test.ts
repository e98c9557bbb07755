import { expect, test } from 'vitest';
import { ownedPlaces, ownsAt } from './field-set.ts';

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const ENV = ['spec', 'template', 'spec', 'containers', 'web', 'env'];

/** What a manager owns who made the variable `MADE`, and has set the value of another's `SET`. */
const fields = {
  'f:metadata': { 'f:labels': { 'f:app.kubernetes.io/name': {} } },
  'f:spec': {
    'f:replicas': {},
    'f:template': {
      'f:spec': {
        'f:containers': {
          'k:{"name":"web"}': {
            'f:args': {},
            'f:env': {
              'k:{"name":"MADE"}': { '.': {}, 'f:name': {}, 'f:value': {} },
              'k:{"name":"SET"}': { 'f:value': {} },
            },
          },
        },
      },
    },
  },
};

const object = {
  ...DEPLOYMENT,
  metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'web' } },
  spec: {
    replicas: 2,
    template: {
      spec: {
        containers: [
          {
            name: 'web',
            args: ['a'],
            env: [
              { name: 'SET', value: '1' },
              { name: 'MADE', value: '2' },
            ],
          },
        ],
      },
    },
  },
};

test('a field is owned where it, something below it, or the whole list around it is', () => {
  const owned = [
    ['spec', 'replicas'],
    ['spec'],
    [...ENV, 'MADE', 'value'],
    [...ENV.slice(0, -1), 'args', '0'],
  ];
  const others = [
    ['spec', 'paused'],
    [...ENV, 'SET', 'name'],
    [...ENV, 'OTHER'],
    ['metadata', 'labels', 'x'],
  ];
  expect(owned.filter((steps) => !ownsAt(fields, DEPLOYMENT, steps))).toEqual([]);
  expect(others.filter((steps) => ownsAt(fields, DEPLOYMENT, steps))).toEqual([]);
});

test('an element that a manager has made is one place, and one that it has only changed is not', () => {
  expect(ownedPlaces(fields, DEPLOYMENT, object).map((steps) => steps.join(' '))).toEqual([
    'metadata labels app.kubernetes.io/name',
    'spec replicas',
    'spec template spec containers web args',
    'spec template spec containers web env MADE',
    'spec template spec containers web env SET value',
  ]);
});

test('what is owned and no longer there is no place', () => {
  expect(ownedPlaces(fields, DEPLOYMENT, { ...object, spec: {} })).toEqual([
    ['metadata', 'labels', 'app.kubernetes.io/name'],
  ]);
});
