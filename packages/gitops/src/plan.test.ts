import {
  Platform,
  type Environment,
  type JsonObject,
  type KubernetesObject,
  type RenderedApplication,
} from '@strake/core';
import { expect, test } from 'vitest';
import { plan } from './plan.ts';

function rendered(
  environment: string,
  application: string,
  ...objects: KubernetesObject[]
): RenderedApplication {
  const target: Environment = {
    name: environment,
    tier: environment,
    cluster: environment,
    kubernetes: '1.34',
    namespaceOf: (name) => name,
  };
  return {
    environment: target,
    application,
    namespace: application,
    manifests: objects.map((object) => ({ object, delegations: [] })),
  };
}

function configMap(name: string, data: JsonObject = {}, namespace = 'cart'): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

test('plans one file for each object and a kustomization that names them, sorted by path', () => {
  const { files, folders, findings } = plan('cart', [
    rendered(
      'staging',
      'cart',
      configMap('b'),
      configMap('a', { Z: '1', a: 'no' }),
      configMap('c', {}, 'other'),
    ),
    rendered('production', 'cart'),
  ]);
  expect(files.map(({ path }) => path)).toEqual([
    'environments/production/cart/kustomization.yaml',
    'environments/staging/cart/configmap-a.yaml',
    'environments/staging/cart/configmap-b.yaml',
    'environments/staging/cart/kustomization.yaml',
    'environments/staging/cart/other/configmap-c.yaml',
  ]);
  expect(files[1]).toEqual({
    path: 'environments/staging/cart/configmap-a.yaml',
    environment: 'staging',
    application: 'cart',
    contents:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: cart\ndata:\n  Z: "1"\n  a: "no"\n',
  });
  expect(files[3]?.contents).toBe(
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - configmap-a.yaml\n  - configmap-b.yaml\n  - other/configmap-c.yaml\n',
  );
  expect(files[0]?.contents).toBe(
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
  );
  expect(folders).toEqual([
    'clusters/production/production/cart',
    'clusters/staging/staging/cart',
    'environments/production/cart',
    'environments/staging/cart',
  ]);
  expect(findings).toEqual([]);
});

test('knows where the objects would stand that a controller makes instead', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'cart' } };
  const { files, withheld } = plan('cart', [{ ...rendered('production', 'cart'), withheld: [service] }]);
  expect(withheld).toEqual([
    {
      path: 'environments/production/cart/service-web.yaml',
      environment: 'production',
      application: 'cart',
    },
  ]);
  expect(files.map(({ path }) => path)).toEqual(['environments/production/cart/kustomization.yaml']);
});

test('does not depend on the order of objects and applications', () => {
  const one = rendered('staging', 'cart', configMap('a'), configMap('b'));
  const two = rendered('production', 'cart', configMap('a'));
  const reversed = rendered('staging', 'cart', configMap('b'), configMap('a'));
  expect(plan('cart', [one, two])).toEqual(plan('cart', [two, reversed]));
});

test('speaks for all folders only when told that the render is whole', () => {
  expect(plan('cart', [rendered('staging', 'cart')], { whole: true }).folders).toEqual([
    'environments',
    'clusters',
  ]);
  expect(plan('cart', []).folders).toEqual([]);
  expect(
    plan('cart', [rendered('staging', 'cart')], {
      whole: ['staging'],
      platform: new Platform('acme', { environments: { staging: {}, production: {} } }),
    }).folders,
  ).toEqual(['clusters/staging/staging', 'environments/staging']);
});

test('names every value that YAML cannot hold', () => {
  const { findings } = plan('cart', [
    rendered('staging', 'cart', configMap('a', { x: '\ud800' }), configMap('b', { y: Infinity })),
  ]);
  expect(findings.map(({ code, environments, written }) => [code, environments, written])).toEqual([
    ['value-invalid', ['staging'], expect.stringContaining('ConfigMap `a`: cannot write "/data/x"')],
    ['value-invalid', ['staging'], expect.stringContaining('ConfigMap `b`: cannot write "/data/y"')],
  ]);
});

test('refuses two objects at one path', () => {
  const twice = plan('cart', [
    rendered('staging', 'cart', configMap('a', { x: '1' }), configMap('a', { x: '2' })),
  ]);
  expect(twice.findings).toMatchObject([{ code: 'object-duplicate', severity: 'error' }]);
  const sameName = plan('cart', [rendered('staging', 'platform'), rendered('staging', 'platform')]);
  expect(sameName.findings).toMatchObject([{ code: 'object-duplicate' }]);
});
