import { Application, Pods, Scalable } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { CronTask, type CronTaskProperties } from './cron-task.ts';

const properties: CronTaskProperties = { image: 'ghcr.io/acme/report:1.0.0', schedule: '0 3 * * *' };

test('is a CronJob, whose Jobs and pods have the labels of the component', () => {
  const { findings, objects } = rendered((shop) => new CronTask(shop, 'report', properties));
  expect(findings).toEqual([]);
  const labels = {
    'app.kubernetes.io/name': 'report',
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/managed-by': 'strake',
    'app.kubernetes.io/version': '1.0.0',
  };
  expect(objects).toEqual([
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'report', namespace: 'shop', labels },
      spec: {
        schedule: '0 3 * * *',
        jobTemplate: {
          metadata: { labels },
          spec: {
            template: {
              metadata: { labels: { app: 'report', ...labels } },
              spec: {
                containers: [{ name: 'report', image: 'ghcr.io/acme/report:1.0.0' }],
                restartPolicy: 'Never',
              },
            },
          },
        },
      },
    },
  ]);
});

test('writes what is given of the CronJob there, and of its Jobs in their template', () => {
  const cron = {
    timeZone: 'Europe/Berlin',
    concurrencyPolicy: 'Forbid',
    suspend: false,
    startingDeadlineSeconds: 30,
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 2,
  } as const;
  const job = { backoffLimit: 1, ttlSecondsAfterFinished: 60 };
  const { of } = rendered((shop) => new CronTask(shop, 'report', { ...properties, ...cron, ...job }));
  expect(of('CronJob')).toMatchObject({ spec: { ...cron, jobTemplate: { spec: job } } });
});

test('offers its pods, two templates deep', () => {
  const shop = new Application(new App(), 'shop');
  const report = new CronTask(shop, 'report', properties);
  expect(Pods.of(report)).toMatchObject({
    workload: { kind: 'CronJob' },
    template: 'spec.jobTemplate.spec.template',
    container: 'report',
  });
  expect(Scalable.tryOf(report)).toBeUndefined();
});

test('refuses a name that leaves no room for the names of its Jobs', () => {
  const named = (length: number) =>
    rendered((shop) => new CronTask(shop, 'r'.repeat(length), properties)).findings;
  expect(named(52)).toEqual([]);
  expect(named(55)).toMatchObject([
    { code: 'name-invalid', written: expect.stringContaining('55 characters'), fix: 'Shorten it by 3.' },
  ]);
});

test.each(['local', 'Local', '', 'Europe Berlin', '/Europe', '../etc'])(
  'rejects the time zone "%s"',
  (timeZone) => {
    expect(
      rendered((shop) => new CronTask(shop, 'report', { ...properties, timeZone })).findings,
    ).toMatchObject([{ code: 'property-invalid', allowed: 'a time zone such as `Europe/Berlin`' }]);
  },
);

test('rejects a schedule that Kubernetes would not read', () => {
  expect(
    rendered((shop) => new CronTask(shop, 'report', { ...properties, schedule: '0 25 * * *' })).findings,
  ).toMatchObject([
    {
      code: 'property-invalid',
      written: '`schedule` of `CronTask` is "0 25 * * *"',
      allowed: 'an hour from 0 to 23, `*`, a range, a list or a step such as `*/2`',
    },
  ]);
});
