import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { priority, type PriorityProperties } from './priority.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: PriorityProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(priority(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (spec: object) => ({ template: { spec } });

test('names the class of the pods', () => {
  const { findings, spec } = shopWith({ priorityClassName: 'shop-critical' });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written({ priorityClassName: 'shop-critical' }));
});

test('warns of the classes of the system outside of kube-system', () => {
  expect(shopWith({ priorityClassName: 'system-node-critical' }).findings).toMatchObject([
    { severity: 'warning', written: '`system-node-critical` in the namespace `shop`' },
  ]);
});

test('rejects what is no name', () => {
  expect(shopWith({ priorityClassName: 'Shop Critical' }).findings).toMatchObject([
    { code: 'property-invalid', severity: 'error' },
  ]);
});
