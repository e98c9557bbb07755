import { Application, Exposed, Pods, Scalable } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Config } from './config.ts';
import { StatefulService } from './stateful-service.ts';

const properties = { image: 'redis:7.4.1', ports: { redis: 6379 } };
const storage = { path: '/data', size: '1Gi' };

test('is a StatefulSet behind a headless Service of its name', () => {
  const { findings, of } = rendered((shop) => new StatefulService(shop, 'redis', properties));
  expect(findings).toEqual([]);
  expect(of('Service')).toMatchObject({
    metadata: { name: 'redis' },
    spec: { clusterIP: 'None', selector: { app: 'redis' }, ports: [{ name: 'redis', port: 6379 }] },
  });
  expect(of('StatefulSet')).toMatchObject({
    spec: { serviceName: 'redis', selector: { matchLabels: { app: 'redis' } } },
  });
  expect(of('StatefulSet')).not.toHaveProperty('spec.volumeClaimTemplates');
  expect(of('StatefulSet')).not.toHaveProperty('spec.template.spec.containers[0].volumeMounts');
});

test('offers its pods, its replicas and its ports', () => {
  const shop = new Application(new App(), 'shop');
  const redis = new StatefulService(shop, 'redis', properties);
  expect(Pods.of(redis)).toMatchObject({ workload: { kind: 'StatefulSet' }, container: 'redis' });
  expect(Scalable.of(redis).workload.kind).toBe('StatefulSet');
  expect(Exposed.of(redis).service.name).toBe('redis');
});

test('gives every pod storage of its own', () => {
  const { of } = rendered((shop) => new StatefulService(shop, 'redis', { ...properties, storage }));
  expect(of('StatefulSet')).toMatchObject({
    spec: {
      template: { spec: { containers: [{ volumeMounts: [{ name: 'data', mountPath: '/data' }] }] } },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: { 'app.kubernetes.io/name': 'redis' } },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  });
});

test('rejects storage at a path where something is mounted', () => {
  const { findings } = rendered((shop) => {
    const mounts = { '/data': new Config(shop, 'settings', { data: { A: '1' } }) };
    return new StatefulService(shop, 'redis', { ...properties, storage, mounts });
  });
  expect(findings).toMatchObject([
    { code: 'property-invalid', allowed: 'a path at which nothing of `mounts` stands' },
  ]);
});

test('rejects a mounted component whose name is that of the storage', () => {
  const { findings } = rendered((shop) => {
    const mounts = { '/etc/redis': new Config(shop, 'data', { data: { A: '1' } }) };
    return new StatefulService(shop, 'redis', { ...properties, storage, mounts });
  });
  expect(findings).toMatchObject([{ code: 'property-invalid', path: 'shop/redis' }]);
});

test('rejects sizes that are no quantities and paths that are not absolute', () => {
  const wrong = { path: 'data', size: '1 GB' };
  expect(
    rendered((shop) => new StatefulService(shop, 'redis', { ...properties, storage: wrong })).findings,
  ).toMatchObject([
    { written: '`storage.path` of `StatefulService` is "data"' },
    { written: '`storage.size` of `StatefulService` is "1 GB"' },
  ]);
});

test('refuses a name with which no pod could start', () => {
  const named = (length: number) =>
    rendered((shop) => new StatefulService(shop, 'r'.repeat(length), properties)).findings;
  expect(named(52)).toEqual([]);
  expect(named(53)).toMatchObject([{ code: 'name-invalid', fix: 'Shorten it by 1.' }]);
});
