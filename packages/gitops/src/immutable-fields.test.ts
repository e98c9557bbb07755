import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, StatefulService, VolumeClaim, WebService, Worker } from '@strake/components';
import { Application, render } from '@strake/core';
import { annotations } from '@strake/traits';
import type { Construct } from 'constructs';
import { afterAll, expect, test } from 'vitest';
import { plan } from './plan.ts';
import { write, type WriteOptions } from './write.ts';

const work = mkdtempSync(join(tmpdir(), 'strake-immutable-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const IMAGE = 'ghcr.io/acme/web:1.4.2';

function written(folder: string, make: (shop: Application) => unknown, options?: WriteOptions) {
  class Shop extends Application {
    constructor(parent: Construct, id: string) {
      super(parent, id);
      make(this);
    }
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop } });
  expect(findings).toEqual([]);
  return write(plan('shop', applications), join(work, folder), options).findings;
}

/** The findings of a second write, after a first one that had none. */
function changed(
  folder: string,
  first: (shop: Application) => unknown,
  second: (shop: Application) => unknown,
  options?: WriteOptions,
) {
  expect(written(folder, first)).toEqual([]);
  return written(folder, second, options);
}

const stateful =
  (properties: Partial<ConstructorParameters<typeof StatefulService>[2]>) => (shop: Application) =>
    new StatefulService(shop, 'redis', {
      image: 'redis:7.4.1',
      ports: { redis: 6379 },
      storage: { path: '/data', size: '1Gi' },
      ...properties,
    });

test('names each field of a StatefulSet that no cluster changes, and writes nothing', () => {
  const change = () =>
    changed(
      'stateful',
      stateful({}),
      stateful({
        storage: { path: '/data', size: '2Gi' },
        adopt: { selector: { app: 'cache' }, serviceName: 'cache', volumeClaimTemplate: { name: 'state' } },
      }),
    );
  expect(change()).toMatchObject([
    {
      code: 'field-immutable',
      severity: 'error',
      path: 'environments/default/shop/statefulset-redis.yaml',
      written: 'another value at `spec.selector`, `spec.serviceName`, `spec.volumeClaimTemplates`',
      environments: ['default'],
    },
  ]);
  expect(written('stateful', stateful({}))).toEqual([]);
});

test('names the selector of a Deployment that is adopted after it was rendered', () => {
  const worker = (app?: string) => (shop: Application) =>
    new Worker(shop, 'mailer', { image: IMAGE, ...(app && { adopt: { selector: { app } } }) });
  expect(changed('selector', worker(), worker('legacy'))).toMatchObject([
    { code: 'field-immutable', written: 'another value at `spec.selector`' },
  ]);
});

test('lets what a cluster changes change', () => {
  const web = (version: string) => (shop: Application) =>
    new WebService(shop, 'web', { image: `ghcr.io/acme/web:${version}`, ports: { http: version.length } });
  const config = (text: string) => (shop: Application) => new Config(shop, 'web', { data: { text } });
  expect(changed('image', web('1'), web('1.2'))).toEqual([]);
  expect(changed('config', config('selector'), config('serviceName'))).toEqual([]);
});

test('names a Service that gets or loses its address', () => {
  const web = (headless: boolean) => (shop: Application) =>
    new WebService(shop, 'web', {
      image: IMAGE,
      ports: { http: 80 },
      adopt: { selector: { app: 'web' }, service: { headless } },
    });
  const finding = { code: 'field-immutable', written: 'another value at `spec.clusterIP`' };
  expect(changed('headless', web(false), web(true))).toMatchObject([finding]);
  expect(changed('addressed', web(true), web(false))).toMatchObject([finding]);
});

test('names a claim of another class, and not one whose class is said for the first time', () => {
  const claim = (storageClassName?: string) => (shop: Application) =>
    new VolumeClaim(shop, 'uploads', { size: '1Gi', ...(storageClassName && { storageClassName }) });
  expect(changed('first', claim(), claim('fast'))).toEqual([]);
  const finding = { code: 'field-immutable', written: 'another value at `spec.storageClassName`' };
  expect(changed('other', claim('fast'), claim('slow'))).toMatchObject([finding]);
  expect(changed('none', claim('fast'), claim())).toMatchObject([finding]);
});

test('warns where the object is to be replaced, or where it is written by force', () => {
  const worker = (app: string, on: Record<string, string>) => (shop: Application) =>
    new Worker(shop, 'mailer', { image: IMAGE, adopt: { selector: { app } } }).attach(
      annotations({ annotations: { 'acme.example/team': 'shop', ...on }, on: 'workload' }),
    );
  const warning = { code: 'field-immutable', severity: 'warning' };
  const flux = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' };
  const argo = { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' };
  const half = { 'argocd.argoproj.io/sync-options': 'Replace=true' };
  expect(changed('flux', worker('a', {}), worker('b', flux))).toMatchObject([warning]);
  expect(changed('argo', worker('a', {}), worker('b', argo))).toMatchObject([warning]);
  expect(changed('half', worker('a', {}), worker('b', half))).toMatchObject([{ severity: 'error' }]);
  expect(changed('force', worker('a', {}), worker('b', {}), { force: true })).toMatchObject([warning]);
});
