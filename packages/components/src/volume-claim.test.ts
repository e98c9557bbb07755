import { Application, Mountable, render } from '@strake/core';
import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { VolumeClaim } from './volume-claim.ts';

function rendered(make: (shop: Application) => unknown) {
  class Shop extends Application {
    constructor(parent: Construct, id: string) {
      super(parent, id);
      make(this);
    }
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop } });
  const objects = applications[0]?.manifests.map(({ object }) => object) ?? [];
  return { objects, findings, of: (kind: string) => objects.find((object) => object.kind === kind) };
}

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
