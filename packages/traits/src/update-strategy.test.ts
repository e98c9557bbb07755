import { Daemon, StatefulService, Task, WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { updateStrategy, type UpdateStrategyProperties } from './update-strategy.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: UpdateStrategyProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(updateStrategy(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

test('says how a Deployment replaces its pods', () => {
  const { findings, spec } = shopWith({
    maxSurge: 1,
    maxUnavailable: '10%',
    minReadySeconds: 5,
    progressDeadlineSeconds: 300,
    revisionHistoryLimit: 3,
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject({
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '10%' } },
    minReadySeconds: 5,
    progressDeadlineSeconds: 300,
    revisionHistoryLimit: 3,
  });
  expect(shopWith({ type: 'Recreate' }).spec).toMatchObject({ strategy: { type: 'Recreate' } });
  expect(JSON.stringify(shopWith({ minReadySeconds: 5 }).spec)).not.toContain('"strategy"');
});

function onStateful(properties: UpdateStrategyProperties) {
  class Stored extends Application {
    readonly db = new StatefulService(this, 'db', { image: 'a:1', ports: { tcp: 5432 } }).attach(
      updateStrategy(properties),
    );
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Stored } });
  const set = applications[0]?.manifests.find(({ object }) => object.kind === 'StatefulSet');
  return { findings, spec: set?.object['spec'] };
}

test('says how a StatefulSet replaces its pods', () => {
  const { findings, spec } = onStateful({ partition: 2 });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
  expect(onStateful({ type: 'OnDelete' }).spec).toMatchObject({ updateStrategy: { type: 'OnDelete' } });
});

test('says how a DaemonSet replaces its pods', () => {
  class Agents extends Application {
    readonly agent = new Daemon(this, 'agent', { image: 'a:1' }).attach(
      updateStrategy({ maxSurge: 1, maxUnavailable: 0 }),
    );
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Agents } });
  expect(findings).toEqual([]);
  const set = applications[0]?.manifests.find(({ object }) => object.kind === 'DaemonSet');
  expect(set?.object['spec']).toMatchObject({
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  });
});

test('names what a kind of workload does not have', () => {
  expect(shopWith({ type: 'OnDelete' }).findings).toMatchObject([
    {
      written: '`type` of `updateStrategy` is `OnDelete` on a Deployment',
      allowed: '`RollingUpdate` or `Recreate`',
    },
  ]);
  expect(shopWith({ partition: 1 }).findings).toMatchObject([
    { written: '`partition` of `updateStrategy` on a Deployment whose type is `RollingUpdate`' },
  ]);
  expect(shopWith({ type: 'Recreate', maxSurge: 1 }).findings).toMatchObject([
    { written: '`maxSurge` of `updateStrategy` on a Deployment whose type is `Recreate`' },
  ]);
  expect(onStateful({ maxSurge: 1 }).findings).toMatchObject([{ code: 'property-invalid', path: 'shop/db' }]);
});

test('refuses workloads that do not replace their pods', () => {
  class Jobs extends Application {
    readonly job = new Task(this, 'job', { image: 'a:1' }).attach(updateStrategy({ minReadySeconds: 5 }));
  }
  expect(render({ project: 'jobs', applications: { jobs: Jobs } }).findings).toMatchObject([
    { code: 'trait-misplaced', written: '`updateStrategy` on a Job' },
  ]);
});

test('rejects an update that can never go on, and nothing', () => {
  expect(shopWith({ maxSurge: 0, maxUnavailable: '0%' }).findings).toMatchObject([
    { code: 'property-invalid' },
  ]);
  expect(shopWith({ minReadySeconds: 600 }).findings).toMatchObject([{ code: 'property-invalid' }]);
  expect(shopWith({ maxSurge: 'some' }).findings).toMatchObject([{ code: 'property-invalid' }]);
  expect(shopWith({}).findings).toMatchObject([{ code: 'property-invalid' }]);
});
