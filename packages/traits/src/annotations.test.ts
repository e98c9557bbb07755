import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { annotations, type AnnotationsProperties } from './annotations.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: AnnotationsProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(annotations(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const KEY = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

test('annotates the workload and its pods, or one of them', () => {
  const { findings, deployment } = shopWith({ annotations: { [KEY]: 'false' } });
  expect(findings).toEqual([]);
  const written = { annotations: { [KEY]: 'false' } };
  expect(deployment).toMatchObject({ metadata: written, spec: { template: { metadata: written } } });
  const pods = shopWith({ annotations: { [KEY]: 'false' }, on: 'pods' }).deployment;
  expect(JSON.stringify(pods?.metadata)).not.toContain(KEY);
});

test('refuses what a controller writes', () => {
  const { findings, deployment } = shopWith({ annotations: { 'deployment.kubernetes.io/revision': '3' } });
  expect(findings).toMatchObject([
    { code: 'property-invalid', allowed: 'keys of your own: the Deployment controller writes this one' },
  ]);
  expect(JSON.stringify(deployment)).not.toContain('revision');
});

test('warns of a label that is given as an annotation', () => {
  expect(shopWith({ annotations: { 'app.kubernetes.io/name': 'shop' } }).findings).toMatchObject([
    { severity: 'warning' },
  ]);
});

test('rejects keys that Kubernetes does not take, and too much text', () => {
  expect(shopWith({ annotations: { 'a b': 'c' } }).findings).toMatchObject([{ code: 'property-unknown' }]);
  expect(shopWith({ annotations: { a: 'b'.repeat(262_144) } }).findings).toMatchObject([
    { allowed: 'keys and texts of at most 262144 characters altogether' },
  ]);
});
