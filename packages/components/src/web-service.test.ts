import { Application, Exposed, Pods, Scalable, type Component } from '@strake/core';
import { App } from 'cdk8s';
import { expect, expectTypeOf, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { WebService, type WebServiceProperties } from './web-service.ts';

const properties: WebServiceProperties = { image: 'ghcr.io/acme/web:1.4.2', ports: { http: 8080 } };
const labels = {
  'app.kubernetes.io/name': 'web',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'strake',
};

test('is a Deployment behind a Service, and nothing else', () => {
  const { findings, objects } = rendered((shop) => new WebService(shop, 'web', properties));
  expect(findings).toEqual([]);
  expect(objects).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', labels },
      spec: {
        selector: { app: 'web' },
        ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        namespace: 'shop',
        labels: { ...labels, 'app.kubernetes.io/version': '1.4.2' },
      },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web', ...labels, 'app.kubernetes.io/version': '1.4.2' } },
          spec: {
            containers: [
              {
                name: 'web',
                image: 'ghcr.io/acme/web:1.4.2',
                ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
              },
            ],
          },
        },
      },
    },
  ]);
});

test('tells the container its own port', () => {
  const { findings, objects } = rendered(
    (shop) =>
      new WebService(shop, 'web', {
        ...properties,
        ports: {
          http: { port: 80, containerPort: 8080, env: 'PORT' },
          grpc: { port: 90, env: 'GRPC_PORT' },
          admin: 91,
        },
        env: { URL: 'http://localhost:$(PORT)' },
      }),
  );
  expect(findings).toEqual([]);
  expect(objects[1]).toHaveProperty('spec.template.spec.containers.0.env', [
    { name: 'PORT', value: '8080' },
    { name: 'GRPC_PORT', value: '90' },
    { name: 'URL', value: 'http://localhost:$(PORT)' },
  ]);
});

test('reports a variable that is said twice', () => {
  const ports = { http: { port: 80, env: 'PORT' } };
  const { findings } = rendered(
    (shop) => new WebService(shop, 'web', { ...properties, ports, env: { PORT: '1' } }),
  );
  expect(findings).toMatchObject([{ code: 'list-duplicate-key' }]);
});

test('offers its pods, its replicas and its ports', () => {
  const shop = new Application(new App(), 'shop');
  const web = new WebService(shop, 'web', properties);
  expectTypeOf(web).toExtend<Component<'pods' | 'scalable' | 'exposed'>>();
  expect(Pods.of(web)).toMatchObject({
    workload: { kind: 'Deployment', name: 'web' },
    template: 'spec.template',
    container: 'web',
    selector: { app: 'web' },
    labels: { 'app.kubernetes.io/name': 'web' },
  });
  expect(Scalable.of(web).workload.kind).toBe('Deployment');
  expect(Exposed.of(web)).toMatchObject({
    service: { kind: 'Service', name: 'web' },
    ports: [{ name: 'http', port: 8080, containerPort: 8080, protocol: 'TCP' }],
  });
});

test('listens on another port than its Service, by another protocol', () => {
  const ports = { dns: { port: 53, containerPort: 5353, protocol: 'UDP' } } as const;
  const { of } = rendered((shop) => new WebService(shop, 'web', { ...properties, ports }));
  expect(of('Service')).toMatchObject({
    spec: { ports: [{ name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' }] },
  });
  expect(of('Deployment')).toMatchObject({
    spec: {
      template: {
        spec: { containers: [{ ports: [{ name: 'dns', containerPort: 5353, protocol: 'UDP' }] }] },
      },
    },
  });
});

test.each([
  ['grpc-admin', 'grpc'],
  ['redis', 'redis'],
  ['httpish', undefined],
  ['metrics', undefined],
])('tells a mesh the protocol of the port %s: %s', (name, appProtocol) => {
  const { of } = rendered((shop) => new WebService(shop, 'web', { ...properties, ports: { [name]: 80 } }));
  const written = appProtocol === undefined ? {} : { appProtocol };
  expect(of('Service')).toHaveProperty('spec.ports', [
    { name, port: 80, targetPort: name, protocol: 'TCP', ...written },
  ]);
});

test.each([
  [{}, 'ports'],
  [{ HTTP: 80 }, 'ports.HTTP'],
  [{ '8080': 80 }, 'ports.8080'],
  [{ 'a--b': 80 }, 'ports.a--b'],
  [{ 'a-name-too-long-': 80 }, 'ports.a-name-too-long-'],
  [{ http: 0 }, 'ports.http'],
  [{ http: 65_536 }, 'ports.http'],
  [{ http: { port: 80.5 } }, 'ports.http.port'],
])('rejects the ports %j', (ports, property) => {
  const { findings, objects } = rendered((shop) => new WebService(shop, 'web', { ...properties, ports }));
  expect(objects).toEqual([]);
  expect(findings).toMatchObject([{ path: 'shop/web', severity: 'error' }]);
  expect(findings[0]?.written).toContain(`\`${property}\``);
});

test('names the property that was most likely meant', () => {
  const given = { ...properties, comand: ['serve'] };
  expect(rendered((shop) => new WebService(shop, 'web', given)).findings).toMatchObject([
    { code: 'property-unknown', fix: 'Did you mean `command`?' },
  ]);
});
