import { expect, test } from 'vitest';
import { agentInventory, syncsFolder } from './agent-inventory.ts';

const object = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Any',
  metadata: { name: 'any' },
  spec: { ...spec },
});
const inventory = (status: object) =>
  agentInventory({ object: object({}), managers: [], isOwned: false, status: { ...status } });

test('the folder of an agent is told however its path is written, and no other', () => {
  const folder = 'environments/live/shop';
  const specs = [
    { path: './environments/live/shop/' },
    { source: { path: 'environments/live/shop' } },
    { sources: [{ chart: 'x' }, { path: '/environments/live/shop' }] },
  ];
  expect(specs.map((spec) => syncsFolder(object(spec), folder))).toEqual([true, true, true]);
  expect(syncsFolder(object({ path: './environments/live/shop-2' }), folder)).toBe(false);
  expect(syncsFolder(object({ path: './environments/live' }), folder)).toBe(false);
});

test('entries of Flux are read, with the groups, missing namespaces and colons that they have', () => {
  const entries = [
    { id: 'shop_web_apps_Deployment', v: 'v1' },
    { id: '_system__shop_rbac.authorization.k8s.io_ClusterRole', v: 'v1' },
    { id: 'shop_settings__ConfigMap', v: 'v1' },
    { id: 'nonsense', v: 'v1' },
  ];
  expect(inventory({ inventory: { entries } })).toEqual([
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:shop' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } },
  ]);
});

test('resources of Argo CD are read', () => {
  const resources = [
    { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    { version: 'v1', kind: 'Namespace', name: 'shop' },
  ];
  expect(inventory({ resources })).toEqual([
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  ]);
});
