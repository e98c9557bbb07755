import type { JsonValue } from '@strake/core';
import { expect, test } from 'vitest';
import { structureOf } from '../kubernetes/structure.ts';
import { strayElements, strayFinding } from './stray-elements.ts';

const DEPLOYMENT = structureOf('apps/v1', 'Deployment');

function straysOf(pod: JsonValue, structure = DEPLOYMENT): string[] {
  const value = { spec: { template: { spec: pod } } };
  return strayElements(value, structure).map(
    ({ steps, key }) => `${steps.slice(3).join('.')} ${key ?? 'none'}`,
  );
}

test('elements whose lists cannot tell them apart are found, wherever they stand', () => {
  const env = [{ name: 'A' }, { name: 'A', value: 'b' }, { value: 'c' }];
  expect(straysOf({ containers: [{ name: 'web' }, { name: 'web' }] })).toEqual(['containers web']);
  expect(straysOf({ containers: [{ image: 'a' }] })).toEqual(['containers none']);
  expect(
    straysOf({
      containers: [
        { name: 'web', env },
        { name: 'side', env: env.slice(1) },
      ],
    }),
  ).toEqual(['containers.web.env A', 'containers.web.env none', 'containers.side.env none']);
});

test('what stands in an element without a key is not searched, since it has no place', () => {
  expect(straysOf({ containers: [{ env: [{ value: 'x' }] }] })).toEqual(['containers none']);
});

test('what stands in a second element of one key is searched too', () => {
  const env = [{ name: 'A' }, { name: 'A' }];
  expect(straysOf({ containers: [{ name: 'web' }, { name: 'web', env }] })).toEqual([
    'containers web',
    'containers.web.env A',
  ]);
});

test('a member that a set has twice is found, whatever it is', () => {
  const stray = (finalizers: JsonValue) =>
    strayElements({ metadata: { finalizers } }, DEPLOYMENT).map(({ steps, key }) => [...steps, key]);
  expect(stray(['a', 'b', 'a'])).toEqual([['metadata', 'finalizers', 'a']]);
  expect(stray([{ a: 1 }, { a: 2 }, { a: 1 }])).toEqual([['metadata', 'finalizers', '{"a":1}']]);
  expect(stray(['1', 1])).toEqual([['metadata', 'finalizers', '1']]);
});

test('lists of any other sort may have what they like', () => {
  const tolerations = [{ key: 'a' }, { key: 'a' }];
  expect(straysOf({ tolerations, containers: [{ name: 'web', args: ['a', 'a'] }] })).toEqual([]);
});

test('a value of another shape has no stray elements, and neither has one of no known kind', () => {
  expect(straysOf({ containers: 'web' })).toEqual([]);
  expect(straysOf({ containers: { web: { name: 'web' } } })).toEqual([]);
  expect(straysOf(null)).toEqual([]);
  expect(straysOf({ containers: null, unknown: [{ name: 'a' }, { name: 'a' }] })).toEqual([]);
  const twice = { containers: [{ name: 'web' }, { name: 'web' }] };
  expect(straysOf(twice, structureOf('acme.com/v1', 'Web'))).toEqual([]);
  expect(strayElements(undefined, DEPLOYMENT)).toEqual([]);
  expect(strayElements(twice, undefined)).toEqual([]);
});

test('a finding says which key is twice, or that there is none', () => {
  const writer = {
    layer: 'trait',
    definition: 'env',
    package: 'p',
    path: 'shop/web',
    origin: undefined,
  } as const;
  const write = { writer, operation: { kind: 'remove', steps: [] }, options: {} } as const;
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const steps = ['spec', 'containers'];
  expect(strayFinding({ steps, key: 'web' }, write, object)).toMatchObject({
    code: 'list-duplicate-key',
    path: 'shop/web',
    written: '`spec.containers` of Deployment `web`: `env` writes `web` twice',
    allowed: 'elements with a key of their own',
    fix: 'Give each element of the list its own key.',
  });
  expect(strayFinding({ steps, key: undefined }, write, object)).toMatchObject({
    written: '`spec.containers` of Deployment `web`: `env` writes an element without a key',
  });
});
