import type { ObjectWriter } from '@strake/core';
import { expect, test } from 'vitest';
import { DEPLOYMENT, POD, WEB, web, written, type LayerOfWriters } from '../../../../test/written-object.ts';

type Edit = (object: ObjectWriter) => void;

const ONE_DECIDES = [
  'one definition of a layer decides a field, or all write the same value',
  'Detach one of them, or give both the same value.',
] as const;

/** What writers of the trait layer do, and what they are told. */
const ROWS: readonly (readonly [said: string, allowed: string, fix: string, traits: LayerOfWriters])[] = [
  [
    'conflict `spec.replicas` of Deployment `web`: `one` (@acme/platform) writes 2 and `other` (@acme/platform) writes 3',
    ...ONE_DECIDES,
    { one: (it) => it.set('spec.replicas', 2), other: (it) => it.set('spec.replicas', 3) },
  ],
  [
    'conflict `spec.strategy` of Deployment `web`: `one` (@acme/platform) writes a map and `other` (@acme/platform) writes "x"',
    ...ONE_DECIDES,
    { one: (it) => it.set('spec.strategy', { type: 'y' }), other: (it) => it.set('spec.strategy', 'x') },
  ],
  [
    'conflict `metadata.annotations` of Deployment `web`: `one` (@acme/platform) writes a map and `other` (@acme/platform) removes it',
    ...ONE_DECIDES,
    {
      one: (it) => it.merge({ metadata: { annotations: {} } }),
      other: (it) => it.remove('metadata.annotations'),
    },
  ],
  [
    'conflict `spec.template.spec.containers.web.args` of Deployment `web`: `one` (@acme/platform) writes ["a"], appends ["b"] and `other` (@acme/platform) removes it',
    ...ONE_DECIDES,
    {
      one: (it) => {
        it.set(`${WEB}.args`, ['a']);
        it.append(`${WEB}.args`, ['b']);
      },
      other: (it) => it.remove(`${WEB}.args`),
    },
  ],
  [
    'conflict `spec.replicas` of Deployment `web`: `one` (@acme/platform) delegates it to HPA and `other` (@acme/platform) delegates it to KEDA',
    ...ONE_DECIDES,
    {
      one: (it) => it.delegate('spec.replicas', { to: 'HPA' }),
      other: (it) => it.delegate('spec.replicas', { to: 'KEDA' }),
    },
  ],
  [
    'list-has-no-key `spec.template.spec.containers.web.args` of Deployment `web`: `trait` merges ["b"]',
    'append() adds to a list whose elements have no key, set() replaces it',
    'Use append() or set() on this list in `trait`.',
    { trait: (it) => it.merge(web({ args: ['b'] })) },
  ],
  [
    'list-has-key `spec.template.spec.containers.web.ports` of Deployment `web`: `trait` appends [{"containerPort":1}]',
    'elements of this list are merged by containerPort and protocol',
    'Use merge() on this list in `trait`.',
    { trait: (it) => it.append(`${WEB}.ports`, [{ containerPort: 1 }]) },
  ],
  [
    'list-duplicate-key `spec.template.spec.containers.web.env` of Deployment `web`: `trait` writes `A` twice',
    'elements with a key of their own',
    'Give each element of the list its own key.',
    { trait: (it) => it.merge(web({ env: [{ name: 'A' }, { name: 'A' }] })) },
  ],
  [
    'value-invalid `spec.replicas` of Deployment `web`: `trait` merges null',
    'a value; remove() claims that there is none',
    'Use remove() in `trait`, or leave the entry out.',
    { trait: (it) => it.merge({ spec: { replicas: null } }) },
  ],
  [
    'value-invalid Deployment `web`: `trait` writes NaN at `spec.replicas`',
    'strings, finite numbers, booleans, lists and plain maps',
    'Write the value in one of these forms.',
    { trait: (it) => it.set('spec.replicas', Number.NaN) },
  ],
  [
    'no-such-element `spec.template.spec.containers` of Deployment `web`: the element `api` is selected',
    'one of web, side',
    'Select an element that exists, or add one with merge().',
    { trait: (it) => it.set(`${POD}.containers[api].image`, 'x') },
  ],
  [
    'no-such-element `spec.template.spec.initContainers` of Deployment `web`: the element `api` is selected',
    'a list that has elements',
    'Select an element that exists, or add one with merge().',
    { trait: (it) => it.set(`${POD}.initContainers[api].image`, 'x') },
  ],
  [
    'no-such-element `spec.template.spec.tolerations` of Deployment `web`: the element `spot` is selected',
    'a list whose elements have a key',
    'Use set() on the whole list.',
    { trait: (it) => it.set(`${POD}.tolerations[spot].key`, 'x') },
  ],
];

test.each(ROWS)('%s', (said, allowed, fix, traits) => {
  const { findings, said: all } = written(DEPLOYMENT, traits);
  expect(all).toEqual([said]);
  expect(findings).toMatchObject([{ path: 'shop/web', allowed, fix }]);
});

const set: Edit = (it) => it.set('spec.replicas', 2);

test('a write to a delegated field is told who has it', () => {
  const delegate: Edit = (it) => it.delegate('spec.replicas', { to: 'HPA' });
  const { findings } = written(DEPLOYMENT, { delegate }, { scope: set, zone: set });
  expect(findings).toMatchObject([
    {
      code: 'delegated',
      written: '`spec.replicas` of Deployment `web`: `scope` and `zone` write it',
      allowed: '`delegate` left it to HPA, which decides it at run time',
      fix: 'Remove the write, or detach `delegate`; `spec.replicas` of Deployment `web` has one owner.',
    },
  ]);
});

test('a locked field tells lower layers who locked it, and to what', () => {
  const lock: Edit = (it) => it.set('spec.replicas', 3, { locked: true });
  expect(written(DEPLOYMENT, { set }, { lock }).findings).toMatchObject([
    {
      code: 'locked',
      written: '`spec.replicas` of Deployment `web`: it is 2',
      allowed: '3, locked by `lock`',
      fix: 'Remove the lower value, or ask the cluster operators to unlock the field.',
    },
  ]);
});
