import { type Application, type JsonValue } from '@strake/core';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Config } from './config.ts';
import type { ContainerProperties } from './container.ts';
import { SecretClaim } from './secret-claim.ts';
import { VolumeClaim } from './volume-claim.ts';
import { Worker } from './worker.ts';

function podOf(more: Partial<ContainerProperties> | ((shop: Application) => Partial<ContainerProperties>)) {
  const { of, findings } = rendered(
    (shop) =>
      new Worker(shop, 'mailer', { image: 'mailer:1', ...(typeof more === 'function' ? more(shop) : more) }),
  );
  return { findings, deployment: of('Deployment') };
}

const container = (expected: object) => ({ spec: { template: { spec: { containers: [expected] } } } });

test("writes what is given, in Kubernetes' own words", () => {
  const given = {
    imagePullPolicy: 'IfNotPresent',
    command: ['node'],
    args: ['main.js', '--quiet'],
    workingDir: '/srv',
  } as const;
  const { findings, deployment } = podOf(given);
  expect(findings).toEqual([]);
  expect(deployment).toMatchObject(container({ name: 'mailer', image: 'mailer:1', ...given }));
});

test('writes nothing for what is not given', () => {
  for (const given of [{}, { env: {}, envFrom: [], mounts: {} }]) {
    const { deployment } = podOf(given);
    expect(deployment).toHaveProperty('spec.template.spec', {
      containers: [{ name: 'mailer', image: 'mailer:1' }],
    });
  }
});

test('leaves no entry without a value anywhere', () => {
  const { objects } = rendered((shop) => {
    const settings = new Config(shop, 'settings', { data: { A: '1' } });
    return new Worker(shop, 'mailer', {
      image: 'mailer:1',
      mounts: { '/etc/mailer': settings },
      env: { A: 'b' },
    });
  });
  expect(objects.flatMap((object) => entriesWithoutValue(object))).toEqual([]);
});

function entriesWithoutValue(value: JsonValue | undefined, path = ''): string[] {
  if (value === undefined || value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, entry]) => entriesWithoutValue(entry, `${path}.${key}`));
}

test('reads variables from texts, configs and secrets, in the order given', () => {
  const { deployment } = podOf((shop) => {
    const settings = new Config(shop, 'settings', { data: { LOG_LEVEL: 'info' } });
    const login = new SecretClaim(shop, 'login', { keys: ['password'] });
    return {
      env: { PLAIN: 'text', LOG_LEVEL: settings.key('LOG_LEVEL'), PASSWORD: login.key('password') },
      envFrom: [settings, login],
    };
  });
  expect(deployment).toMatchObject(
    container({
      env: [
        { name: 'PLAIN', value: 'text' },
        { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'LOG_LEVEL' } } },
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } },
      ],
      envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'login' } }],
    }),
  );
});

test('mounts configs, secret claims and volume claims', () => {
  const { deployment } = podOf((shop) => ({
    mounts: {
      '/etc/mailer': new Config(shop, 'settings', { data: { A: '1' } }),
      '/run/login': new SecretClaim(shop, 'login', { keys: ['password'] }),
      '/var/outbox': new VolumeClaim(shop, 'outbox', { size: '1Gi' }),
    },
  }));
  expect(deployment).toHaveProperty('spec.template.spec.volumes', [
    { name: 'settings', configMap: { name: 'settings' } },
    { name: 'login', secret: { secretName: 'login' } },
    { name: 'outbox', persistentVolumeClaim: { claimName: 'outbox' } },
  ]);
  expect(deployment).toMatchObject(
    container({
      volumeMounts: [
        { name: 'settings', mountPath: '/etc/mailer' },
        { name: 'login', mountPath: '/run/login' },
        { name: 'outbox', mountPath: '/var/outbox' },
      ],
    }),
  );
});

test('mounts two files of one volume, which the pod has once', () => {
  const { deployment, findings } = podOf((shop) => {
    const volume = new Config(shop, 'settings', { data: { a: '1', b: '2' } });
    return {
      mounts: { '/etc/a': { volume, subPath: 'a', readOnly: true }, '/etc/b': { volume, subPath: 'b' } },
    };
  });
  expect(findings).toEqual([]);
  expect(deployment).toHaveProperty('spec.template.spec.volumes', [
    { name: 'settings', configMap: { name: 'settings' } },
  ]);
  expect(deployment).toHaveProperty('spec.template.spec.containers[0].volumeMounts', [
    { name: 'settings', mountPath: '/etc/a', subPath: 'a', readOnly: true },
    { name: 'settings', mountPath: '/etc/b', subPath: 'b' },
  ]);
});

test('names a wrong config once, and not again where it is mounted', () => {
  const { findings } = podOf((shop) => ({
    mounts: { '/etc/mailer': new Config(shop, 'settings', { data: { 'a b': '1' } }) },
  }));
  expect(findings.map(({ path }) => path)).toEqual(['shop/settings']);
});

test.each([
  ['mailer:1.2.3', '1.2.3'],
  ['localhost:5000/mailer:v2', 'v2'],
  ['mailer:1.2.3@sha256:' + 'a'.repeat(64), '1.2.3'],
  ['mailer', undefined],
  ['localhost:5000/mailer', undefined],
  ['mailer@sha256:' + 'a'.repeat(64), undefined],
  ['mailer:_nightly', undefined],
  ['mailer:' + 'a'.repeat(64), undefined],
])('the version label of %s is %s', (image, version) => {
  const { deployment } = podOf({ image });
  expect(deployment?.metadata.labels?.['app.kubernetes.io/version']).toBe(version);
});

test.each([
  [{ image: '' }, 'image'],
  [{ imagePullPolicy: 'Sometimes' }, 'imagePullPolicy'],
  [{ env: { 'A=B': '1' } }, 'env[A=B]'],
  [{ env: { '': '1' } }, 'env'],
  [{ envFrom: ['settings'] }, 'envFrom.0'],
  [{ mounts: { 'etc/mailer': 'settings' } }, 'mounts[etc/mailer]'],
  [{ mounts: { '/etc': 'settings' } }, 'mounts[/etc]'],
])('rejects %j', (given, property) => {
  const { findings } = podOf(JSON.parse(JSON.stringify(given)));
  expect(findings[0]?.written).toContain(`\`${property}`);
  expect(findings[0]).toMatchObject({ path: 'shop/mailer', severity: 'error' });
});

test.each(['/etc/a', '..', '../a', 'a/../b', ''])('rejects the path "%s" in a volume', (subPath) => {
  const { findings } = podOf((shop) => ({
    mounts: { '/etc/a': { volume: new Config(shop, 'settings', { data: {} }), subPath } },
  }));
  expect(findings).toMatchObject([{ code: 'property-invalid', path: 'shop/mailer' }]);
});
