import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { replicas } from './replicas.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(count: number) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(replicas({ count })))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const deployment = applications[0]?.manifests.find(({ object }) => object.kind === 'Deployment');
  return { findings, spec: deployment?.object['spec'] };
}

test('sets the number of pods, and stops a component with 0', () => {
  expect(shopWith(3)).toMatchObject({ findings: [], spec: { replicas: 3 } });
  expect(shopWith(0)).toMatchObject({ findings: [], spec: { replicas: 0 } });
});

test('rejects parts of a pod and less than none', () => {
  for (const count of [1.5, -1]) {
    expect(shopWith(count).findings).toMatchObject([
      { code: 'property-invalid', written: `\`count\` of \`replicas\` is ${count}` },
    ]);
  }
});
