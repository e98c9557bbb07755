import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, StatefulService, VolumeClaim, WebService, Worker } from '@strake/components';
import { Application, Platform, render } from '@strake/core';
import { sortFindings } from '@strake/core/tools';
import { annotations, mergePatch } from '@strake/traits';
import type { Construct } from 'constructs';
import { afterAll, expect, test } from 'vitest';
import { comparedWithRepository } from './hard-changes.ts';
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
      path: 'shop',
      object: 'StatefulSet/redis',
      written:
        'StatefulSet `redis`: `spec.selector.matchLabels.app` from "redis" to "cache", ' +
        '`spec.serviceName` from "redis" to "cache", ' +
        '`spec.volumeClaimTemplates.0.metadata.name` from "data" to "state", ' +
        '`spec.volumeClaimTemplates.0.metadata.labels` from ' +
        '{"app.kubernetes.io/managed-by":"strake","app.kubernetes.... to nothing, ' +
        '`spec.volumeClaimTemplates.0.spec.resources.requests.storage` from "1Gi" to "2Gi"',
      environments: ['default'],
    },
  ]);
  expect(written('stateful', stateful({}))).toEqual([]);
});

test('names the selector of a Deployment that is adopted after it was rendered', () => {
  const worker = (app?: string) => (shop: Application) =>
    new Worker(shop, 'mailer', { image: IMAGE, ...(app && { adopt: { selector: { app } } }) });
  expect(changed('selector', worker(), worker('legacy'))).toMatchObject([
    {
      code: 'field-immutable',
      written: 'Deployment `mailer`: `spec.selector.matchLabels.app` from "mailer" to "legacy"',
    },
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
  const finding = (change: string) => ({
    code: 'field-immutable',
    written: `Service \`web\`: \`spec.clusterIP\` ${change}`,
  });
  expect(changed('headless', web(false), web(true))).toMatchObject([finding('from nothing to "None"')]);
  expect(changed('addressed', web(true), web(false))).toMatchObject([finding('from "None" to nothing')]);
});

test('names a claim of another class, and not one whose class is said for the first time', () => {
  const claim = (storageClassName?: string) => (shop: Application) =>
    new VolumeClaim(shop, 'uploads', { size: '1Gi', ...(storageClassName && { storageClassName }) });
  expect(changed('first', claim(), claim('fast'))).toEqual([]);
  const finding = (change: string) => ({
    code: 'field-immutable',
    written: `PersistentVolumeClaim \`uploads\`: \`spec.storageClassName\` ${change}`,
  });
  expect(changed('other', claim('fast'), claim('slow'))).toMatchObject([finding('from "fast" to "slow"')]);
  expect(changed('none', claim('fast'), claim())).toMatchObject([finding('from "fast" to nothing')]);
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

class Adopted extends Application {
  readonly mailer = new Worker(this, 'mailer', { image: IMAGE, adopt: { selector: { app: 'legacy' } } });
  readonly redis = new StatefulService(this, 'redis', {
    image: 'redis:7.4.1',
    ports: { redis: 6379 },
    storage: { path: '/data', size: '1Gi' },
  }).attach(
    mergePatch({
      reason: 'shows whose line is named',
      patches: [{ target: { kind: 'StatefulSet' }, patch: { spec: { podManagementPolicy: 'Parallel' } } }],
    }),
  );
}

class Old extends Application {
  readonly mailer = new Worker(this, 'mailer', { image: IMAGE });
  readonly redis = new StatefulService(this, 'redis', {
    image: 'redis:7.4.1',
    ports: { redis: 6379 },
    storage: { path: '/data', size: '1Gi' },
  });
}

const platform = new Platform('acme', { environments: { staging: {}, production: {} } });

test('the same change in two environments is one finding, with the line of whoever makes it', () => {
  const directory = join(work, 'lines');
  const rendered = (shop: typeof Application) =>
    render({ project: 'shop', platform, applications: { shop } }).applications;
  expect(write(plan('shop', rendered(Old)), directory).findings).toEqual([]);
  const expected = [
    {
      path: 'shop/mailer',
      environments: ['staging', 'production'],
      sources: [
        { file: expect.stringContaining('immutable-fields.test.ts'), line: lineOf('new Worker(this') },
      ],
      written: 'Deployment `mailer`: `spec.selector.matchLabels.app` from "mailer" to "legacy"',
    },
    {
      path: 'shop/redis',
      environments: ['staging', 'production'],
      sources: [{ line: lineOf('    mergePatch({') }],
      written: 'StatefulSet `redis`: `spec.podManagementPolicy` from nothing to "Parallel"',
    },
  ];
  const order = ['staging', 'production'];
  const traced = write(plan('shop', rendered(Adopted), { traced: true }), directory, { dryRun: true });
  expect(sortFindings(traced.findings, order)).toMatchObject(expected);

  const compared: Parameters<typeof sortFindings>[0][number][] = [];
  const handed = comparedWithRepository(rendered(Adopted), { project: 'shop', directory }, (each) =>
    compared.push(each),
  );
  expect([...handed]).toHaveLength(2);
  expect(sortFindings(compared, order)).toEqual(sortFindings(traced.findings, order));

  const others = comparedWithRepository(rendered(Adopted), { project: 'other', directory }, () =>
    expect.unreachable(),
  );
  expect([...others]).toHaveLength(2);
});

/** The first line of this file with a text. */
function lineOf(text: string): number {
  const lines = readFileSync(import.meta.filename, 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}
