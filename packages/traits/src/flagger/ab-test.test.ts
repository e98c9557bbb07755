import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { abTest, type AbTestProperties } from './ab-test.ts';

const metrics = [{ name: 'request-duration', thresholdRange: { max: 500 } }];
const match = [
  { headers: { 'x-group': { exact: 'beta' } } },
  { cookie: { name: 'beta', value: 'always' } },
] satisfies AbTestProperties['match'];
const shopWith = (properties: AbTestProperties) =>
  operatedShop((shop) => shop.web.attach(abTest(properties)));
const matchOf = ({ of }: ReturnType<typeof shopWith>): unknown => {
  const { analysis } = Object(of('Canary')?.['spec']);
  return analysis?.match;
};

test('leads requests with some header or cookie to the new revision', () => {
  const shop = shopWith({ match, metrics });
  expect(shop.findings).toEqual([]);
  expect(shop.of('Canary')).toMatchObject({ spec: { provider: 'istio', analysis: { iterations: 10 } } });
  expect(matchOf(shop)).toEqual([
    { headers: { 'x-group': { exact: 'beta' } } },
    { headers: { cookie: { regex: '^(.*; ?)?beta=always(;.*)?$' } } },
  ]);
});

test('finds the cookie among others, and none whose name or value is longer', () => {
  const shop = shopWith({ match: [{ cookie: { name: 'a.b', value: '1' } }], metrics });
  const [{ headers }] = matchOf(shop) as [{ headers: { cookie: { regex: string } } }];
  const cookie = new RegExp(headers.cookie.regex);
  for (const text of ['a.b=1', 'x=2; a.b=1', 'a.b=1; x=2', 'x=2;a.b=1;y=3'])
    expect(cookie.test(text)).toBe(true);
  for (const text of ['a.b=12', 'xa.b=1', 'axb=1', 'x=a.b=1']) expect(cookie.test(text)).toBe(false);
});

test('names the cookie to nginx, which knows its value', () => {
  const shop = shopWith({ provider: 'nginx', ingressRef: { name: 'web' }, match, metrics });
  expect(shop.findings).toEqual([]);
  expect(matchOf(shop)).toEqual([
    { headers: { 'x-group': { exact: 'beta' } } },
    { headers: { cookie: { exact: 'beta' } } },
  ]);
});

const gatewayRefs = [{ name: 'public' }];
const beta = { exact: 'beta' };
test.each<[string, Omit<AbTestProperties, 'match'> & { readonly match: AbTestProperties['match'] }, string]>([
  ['no request', { match: [] }, 'a length of at least 1'],
  ['a condition of nothing', { match: [{}] }, 'at least one condition'],
  [
    'two ways in which a text fits',
    { match: [{ headers: { a: { ...beta, prefix: 'b' } } }] },
    'exactly one of `exact`, `prefix` and `regex`',
  ],
  [
    'labels of callers besides Istio',
    { provider: 'nginx', match: [{ sourceLabels: { app: 'a' } }] },
    'no `sourceLabels`, which only Istio knows',
  ],
  [
    'beginnings besides Istio',
    { provider: 'gatewayapi:v1', service: { gatewayRefs }, match: [{ headers: { a: { prefix: 'b' } } }] },
    '`exact` or `regex`, the only ways besides Istio',
  ],
  [
    'query parameters with nginx',
    { provider: 'nginx', match: [{ queryParams: { a: beta } }] },
    'no `queryParams`, which nginx does not know',
  ],
  [
    'two headers with nginx',
    { provider: 'nginx', match: [{ headers: { a: beta, b: beta } }] },
    'at most one match with one header and one with a cookie, which is all that nginx knows',
  ],
  [
    'another value of a cookie with nginx',
    { provider: 'nginx', match: [{ cookie: { name: 'a', value: 'b' } }] },
    'a cookie whose value is `always`, the only one that nginx knows',
  ],
])('rejects %s', (_, properties, allowed) => {
  const { findings } = shopWith({ ...properties, metrics });
  expect(findings).toMatchObject([{ code: 'property-invalid', allowed }]);
});

test('refuses ports whose requests nobody reads', () => {
  const { findings } = operatedShop((shop) => shop.cache.attach(abTest({ match, metrics })));
  expect(findings).toMatchObject([{ code: 'trait-misplaced', path: 'shop/cache' }]);
});

test('has no shares of the traffic', () => {
  // @ts-expect-error `maxWeight` is for a canary
  const { findings } = shopWith({ match, metrics, maxWeight: 50 });
  expect(findings).toMatchObject([{ code: 'property-unknown' }]);
});
