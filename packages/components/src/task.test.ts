import { Application, Pods, Scalable } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Task, type TaskProperties } from './task.ts';
import { WebService } from './web-service.ts';

const properties: TaskProperties = { image: 'ghcr.io/acme/migrate:3.0.0', args: ['up'] };

test('is a Job that leaves failed pods to be looked at, and all else to Kubernetes', () => {
  const { findings, objects } = rendered((shop) => new Task(shop, 'migrate', properties));
  expect(findings).toEqual([]);
  expect(objects).toMatchObject([
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate', labels: { 'app.kubernetes.io/version': '3.0.0' } },
    },
  ]);
  expect(objects[0]?.['spec']).toEqual({
    template: {
      metadata: { labels: expect.objectContaining({ app: 'migrate', 'app.kubernetes.io/name': 'migrate' }) },
      spec: {
        containers: [{ name: 'migrate', image: 'ghcr.io/acme/migrate:3.0.0', args: ['up'] }],
        restartPolicy: 'Never',
      },
    },
  });
});

test('writes how often and for how long it is tried', () => {
  const given = {
    completions: 3,
    parallelism: 2,
    backoffLimit: 0,
    activeDeadlineSeconds: 600,
    ttlSecondsAfterFinished: 0,
  };
  const { of } = rendered(
    (shop) => new Task(shop, 'migrate', { ...properties, ...given, restartPolicy: 'OnFailure' }),
  );
  expect(of('Job')).toMatchObject({
    spec: { ...given, template: { spec: { restartPolicy: 'OnFailure' } } },
  });
});

test('offers its pods, which others have no number of', () => {
  const shop = new Application(new App(), 'shop');
  const migrate = new Task(shop, 'migrate', properties);
  expect(Pods.of(migrate)).toMatchObject({
    workload: { kind: 'Job' },
    template: 'spec.template',
    container: 'migrate',
    selector: { app: 'migrate' },
  });
  expect(Scalable.tryOf(migrate)).toBeUndefined();
});

test('is told where the components are that it connects to', () => {
  const { of } = rendered((shop) => {
    const web = new WebService(shop, 'web', { image: 'web:1', ports: { http: 80 } });
    return new Task(shop, 'migrate', properties).connectTo(web, { env: 'WEB' });
  });
  expect(of('Job')).toMatchObject({
    spec: { template: { spec: { containers: [{ env: [{ name: 'WEB', value: 'web:80' }] }] } } },
  });
});

test.each([
  [{ completions: -1 }, 'completions'],
  [{ parallelism: 1.5 }, 'parallelism'],
  [{ activeDeadlineSeconds: 0 }, 'activeDeadlineSeconds'],
  [{ restartPolicy: 'Always' }, 'restartPolicy'],
])('rejects %j', (given, property) => {
  const wrong: TaskProperties = { ...properties, ...JSON.parse(JSON.stringify(given)) };
  const { findings } = rendered((shop) => new Task(shop, 'migrate', wrong));
  expect(findings).toMatchObject([{ code: 'property-invalid', path: 'shop/migrate' }]);
  expect(findings[0]?.written).toContain(`\`${property}\``);
});
