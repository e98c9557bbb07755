import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { imagePullSecrets, type ImagePullSecretsProperties } from './image-pull-secrets.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: ImagePullSecretsProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(imagePullSecrets(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (spec: object) => ({ template: { spec } });

test('names the secrets, each once', () => {
  const { findings, spec } = shopWith({ secrets: ['registry', 'mirror', 'registry'] });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written({ imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }] }));
});

test('rejects no secrets, and what is no name', () => {
  expect(shopWith({ secrets: [] }).findings).toMatchObject([{ code: 'property-invalid' }]);
  expect(shopWith({ secrets: ['Registry'] }).findings).toMatchObject([{ code: 'property-invalid' }]);
});
