import { WebService } from '@strake/components';
import { Application, defineOperations, Platform, render } from '@strake/core';
import { expect, test } from 'vitest';
import { lifecycle, type LifecycleProperties } from './lifecycle.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: LifecycleProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(lifecycle(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (container: object, pod: object = {}) => ({
  template: { spec: { ...pod, containers: [container] } },
});

test('says what is done at the start and before the end', () => {
  const { findings, spec } = shopWith({
    postStart: { httpGet: { path: '/warm', port: 'http' } },
    preStop: { sleep: { seconds: 10 } },
    terminationGracePeriodSeconds: 60,
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written(
      {
        lifecycle: {
          postStart: { httpGet: { path: '/warm', port: 'http' } },
          preStop: { sleep: { seconds: 10 } },
        },
      },
      { terminationGracePeriodSeconds: 60 },
    ),
  );
  expect(shopWith({ preStop: { exec: { command: ['drain'] } } }).spec).toMatchObject(
    written({ lifecycle: { preStop: { exec: { command: ['drain'] } } } }),
  );
});

test('names a sleep that leaves no time to end', () => {
  expect(shopWith({ preStop: { sleep: { seconds: 30 } } }).findings).toMatchObject([
    {
      code: 'property-invalid',
      written: '`preStop` of `lifecycle` sleeps 30 of the 30 seconds that a pod gets to end',
    },
  ]);
  expect(
    shopWith({ preStop: { sleep: { seconds: 30 } }, terminationGracePeriodSeconds: 31 }).findings,
  ).toEqual([]);
});

test('names a port that the container does not have', () => {
  expect(shopWith({ preStop: { httpGet: { port: 'htpp' } } }).findings).toMatchObject([
    {
      code: 'reference-unknown',
      written: '`preStop` of `lifecycle` asks at the port `htpp`',
      allowed: '`http`',
    },
  ]);
});

test('names a Kubernetes that cannot sleep', () => {
  const operations = [
    defineOperations(Shop, (shop) => void shop.web.attach(lifecycle({ preStop: { sleep: { seconds: 5 } } }))),
  ];
  const platform = new Platform('acme', {
    environments: { old: { kubernetes: '1.29' }, new: { kubernetes: '1.30' } },
  });
  const { findings } = render({ project: 'shop', platform, applications: { shop: Shop }, operations });
  expect(findings).toMatchObject([{ environments: ['old'], allowed: 'Kubernetes 1.30 or later' }]);
});

test('rejects several ways, and none', () => {
  const allowed = 'exactly one of `exec`, `httpGet` and `sleep`';
  expect(shopWith({ preStop: { sleep: { seconds: 5 }, exec: { command: ['a'] } } }).findings).toMatchObject([
    { allowed },
  ]);
  expect(shopWith({ preStop: {} }).findings).toMatchObject([{ allowed }]);
  expect(shopWith({}).findings).toMatchObject([{ code: 'property-invalid' }]);
});
