import type { KubernetesObject } from '@strake/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  agentApplicationFolder,
  applicationFolder,
  folderOf,
  inventoryPath,
  isPlannablePath,
  isTemporaryName,
  objectPaths,
  placeOf,
  temporaryName,
} from './layout.ts';

function object(apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

test.each([
  ['v1', 'Service', 'web', 'service-web.yaml'],
  ['apps/v1', 'StatefulSet', 'redis', 'statefulset-redis.yaml'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'web', 'networkpolicy-web.yaml'],
  ['networking.istio.io/v1', 'VirtualService', 'web', 'virtualservice.networking.istio.io-web.yaml'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', 'httproute.gateway.networking.k8s.io-web.yaml'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'system:auth', 'role-system%3aauth.yaml'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'Admin_1', 'role-%41dmin_1.yaml'],
  ['rbac.authorization.k8s.io/v1', 'Role', '../../x', 'role-..%2f..%2fx.yaml'],
  ['con.io/v1', 'Con', 'web', 'con.con.io-web.yaml'.replace('con', '%63on')],
  ['v1', 'ConfigMap', 'é€.', 'configmap-%e9%u20ac..yaml'],
])('puts a %s %s `%s` at %s', (apiVersion, kind, name, path) => {
  expect(objectPaths([object(apiVersion, kind, name, 'cart')], 'cart')).toEqual([path]);
});

test('puts objects of other namespaces into folders of their own, and cluster-wide ones beside the application', () => {
  const objects = [
    object('v1', 'Namespace', 'cart'),
    object('v1', 'ConfigMap', 'a', 'nul'),
    object('v1', 'ConfigMap', 'a', 'x.y'),
  ];
  expect(objectPaths(objects, 'cart')).toEqual([
    'namespace-cart.yaml',
    '%6eul/configmap-a.yaml',
    'x%2ey/configmap-a.yaml',
  ]);
});

test('keeps objects apart whose file names would be equal', () => {
  const objects = [
    object('a.b/v1', 'Foo', 'c.io-web', 'cart'),
    object('a.b-c.io/v1', 'Foo', 'web', 'cart'),
    object('a.b/v1', 'Foo', 'x', 'cart'),
  ];
  expect(objectPaths(objects, 'cart')).toEqual([
    expect.stringMatching(/^foo\.a\.b-c\.io-web~[0-9a-f]{32}\.yaml$/),
    expect.stringMatching(/^foo\.a\.b-c\.io-web~[0-9a-f]{32}\.yaml$/),
    'foo.a.b-x.yaml',
  ]);
});

test('never lets environment, application or project lead out of their folders', () => {
  expect(applicationFolder('..', 'a/b')).toBe('environments/%2e%2e/a%2fb');
  expect(applicationFolder('con', '')).toBe('environments/%63on/%');
  expect(inventoryPath('../evil')).toBe('.strake/%2e%2e%2fevil.json');
});

test('knows where a path belongs, and what folder of an application it is in', () => {
  expect([
    agentApplicationFolder('eu.1', '..', 'cart'),
    placeOf('clusters/eu-1/production/cart/kustomization.yaml'),
    placeOf('environments/production/cart/other/service-web.yaml'),
    placeOf('clusters/eu-1'),
    placeOf('images/production/cart/kustomization.yaml'),
    folderOf('clusters/eu-1/production/cart/kustomization.yaml'),
    folderOf('environments/production/cart/other/service-web.yaml'),
  ]).toEqual([
    'clusters/eu%2e1/%2e%2e/cart',
    { environment: 'production', application: 'cart' },
    { environment: 'production', application: 'cart' },
    { environment: '', application: '' },
    { environment: '', application: '' },
    'clusters/eu-1/production/cart',
    'environments/production/cart',
  ]);
});

test('knows the unfinished files of a project, and of no other', () => {
  expect(isTemporaryName(temporaryName('cart', 12), 'cart')).toBe(true);
  expect(isTemporaryName(temporaryName('cart-1', 12), 'cart')).toBe(false);
  expect(isTemporaryName('.strake-cart-012.tmp', 'cart')).toBe(false);
});

const letters = fc.string({
  unit: fc.constantFrom(
    'a',
    'A',
    'K',
    '\u212a',
    'İ',
    '-',
    '.',
    '/',
    '\\',
    ':',
    '%',
    '~',
    '4',
    '1',
    ' ',
    '\ud800',
    'é',
  ),
  maxLength: 6,
});
const text = fc.oneof(
  { weight: 6, arbitrary: letters },
  fc.constantFrom('con', 'CON', 'com1', '..', 'x'.repeat(300), 'X'.repeat(300), `${'x'.repeat(300)}y`),
);
const objects = fc.uniqueArray(
  fc
    .tuple(
      fc.oneof(
        fc.constantFrom('v1', 'apps/v1'),
        text.map((group) => `${group.replaceAll('/', '')}/v1`),
      ),
      text,
      text,
      fc.option(text, { nil: undefined }),
    )
    .map(([apiVersion, kind, name, namespace]) => object(apiVersion, kind, name, namespace)),
  {
    maxLength: 12,
    selector: ({ apiVersion, kind, metadata }) =>
      JSON.stringify([apiVersion.replace(/\/?v1$/, ''), kind, metadata.namespace ?? null, metadata.name]),
  },
);

test('gives different objects different paths, on every file system, inside the folder', () => {
  fc.assert(
    fc.property(objects, text, (all, namespace) => {
      const folder = applicationFolder('production', 'cart');
      const paths = objectPaths(all, namespace).map((path) => `${folder}/${path}`);
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(all.length);
      for (const path of paths) {
        expect(path).toSatisfy(isPlannablePath);
        for (const segment of path.split('/')) {
          expect(segment).toMatch(/^[a-z0-9._%~-]{1,255}$/);
          expect(segment).not.toMatch(
            /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$|^\.\.?$|^kustomization\.yaml$/,
          );
        }
      }
      expect(
        objectPaths(all.toReversed(), namespace)
          .toReversed()
          .map((path) => `${folder}/${path}`),
      ).toEqual(paths);
    }),
    { seed: 20251122, numRuns: 3000 },
  );
});

test('gives different names different folders', () => {
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 12 }), (names) => {
      const folders = names.map((name) => applicationFolder(name, name).toLowerCase());
      expect(new Set(folders).size).toBe(names.length);
      for (const folder of folders) expect(folder.split('/')).toHaveLength(3);
    }),
    { seed: 20251122, numRuns: 1000 },
  );
});
