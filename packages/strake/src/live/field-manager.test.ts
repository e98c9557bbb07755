import { expect, test } from 'vitest';
import { fieldManager } from './field-manager.ts';
import type { LiveObject, ManagedFields } from './live-object.ts';

const object = (annotations: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'any', annotations },
});
const entry = (manager: string, operation = 'Update', subresource?: string): ManagedFields => ({
  manager,
  operation,
  subresource,
  fields: {},
});
const live = (...managers: readonly string[]): LiveObject[] => [
  { object: object(), managers: managers.map((name) => entry(name)), isOwned: false, status: {} },
];

test('the manager is the one asked for, else the agent of the configuration, else the one of the cluster', () => {
  expect(fieldManager('mine', 'flux', live('argocd-controller')).name).toBe('mine');
  expect(fieldManager(undefined, 'argocd', live('kustomize-controller')).name).toBe('argocd-controller');
  expect(fieldManager(undefined, undefined, live('kubectl-edit', 'argocd-controller')).name).toBe(
    'argocd-controller',
  );
  expect(fieldManager(undefined, undefined, live('kubectl-client-side-apply')).name).toBe('kubectl');
  expect(fieldManager(undefined, undefined, []).name).toBe('kustomize-controller');
});

test('Flux takes over what kubectl wrote, but through no subresource and not where it is told to merge', () => {
  const { takesOver } = fieldManager(undefined, 'flux', []);
  expect(takesOver(entry('kubectl-edit'), object())).toBe(true);
  expect(takesOver(entry('kubectl', 'Apply'), object())).toBe(true);
  expect(takesOver(entry('kubectl', 'Update', 'scale'), object())).toBe(false);
  expect(takesOver(entry('kubectl-edit'), object({ 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' }))).toBe(
    false,
  );
  expect(takesOver(entry('some-controller'), object())).toBe(false);
});

test('Argo CD takes over only what was applied from the client', () => {
  const { takesOver } = fieldManager(undefined, 'argocd', []);
  expect(takesOver(entry('kubectl-client-side-apply'), object())).toBe(true);
  expect(takesOver(entry('argocd-controller'), object())).toBe(true);
  expect(takesOver(entry('kubectl-edit'), object())).toBe(false);
});

test('objects that Flux is told to leave alone are passed over', () => {
  const { passesOver } = fieldManager(undefined, 'flux', []);
  const once = object({ 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' });
  expect(
    passesOver(object({ 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }), undefined),
  ).toBeDefined();
  expect(passesOver(object(), object({ 'kustomize.toolkit.fluxcd.io/ssa': 'Ignore' }))).toBeDefined();
  expect(passesOver(once, object())).toBeDefined();
  expect(passesOver(once, undefined)).toBeUndefined();
  expect(passesOver(object(), object())).toBeUndefined();
});
