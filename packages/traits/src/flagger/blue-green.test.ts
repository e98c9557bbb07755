import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { traffic } from '../istio/traffic.ts';
import { blueGreen, type BlueGreenProperties } from './blue-green.ts';
import { canary } from './canary.ts';

const url = 'http://flagger-loadtester.flagger-system/gate/check';
const gated: BlueGreenProperties = { iterations: 5, webhooks: [{ type: 'confirm-promotion', url }] };
const shopWith = (properties: BlueGreenProperties) =>
  operatedShop((shop) => shop.web.attach(blueGreen(properties)));

test('needs no mesh: it checks the new revision so often, and then replaces the pods', () => {
  const { findings, of, objects } = shopWith(gated);
  expect(findings).toEqual([]);
  expect(of('Canary')).toMatchObject({
    spec: { provider: 'kubernetes', analysis: { iterations: 5, interval: '1m', threshold: 1 } },
  });
  expect(objects.some(({ kind, metadata }) => kind === 'Service' && metadata.name === 'web')).toBe(false);
});

test('copies requests to the new revision in a mesh', () => {
  const mirrored = shopWith({ ...gated, provider: 'istio', mirror: true, mirrorWeight: 20 });
  expect(mirrored.findings).toEqual([]);
  expect(mirrored.of('Canary')).toMatchObject({ spec: { analysis: { mirror: true, mirrorWeight: 20 } } });
});

test('fits ports that do not speak HTTP', () => {
  expect(operatedShop((shop) => shop.cache.attach(blueGreen(gated))).findings).toEqual([]);
});

test.each<[string, BlueGreenProperties, string]>([
  [
    'copies without a mesh',
    { mirror: true },
    'no `mirror` with kubernetes: it is for istio and gatewayapi:v1',
  ],
  [
    'shares of copies that the Gateway API does not know',
    {
      provider: 'gatewayapi:v1',
      service: { gatewayRefs: [{ name: 'public' }] },
      mirror: true,
      mirrorWeight: 1,
    },
    '`mirrorWeight` beside `mirror: true` with istio only',
  ],
  [
    'a gate for traffic that does not increase',
    { webhooks: [{ type: 'confirm-traffic-increase', url }] },
    '`confirm-traffic-increase` with `canary` only, which increases traffic',
  ],
  [
    'routes that nobody makes',
    { service: { hosts: ['a.example'] } },
    'no `hosts` with kubernetes: it is for istio and gatewayapi:v1',
  ],
  [
    'an Ingress that nobody changes',
    { ingressRef: { name: 'web' } },
    'no `ingressRef` with kubernetes: it is for nginx',
  ],
])('rejects %s', (_, properties, allowed) => {
  expect(shopWith({ ...gated, ...properties }).findings).toMatchObject([
    { code: 'property-invalid', allowed },
  ]);
});

test('excludes `traffic` without a mesh, and every other way to bring out revisions', () => {
  const { findings } = operatedShop((shop) => shop.web.attach(blueGreen(gated), traffic({ timeout: '5s' })));
  expect(findings).toMatchObject([
    { code: 'trait-conflict', written: 'the trait `traffic` beside `blueGreen` with kubernetes' },
  ]);
  const both = operatedShop((shop) =>
    shop.web.attach(blueGreen(gated), canary({ stepWeight: 10, skipAnalysis: true })),
  );
  expect(both.findings.map(({ code }) => code)).toContain('trait-conflict');
});

test('names a property of a canary that it does not have', () => {
  // @ts-expect-error there are no shares of the traffic
  const { findings } = shopWith({ ...gated, maxWeight: 50 });
  expect(findings).toMatchObject([{ code: 'property-unknown' }]);
});
