import { Application, Exposed, Pods, Scalable } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Worker } from './worker.ts';

const properties = { image: 'ghcr.io/acme/mailer:1.1.0' };

test('is a Deployment without a Service', () => {
  const { findings, objects } = rendered((shop) => new Worker(shop, 'mailer', properties));
  expect(findings).toEqual([]);
  expect(objects).toMatchObject([
    {
      kind: 'Deployment',
      metadata: { name: 'mailer' },
      spec: { selector: { matchLabels: { app: 'mailer' } } },
    },
  ]);
  expect(objects[0]).not.toHaveProperty('spec.template.spec.containers[0].ports');
});

test('offers its pods and its replicas, and nothing that others call', () => {
  const shop = new Application(new App(), 'shop');
  const mailer = new Worker(shop, 'mailer', properties);
  expect(Pods.of(mailer).container).toBe('mailer');
  expect(Scalable.of(mailer).workload.name).toBe('mailer');
  expect(Exposed.tryOf(mailer)).toBeUndefined();
});

test('names ports for probes and monitors', () => {
  const { of } = rendered((shop) => new Worker(shop, 'mailer', { ...properties, ports: { metrics: 9090 } }));
  expect(of('Deployment')).toMatchObject({
    spec: {
      template: {
        spec: { containers: [{ ports: [{ name: 'metrics', containerPort: 9090, protocol: 'TCP' }] }] },
      },
    },
  });
});

test('rejects a port of a Service, which it does not have', () => {
  const ports = { metrics: { containerPort: 9090, port: 80 } };
  expect(rendered((shop) => new Worker(shop, 'mailer', { ...properties, ports })).findings).toMatchObject([
    { code: 'property-unknown', written: '`ports.metrics.port` of `Worker` is given as 80' },
  ]);
});
