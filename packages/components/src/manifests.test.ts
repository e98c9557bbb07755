import { defineTrait, Pods, propertiesOf, type KubernetesObject } from '@strake/core';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Manifests } from './manifests.ts';

const quota: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'pods', labels: { 'app.kubernetes.io/name': 'mine', team: 'cart' } },
  spec: { hard: { pods: '10', 'requests.nvidia.com/gpu': '0' } },
};

test('writes objects as they are, with those labels of the component that they lack', () => {
  const { findings, objects } = rendered((shop) => new Manifests(shop, 'limits', { objects: [quota] }));
  expect(findings).toEqual([]);
  expect(objects).toEqual([
    {
      ...quota,
      metadata: {
        name: 'pods',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/name': 'mine',
          'app.kubernetes.io/part-of': 'shop',
          'app.kubernetes.io/managed-by': 'strake',
          team: 'cart',
        },
      },
    },
  ]);
});

test('keeps the namespace of an object, and gives none to one of the whole cluster', () => {
  const objects = [
    { ...quota, metadata: { name: 'pods', namespace: 'other' } },
    { ...quota, metadata: { name: 'pods' } },
    { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
  ];
  const { findings, objects: written } = rendered((shop) => new Manifests(shop, 'limits', { objects }));
  expect(findings).toEqual([]);
  expect(written.map(({ metadata }) => metadata.namespace)).toEqual(['other', 'shop', undefined]);
});

test('leaves the objects that it is given as they are', () => {
  const given: KubernetesObject = { ...quota, metadata: Object.freeze({ name: 'pods' }) };
  rendered((shop) => new Manifests(shop, 'limits', { objects: [Object.freeze(given)] }));
  expect(given.metadata).toEqual({ name: 'pods' });
});

test('names two objects that are the same one', () => {
  const { findings } = rendered((shop) => new Manifests(shop, 'limits', { objects: [quota, quota] }));
  expect(findings).toMatchObject([{ code: 'object-duplicate' }]);
});

test('offers nothing, and takes traits that need nothing', () => {
  const mark = defineTrait({
    name: 'mark',
    package: 'test',
    summary: 'Marks.',
    properties: propertiesOf<{}>()({}),
    needs: [],
    apply: ({ edit }) => edit({ ...quota, name: 'pods' }).merge({ metadata: { labels: { marked: 'yes' } } }),
  });
  const { of } = rendered((shop) => {
    const limits = new Manifests(shop, 'limits', { objects: [quota] }).attach(mark());
    expect(Pods.tryOf(limits)).toBeUndefined();
  });
  expect(of('ResourceQuota')?.metadata.labels).toMatchObject({ marked: 'yes' });
});

test.each(['{}', '{ "apiVersion": "v1", "kind": "List", "items": [] }', '[]', '"kind: Secret"', 'null'])(
  'rejects %s',
  (text) => {
    const objects: KubernetesObject[] = [JSON.parse(text)];
    expect(rendered((shop) => new Manifests(shop, 'limits', { objects })).findings).toMatchObject([
      { code: 'property-invalid', allowed: 'an object with `apiVersion`, `kind` and `metadata.name`' },
    ]);
  },
);

test('refuses a Secret in plain text', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login' },
    stringData: { password: 'x' },
  };
  expect(rendered((shop) => new Manifests(shop, 'login', { objects: [secret] })).findings).toMatchObject([
    { code: 'secret-plaintext' },
  ]);
});
