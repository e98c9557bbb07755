import { Config, WebService } from '@strake/components';
import { Application, render, type Trait } from '@strake/core';
import { expect, test } from 'vitest';
import { configRollout } from './config-rollout.ts';
import { env } from './env.ts';
import { initContainer } from './init-container.ts';
import { sidecar } from './sidecar.ts';
import { storage } from './storage.ts';

type Data = Readonly<Record<string, string>>;

function renderShop(settings: Data, other: Data, traits: readonly Trait<'pods'>[]) {
  class Shop extends Application {
    readonly settings = new Config(this, 'settings', { data: settings });
    readonly other = new Config(this, 'other', { data: other });
    readonly web = new WebService(this, 'web', {
      image: 'a:1',
      ports: { http: 8080 },
      mounts: { '/etc/settings': this.settings },
    }).attach(...traits);
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop } });
  const text = JSON.stringify(applications[0]?.manifests.map(({ object }) => object));
  return { findings, hash: /"checksum\/config":"([0-9a-f]{64})"/.exec(text)?.[1] };
}

test('replaces pods when a mounted config changes, and only then', () => {
  const rollout = [configRollout()];
  const first = renderShop({ region: 'eu', tier: 'one' }, { level: 'info' }, rollout);
  expect(first.findings).toEqual([]);
  expect(first.hash).toBeDefined();
  expect(renderShop({ tier: 'one', region: 'eu' }, { level: 'info' }, rollout).hash).toBe(first.hash);
  expect(renderShop({ region: 'eu', tier: 'one' }, { level: 'debug' }, rollout).hash).toBe(first.hash);
  expect(renderShop({ region: 'us', tier: 'one' }, { level: 'info' }, rollout).hash).not.toBe(first.hash);
});

const variables = { LEVEL: { valueFrom: { configMapKeyRef: { name: 'other', key: 'level' } } } };

test.each<[string, Trait<'pods'>]>([
  ['env', env({ variables })],
  ['env from', env({ from: [{ configMapRef: { name: 'other' } }] })],
  ['storage', storage({ volumes: { other: { configMap: { name: 'other' }, mountPath: '/other' } } })],
  ['sidecar', sidecar({ containers: { proxy: { image: 'b:1', env: variables } } })],
  ['init-container', initContainer({ containers: { warm: { image: 'c:1', env: variables } } })],
])('replaces pods when a config changes that they use by %s', (_, trait) => {
  const before = renderShop({}, { level: 'info' }, [configRollout(), trait]);
  const after = renderShop({}, { level: 'debug' }, [trait, configRollout()]);
  expect(before.findings).toEqual([]);
  expect(after.hash).toBeDefined();
  expect(after.hash).not.toBe(before.hash);
});

test('counts the named configs only, and names one that the pods do not use', () => {
  const rollout = [configRollout({ configs: ['settings'] }), env({ variables })];
  const first = renderShop({ region: 'eu' }, { level: 'info' }, rollout);
  expect(first.findings).toEqual([]);
  expect(renderShop({ region: 'eu' }, { level: 'debug' }, rollout).hash).toBe(first.hash);
  expect(renderShop({}, {}, [configRollout({ configs: ['other', 'settings'] })]).findings).toMatchObject([
    {
      code: 'reference-unknown',
      written: '`configs` of `configRollout` names `other`',
      allowed: 'settings',
    },
  ]);
});

test('warns of pods that use no config of the application', () => {
  class Plain extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      configRollout(),
      env({ from: [{ configMapRef: { name: 'elsewhere' } }] }),
    );
  }
  expect(render({ project: 'plain', applications: { plain: Plain } }).findings).toMatchObject([
    { code: 'trait-requires', severity: 'warning', path: 'plain/web' },
  ]);
});
