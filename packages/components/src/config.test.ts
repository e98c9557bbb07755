import { Application, Mountable, Pods } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Config } from './config.ts';

test('is a ConfigMap with the texts as they are', () => {
  const data = { LOG_LEVEL: 'info', 'cart.yaml': 'currency: EUR\n', EMPTY: '' };
  const { findings, objects } = rendered((shop) => new Config(shop, 'settings', { data }));
  expect(findings).toEqual([]);
  expect(objects).toMatchObject([
    { kind: 'ConfigMap', metadata: { name: 'settings', labels: { 'app.kubernetes.io/name': 'settings' } } },
  ]);
  expect(objects[0]?.['data']).toEqual(data);
});

test('offers a volume, and no pods', () => {
  const shop = new Application(new App(), 'shop');
  const settings = new Config(shop, 'settings', { data: {} });
  expect(Mountable.of(settings)).toEqual({ volume: { configMap: { name: 'settings' } }, keys: [] });
  expect(Pods.tryOf(settings)).toBeUndefined();
});

test('hands one key or all of them to an environment', () => {
  const shop = new Application(new App(), 'shop');
  const settings = new Config(shop, 'settings', { data: { A: '1' } });
  expect(settings.key('A')).toEqual({ valueFrom: { configMapKeyRef: { name: 'settings', key: 'A' } } });
  expect(settings.envFrom).toEqual({ configMapRef: { name: 'settings' } });
});

test('names a key that is asked of it and that it does not have', () => {
  const { findings } = rendered((shop) => {
    new Config(shop, 'settings', { data: { LOG_LEVEL: 'info' } }).key('LOG_LEVL');
    new Config(shop, 'other', { data: {} }).key('PORT');
  });
  expect(findings.map(({ path, allowed, fix }) => [path, allowed, fix])).toEqual([
    ['shop/other', 'no key: it has none', 'Add `PORT` to `data`, or ask for a key that stands there.'],
    ['shop/settings', '`LOG_LEVEL`', 'Did you mean `LOG_LEVEL`?'],
  ]);
});

test.each(['', 'a b', 'a/b', '.', '..', '..a', 'a'.repeat(254)])('rejects the key "%s"', (key) => {
  expect(rendered((shop) => new Config(shop, 'settings', { data: { [key]: '1' } })).findings).toMatchObject([
    { path: 'shop/settings', allowed: 'a key of letters, digits, `-`, `_` and `.`' },
  ]);
});

test('rejects numbers, which a ConfigMap cannot hold', () => {
  const data: Record<string, string> = JSON.parse('{"MAXIMUM": 5}');
  expect(rendered((shop) => new Config(shop, 'settings', { data })).findings).toMatchObject([
    { code: 'property-invalid', written: '`data.MAXIMUM` of `Config` is (masked)', allowed: 'a text' },
  ]);
});
