import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { initContainer, type InitContainerProperties } from './init-container.ts';
import { storage } from './storage.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

const WORK = storage({ volumes: { work: { emptyDir: {}, mountPath: '/work' } } });

function shopWith(properties: InitContainerProperties) {
  const operations = [
    defineOperations(Shop, (shop) => void shop.web.attach(WORK, initContainer(properties))),
  ];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

test('runs containers to their end first, in their order', () => {
  const { findings, spec } = shopWith({
    containers: {
      migrate: {
        image: 'ghcr.io/acme/migrate:1.0.0',
        command: ['migrate'],
        args: ['up'],
        env: { LOG_LEVEL: 'debug' },
        envFrom: [{ secretRef: { name: 'db' } }],
        mounts: { '/work': { volume: 'work', subPath: 'migrate' } },
        resources: { requests: { cpu: 0.1 } },
        securityContext: { capabilities: { drop: ['ALL'] } },
      },
      warm: { image: 'ghcr.io/acme/warm:1.0.0', mounts: { '/work': 'work' } },
    },
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject({
    template: {
      spec: {
        initContainers: [
          {
            name: 'migrate',
            image: 'ghcr.io/acme/migrate:1.0.0',
            command: ['migrate'],
            args: ['up'],
            env: [{ name: 'LOG_LEVEL', value: 'debug' }],
            envFrom: [{ secretRef: { name: 'db' } }],
            volumeMounts: [{ name: 'work', mountPath: '/work', subPath: 'migrate' }],
            resources: { requests: { cpu: '0.1' } },
            securityContext: { capabilities: { drop: ['ALL'] } },
          },
          {
            name: 'warm',
            image: 'ghcr.io/acme/warm:1.0.0',
            volumeMounts: [{ name: 'work', mountPath: '/work' }],
          },
        ],
      },
    },
  });
});

test('names volumes that the pod does not have', () => {
  expect(
    shopWith({ containers: { warm: { image: 'a:1', mounts: { '/a': 'wrok' } } } }).findings,
  ).toMatchObject([
    { code: 'reference-unknown', written: '`warm` mounts the volume `wrok` at `/a`', allowed: '`work`' },
  ]);
});

test('names a container that the component has already', () => {
  expect(shopWith({ containers: { web: { image: 'a:1' } } }).findings).toMatchObject([
    { code: 'property-invalid', written: 'a container `web`, which the component has already' },
  ]);
});
