import { VolumeClaim, WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { replicas } from './replicas.ts';
import { storage, type StorageProperties } from './storage.ts';

class Shop extends Application {
  readonly data = new VolumeClaim(this, 'data', { size: '1Gi' });
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: 8080 },
    mounts: { '/data': this.data },
  });
}

function shopWith(properties: StorageProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(storage(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const ofKind = ({ objects }: ReturnType<typeof shopWith>, wanted: string) =>
  objects.filter(({ kind }) => kind === wanted);

test('mounts a folder, a config, a secret and a claim that exists', () => {
  const { findings, spec } = shopWith({
    volumes: {
      cache: { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' }, mountPath: '/cache' },
      settings: {
        configMap: { name: 'settings', items: { app: 'app.yaml' } },
        mountPath: '/etc/app',
        readOnly: true,
      },
      tls: {
        secret: { secretName: 'web-tls', defaultMode: 0o440 },
        mountPath: '/tls/ca.crt',
        subPath: 'ca.crt',
      },
      uploads: { persistentVolumeClaim: { claimName: 'uploads' }, mountPath: '/uploads' },
      scratch: { ephemeral: { size: '10Gi', storageClassName: 'fast' }, mountPath: '/scratch' },
    },
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject({
    template: {
      spec: {
        volumes: [
          { name: 'data' },
          { name: 'cache', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
          { name: 'settings', configMap: { name: 'settings', items: [{ key: 'app', path: 'app.yaml' }] } },
          { name: 'tls', secret: { secretName: 'web-tls', defaultMode: 0o440 } },
          { name: 'uploads', persistentVolumeClaim: { claimName: 'uploads' } },
          {
            name: 'scratch',
            ephemeral: {
              volumeClaimTemplate: {
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  storageClassName: 'fast',
                  resources: { requests: { storage: '10Gi' } },
                },
              },
            },
          },
        ],
        containers: [
          {
            volumeMounts: [
              { name: 'data', mountPath: '/data' },
              { name: 'cache', mountPath: '/cache' },
              { name: 'settings', mountPath: '/etc/app', readOnly: true },
              { name: 'tls', mountPath: '/tls/ca.crt', subPath: 'ca.crt' },
              { name: 'uploads', mountPath: '/uploads' },
              { name: 'scratch', mountPath: '/scratch' },
            ],
          },
        ],
      },
    },
  });
});

test('claims storage of a size under the name of the component and the volume', () => {
  const shop = shopWith({
    volumes: { files: { persistentVolumeClaim: { size: '5Gi' }, mountPath: '/files' } },
  });
  expect(shop.findings).toEqual([]);
  expect(JSON.stringify(shop.spec)).toContain(
    '{"name":"files","persistentVolumeClaim":{"claimName":"web-files"}}',
  );
  expect(ofKind(shop, 'PersistentVolumeClaim')).toMatchObject([
    { metadata: { name: 'data' } },
    {
      metadata: { name: 'web-files' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
    },
  ]);
});

test('makes a volume that only other containers mount', () => {
  const { findings, spec } = shopWith({ volumes: { logs: { emptyDir: {} } } });
  expect(findings).toEqual([]);
  expect(JSON.stringify(spec)).toContain('{"name":"logs","emptyDir":{}}');
  expect(JSON.stringify(spec)).not.toContain('{"name":"logs","mountPath"');
});

test('refuses files of the node without a reason, and warns with one', () => {
  const volumes = {
    node: { hostPath: { path: '/var/log', type: 'Directory' }, mountPath: '/node' },
  } as const;
  expect(shopWith({ volumes }).findings).toMatchObject([{ code: 'property-invalid', severity: 'error' }]);
  const { findings, spec } = shopWith({ volumes, allowHostPath: 'ships the logs of the node' });
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      written: 'the volume `node` is `/var/log` of the node, because: ships the logs of the node',
    },
  ]);
  expect(JSON.stringify(spec)).toContain('"hostPath":{"path":"/var/log","type":"Directory"}');
});

test('names a volume and a path that the component has already', () => {
  const { findings } = shopWith({ volumes: { data: { emptyDir: {}, mountPath: '/data' } } });
  expect(findings).toMatchObject([
    { written: '`storage` makes a mount at `/data`, which the component has already' },
    { written: '`storage` makes the volume `data`, which the component has already' },
  ]);
});

test('warns of several pods that share what one node may mount', () => {
  class Scaled extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      storage({ volumes: { files: { persistentVolumeClaim: { size: '5Gi' }, mountPath: '/files' } } }),
      replicas({ count: 3 }),
    );
  }
  expect(render({ project: 'shop', applications: { shop: Scaled } }).findings).toMatchObject([
    { severity: 'warning', written: 'up to 3 pods share the volume `files`, which one node may mount' },
  ]);
});

test('rejects several sources, none, and a path that leads out of the volume', () => {
  expect(shopWith({ volumes: { a: { emptyDir: {}, secret: { secretName: 'b' } } } }).findings).toMatchObject([
    { code: 'property-invalid', severity: 'error' },
  ]);
  expect(shopWith({ volumes: { a: { mountPath: '/a' } } }).findings).toMatchObject([
    { code: 'property-invalid' },
  ]);
  expect(
    shopWith({ volumes: { a: { emptyDir: {}, mountPath: '/a', subPath: '../b' } } }).findings,
  ).toMatchObject([{ written: '`volumes.a.subPath` of `storage` is "../b"' }]);
});
