import { Config, WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { env, type EnvProperties } from './env.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    env: { LOG_LEVEL: 'info', OLD: '1' },
    ports: { http: 8080 },
  });
}

function shopWith(properties: EnvProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(env(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (container: object) => ({ template: { spec: { containers: [container] } } });

test('gives variables as text and from where Kubernetes reads them', () => {
  const { findings, spec } = shopWith({
    variables: {
      LOG_LEVEL: 'debug',
      POD_IP: { valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      MEMORY: { valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
      DB_PASSWORD: { valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      REGION: { valueFrom: { configMapKeyRef: { name: 'settings', key: 'region', optional: true } } },
    },
    from: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'redis' }, prefix: 'REDIS_' }],
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written({
      env: [
        { name: 'LOG_LEVEL', value: 'debug' },
        { name: 'OLD', value: '1' },
        { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
        { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
        {
          name: 'REGION',
          valueFrom: { configMapKeyRef: { name: 'settings', key: 'region', optional: true } },
        },
      ],
      envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'redis' }, prefix: 'REDIS_' }],
    }),
  );
});

test('takes the keys of configs and secret claims', () => {
  class Configured extends Application {
    readonly settings = new Config(this, 'settings', { data: { region: 'eu' } });
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      env({ variables: { REGION: this.settings.key('region') } }),
    );
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Configured } });
  expect(findings).toEqual([]);
  expect(JSON.stringify(applications[0]?.manifests)).toContain(
    '"configMapKeyRef":{"name":"settings","key":"region"}',
  );
});

test('takes a variable away', () => {
  const { findings, spec } = shopWith({ unset: ['OLD'] });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written({ env: [{ name: 'LOG_LEVEL', value: 'info' }] }));
});

test('warns of secrets as text without showing them', () => {
  const { findings } = shopWith({
    variables: { DB_PASSWORD: 'hunter2', TOKEN_URL: 'https://id.example.com', API_KEY: '$(K)' },
  });
  expect(findings).toMatchObject([{ code: 'secret-plaintext', severity: 'warning' }]);
  expect(findings[0]?.written).toContain('DB_PASSWORD');
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('rejects several sources, unknown fields, and names that are given and taken away', () => {
  const key = { name: 'db', key: 'password' };
  expect(
    shopWith({ variables: { A: { valueFrom: { secretKeyRef: key, configMapKeyRef: key } } } }).findings,
  ).toMatchObject([
    { allowed: 'exactly one of `configMapKeyRef`, `secretKeyRef`, `fieldRef` and `resourceFieldRef`' },
  ]);
  expect(
    shopWith({ variables: { A: { valueFrom: { fieldRef: { fieldPath: 'spec.image' } } } } }).findings,
  ).toMatchObject([{ allowed: 'a field of the pod such as `status.podIP`' }]);
  expect(shopWith({ variables: { A: '1' }, unset: ['A'] }).findings).toMatchObject([
    { code: 'property-invalid' },
  ]);
  expect(shopWith({ from: [{ prefix: 'A_' }] }).findings).toMatchObject([
    { allowed: 'exactly one of `configMapRef` and `secretRef`' },
  ]);
});
