import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { affinity } from './affinity.ts';
import { nodeSelector, type NodeSelectorProperties } from './node-selector.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: NodeSelectorProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(nodeSelector(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (spec: object) => ({ template: { spec } });

test('runs pods on nodes with all of the labels', () => {
  const labels = { 'kubernetes.io/arch': 'arm64', pool: 'web' };
  const { findings, spec } = shopWith({ labels });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written({ nodeSelector: labels }));
});

test('rejects no labels, and what is no label', () => {
  expect(shopWith({ labels: {} }).findings).toMatchObject([{ allowed: 'at least one label' }]);
  expect(shopWith({ labels: { pool: 'web and more' } }).findings).toMatchObject([
    { code: 'property-invalid' },
  ]);
});

test('names a label that affinity requires with other values', () => {
  class Pinned extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      nodeSelector({ labels: { pool: 'web' } }),
      affinity({ nodes: { required: { pool: ['db', 'spare'] } } }),
    );
  }
  expect(render({ project: 'pinned', applications: { pinned: Pinned } }).findings).toMatchObject([
    {
      code: 'property-invalid',
      written: '`nodeSelector` asks for `pool` "web", `affinity` for ["db","spare"]',
    },
  ]);
});
