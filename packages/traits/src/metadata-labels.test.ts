import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { labels, type LabelsProperties } from './metadata-labels.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: LabelsProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(labels(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

test('labels the workload and its pods', () => {
  const labels = { 'example.com/team': 'checkout' };
  const { findings, deployment } = shopWith({ labels });
  expect(findings).toEqual([]);
  expect(deployment).toMatchObject({ metadata: { labels }, spec: { template: { metadata: { labels } } } });
});

test('labels only the pods, or only the workload', () => {
  const label = '"team":"checkout"';
  const pods = shopWith({ labels: { team: 'checkout' }, on: 'pods' }).deployment;
  expect(JSON.stringify(pods?.metadata)).not.toContain(label);
  expect(JSON.stringify(pods?.['spec'])).toContain(label);
  const workload = shopWith({ labels: { team: 'checkout' }, on: 'workload' }).deployment;
  expect(JSON.stringify(workload?.metadata)).toContain(label);
  expect(JSON.stringify(workload?.['spec'])).not.toContain(label);
});

test.each(['app', 'app.kubernetes.io/name', 'app.kubernetes.io/part-of'])(
  'refuses %s and leaves it as it is',
  (key) => {
    const { findings, deployment } = shopWith({ labels: { [key]: 'other', team: 'checkout' } });
    expect(findings).toMatchObject([
      {
        code: 'property-invalid',
        path: 'shop/web',
        written: `\`labels\` sets \`${key}\`, by which the component's pods are found`,
      },
    ]);
    expect(deployment).toMatchObject({ metadata: { labels: { team: 'checkout' } } });
    expect(JSON.stringify(deployment)).not.toContain('"other"');
  },
);

test('rejects keys and values that are no labels', () => {
  expect(shopWith({ labels: { 'a b': 'c' } }).findings).toMatchObject([{ code: 'property-unknown' }]);
  expect(shopWith({ labels: { a: 'b c' } }).findings).toMatchObject([{ code: 'property-invalid' }]);
  expect(shopWith({ labels: {} }).findings).toMatchObject([{ code: 'property-invalid' }]);
});
