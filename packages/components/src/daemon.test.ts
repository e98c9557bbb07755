import { Application, Exposed, Pods, Scalable } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Daemon } from './daemon.ts';

const properties = { image: 'ghcr.io/acme/shipper:2.0.0' };

test('is a DaemonSet, whose pods have the labels that it selects them by', () => {
  const { findings, objects } = rendered((shop) => new Daemon(shop, 'shipper', properties));
  expect(findings).toEqual([]);
  expect(objects).toMatchObject([
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'shipper', labels: { 'app.kubernetes.io/version': '2.0.0' } },
      spec: {
        selector: { matchLabels: { app: 'shipper' } },
        template: { metadata: { labels: { app: 'shipper', 'app.kubernetes.io/name': 'shipper' } } },
      },
    },
  ]);
});

test('offers its pods only: its nodes decide how many there are', () => {
  const shop = new Application(new App(), 'shop');
  const shipper = new Daemon(shop, 'shipper', properties);
  expect(Pods.of(shipper)).toMatchObject({ workload: { kind: 'DaemonSet' }, template: 'spec.template' });
  expect(Scalable.tryOf(shipper)).toBeUndefined();
  expect(Exposed.tryOf(shipper)).toBeUndefined();
});

test('is called through a port of its node', () => {
  const ports = { statsd: { containerPort: 8125, hostPort: 8125, protocol: 'UDP' } } as const;
  const { objects } = rendered((shop) => new Daemon(shop, 'shipper', { ...properties, ports }));
  expect(objects).toMatchObject([
    {
      spec: {
        template: {
          spec: {
            containers: [
              { ports: [{ name: 'statsd', containerPort: 8125, hostPort: 8125, protocol: 'UDP' }] },
            ],
          },
        },
      },
    },
  ]);
});
