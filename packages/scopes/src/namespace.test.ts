import { Worker } from '@strake/components';
import { Application, Platform, render, type Scope } from '@strake/core';
import { expect, test } from 'vitest';
import { mesh } from './mesh.ts';
import { namespace } from './namespace.ts';

class Shop extends Application {
  readonly jobs = new Worker(this, 'jobs', { image: 'jobs:1' });
}

class Mail extends Application {
  readonly mailer = new Worker(this, 'mailer', { image: 'mailer:1' });
}

function renderShared(
  scopes: readonly Scope[],
  namespaces: Readonly<Record<string, string>> = {},
  ownsPlatform = true,
) {
  const platform = scopes.reduce<Platform<'live'>>(
    (supplied, scope) => supplied.supply(scope),
    new Platform('acme', { environments: { live: { namespaces } } }),
  );
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: Shop, mail: Mail },
    platform,
    ownsPlatform,
  });
  const shared = applications.find(({ application }) => application === 'platform')?.manifests ?? [];
  return { findings, objects: shared.map(({ object }) => object) };
}

test('makes the Namespace of every application with the labels and annotations of the operator', () => {
  const { objects, findings } = renderShared([
    namespace({
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      annotations: { owner: 'Team A, floor 2' },
    }),
  ]);
  expect(findings).toEqual([]);
  expect(objects).toEqual(
    ['mail', 'shop'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          'app.kubernetes.io/managed-by': 'strake',
          'pod-security.kubernetes.io/enforce': 'restricted',
        },
        annotations: { owner: 'Team A, floor 2' },
      },
    })),
  );
});

test('makes one Namespace for applications that share it', () => {
  const { objects, findings } = renderShared([namespace()], { shop: 'acme', mail: 'acme' });
  expect(findings).toEqual([]);
  expect(objects.map(({ metadata }) => metadata.name)).toEqual(['acme']);
});

test('keeps the labels that another scope gives the same Namespace, in either order', () => {
  const scopes = [namespace({ labels: { team: 'a' } }), mesh()];
  for (const supplied of [scopes, scopes.toReversed()]) {
    const { objects, findings } = renderShared(supplied);
    expect(findings).toEqual([]);
    const shop = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === 'shop');
    expect(shop?.metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'strake',
      'istio-injection': 'enabled',
      team: 'a',
    });
  }
});

test('names both scopes when they disagree about a label of a Namespace', () => {
  const { findings } = renderShared([namespace({ labels: { 'istio-injection': 'disabled' } }), mesh()]);
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['conflict']));
  expect(findings[0]?.written).toContain('`namespace`');
  expect(findings[0]?.written).toContain('`mesh`');
});

test('writes no Namespace in a project that does not own the platform', () => {
  expect(renderShared([namespace()], {}, false).objects).toEqual([]);
});

test('rejects a label that Kubernetes does not accept', () => {
  const { findings } = renderShared([namespace({ labels: { team: 'team a' } })]);
  expect(findings.map(({ code }) => code)).toEqual(['property-invalid']);
  expect(findings[0]?.written).toContain('labels.team');
});
