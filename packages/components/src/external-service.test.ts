import { Application, Exposed, Pods } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { ExternalService, type ExternalServiceProperties } from './external-service.ts';
import { Worker } from './worker.ts';

const ports = { postgres: 5432 };

test('with a host it is a Service that is an alias of it', () => {
  const { findings, objects } = rendered(
    (shop) => new ExternalService(shop, 'db', { host: 'db.example.com', ports }),
  );
  expect(findings).toEqual([]);
  expect(objects.map(({ kind }) => kind)).toEqual(['Service']);
  expect(objects[0]?.['spec']).toEqual({
    type: 'ExternalName',
    externalName: 'db.example.com',
    ports: [{ name: 'postgres', port: 5432, protocol: 'TCP' }],
  });
});

test('with addresses it is a headless Service and a list of endpoints for each family', () => {
  const addresses = ['10.20.0.7', 'fd00:20::7', '10.20.0.8'];
  const { findings, objects } = rendered((shop) => new ExternalService(shop, 'db', { addresses, ports }));
  expect(findings).toEqual([]);
  expect(objects).toMatchObject([
    {
      kind: 'Service',
      spec: { clusterIP: 'None', ports: [{ name: 'postgres', port: 5432, protocol: 'TCP' }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'db-ipv4', labels: { 'kubernetes.io/service-name': 'db' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.20.0.7'] }, { addresses: ['10.20.0.8'] }],
      ports: [{ name: 'postgres', port: 5432, protocol: 'TCP' }],
    },
    { metadata: { name: 'db-ipv6' }, addressType: 'IPv6', endpoints: [{ addresses: ['fd00:20::7'] }] },
  ]);
  expect(objects[0]).not.toHaveProperty('spec.selector');
});

test('offers its ports, and no pods', () => {
  const shop = new Application(new App(), 'shop');
  const properties = {
    host: 'db.example.com',
    ports: { mysql: { port: 3306 }, dns: { port: 53, protocol: 'UDP' } },
  } as const;
  const db = new ExternalService(shop, 'db', properties);
  expect(Exposed.of(db)).toMatchObject({
    service: { kind: 'Service', name: 'db' },
    ports: [
      { name: 'mysql', port: 3306, containerPort: 3306, protocol: 'TCP' },
      { name: 'dns', port: 53, containerPort: 53, protocol: 'UDP' },
    ],
  });
  expect(Pods.tryOf(db)).toBeUndefined();
});

test('a component that connects to it is told where it is', () => {
  const { findings, of } = rendered((shop) => {
    const db = new ExternalService(shop, 'db', { addresses: ['10.20.0.7'], ports });
    return new Worker(shop, 'mailer', { image: 'mailer:1' }).connectTo(db, { env: 'DATABASE' });
  });
  expect(findings).toEqual([]);
  expect(of('Deployment')).toMatchObject({
    spec: { template: { spec: { containers: [{ env: [{ name: 'DATABASE', value: 'db:5432' }] }] } } },
  });
});

test.each<[ExternalServiceProperties, string]>([
  [{ ports }, 'exactly one of `host` and `addresses`'],
  [{ ports, host: 'db.example.com', addresses: ['10.20.0.7'] }, 'exactly one of `host` and `addresses`'],
  [{ ports, host: '10.20.0.7' }, 'a host name; IP addresses stand in `addresses`'],
  [{ ports, host: 'https://db' }, 'a host name in lower case, such as `db.example.com`'],
  [{ ports, host: 'db..example.com' }, 'a host name in lower case, such as `db.example.com`'],
  [{ ports, addresses: ['10.20.0.256'] }, 'an IP address such as `10.20.0.7`'],
  [{ ports, addresses: ['127.0.0.1'] }, 'an address that other machines can reach'],
  [{ ports, addresses: ['fe80::1'] }, 'an address that other machines can reach'],
  [{ ports, addresses: ['FD00::7'] }, 'an IPv6 address in its shortest form, in lower case'],
  [{ ports, addresses: ['fd00:0:0::1'] }, 'an IPv6 address in its shortest form, in lower case'],
  [{ ports, addresses: ['::ffff:102:304'] }, 'an address that other machines can reach'],
  [{ ports: {}, host: 'db.example.com' }, 'at least one port'],
])('rejects %j', (properties, allowed) => {
  expect(rendered((shop) => new ExternalService(shop, 'db', properties)).findings).toMatchObject([
    { code: 'property-invalid', path: 'shop/db', allowed },
  ]);
});
