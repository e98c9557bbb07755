import { Application, Mountable } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { VolumeClaim } from './volume-claim.ts';

test('is a PersistentVolumeClaim that one node mounts, of the default class', () => {
  const { findings, objects } = rendered((shop) => new VolumeClaim(shop, 'outbox', { size: '2Gi' }));
  expect(findings).toEqual([]);
  expect(objects).toMatchObject([{ kind: 'PersistentVolumeClaim', metadata: { name: 'outbox' } }]);
  expect(objects[0]?.['spec']).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '2Gi' } },
  });
});

test('asks for a class and for nodes that share it', () => {
  const { objects } = rendered(
    (shop) =>
      new VolumeClaim(shop, 'outbox', {
        size: '2Gi',
        storageClassName: 'nfs',
        accessModes: ['ReadWriteMany'],
      }),
  );
  expect(objects).toMatchObject([{ spec: { accessModes: ['ReadWriteMany'], storageClassName: 'nfs' } }]);
});

test('offers a volume', () => {
  const shop = new Application(new App(), 'shop');
  expect(Mountable.of(new VolumeClaim(shop, 'outbox', { size: '2Gi' }))).toEqual({
    volume: { persistentVolumeClaim: { claimName: 'outbox' } },
  });
});

test.each(['2 Gi', '2GB', '-1Gi', ''])('rejects the size "%s"', (size) => {
  expect(rendered((shop) => new VolumeClaim(shop, 'outbox', { size })).findings).toMatchObject([
    { code: 'property-invalid', allowed: 'a quantity such as `1Gi`' },
  ]);
});
