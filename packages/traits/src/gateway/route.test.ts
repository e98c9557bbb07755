import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { grpcRoute } from './grpc-route.ts';
import { route, type HttpRouteProperties } from './route.ts';

const GIVEN: HttpRouteProperties = { parentRefs: [{ name: 'public', namespace: 'ingress' }] };

function shopWith(properties: Partial<HttpRouteProperties> = {}) {
  const { of, ...shop } = operatedShop(({ web }) => web.attach(route({ ...GIVEN, ...properties })));
  return { ...shop, route: of('HTTPRoute') };
}

test('leads a host from a gateway to the port that speaks HTTP, and lets the gateway in', () => {
  const {
    findings,
    route: made,
    admissions,
  } = shopWith({
    parentRefs: [{ name: 'public', namespace: 'ingress', sectionName: 'https' }],
    hostnames: ['shop.example.com'],
  });
  expect(findings).toEqual([]);
  expect(made).toMatchObject({
    apiVersion: 'gateway.networking.k8s.io/v1',
    metadata: { name: 'web', namespace: 'shop' },
  });
  expect(made?.['spec']).toEqual({
    parentRefs: [{ name: 'public', namespace: 'ingress', sectionName: 'https' }],
    hostnames: ['shop.example.com'],
    rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
  });
  expect(admissions).toEqual([{ component: 'web', namespace: 'ingress', port: 8080 }]);
});

test('lets in the namespace of the controller instead, and nobody where the route is of the mesh', () => {
  expect(shopWith({ controllerNamespace: 'envoy-gateway-system' }).admissions).toEqual([
    { component: 'web', namespace: 'envoy-gateway-system', port: 8080 },
  ]);
  const mesh = shopWith({ parentRefs: [{ name: 'web', kind: 'Service' }] });
  expect(mesh.admissions).toEqual([]);
  expect(mesh.route?.['spec']).toMatchObject({ parentRefs: [{ group: '', kind: 'Service', name: 'web' }] });
});

test('does to some requests what their rule says', () => {
  const { findings, route: made } = shopWith({
    rules: [
      {
        matches: [{ path: '/api', headers: { 'x-tester': 'yes' } }],
        backendRefs: [{ weight: 90 }, { name: 'web-next', port: 8000, weight: 10 }],
        requestHeaderModifier: { set: { 'x-env': 'live' } },
        timeouts: { request: '15s', backendRequest: '5s' },
      },
      {
        matches: [{ path: '/old' }],
        requestRedirect: { path: { replacePrefixMatch: '/new' }, statusCode: 301 },
      },
      {},
    ],
  });
  expect(findings).toEqual([]);
  expect(made?.['spec']).toMatchObject({
    rules: [
      {
        matches: [
          {
            path: { type: 'PathPrefix', value: '/api' },
            headers: [{ name: 'x-tester', value: 'yes' }],
          },
        ],
        filters: [
          {
            type: 'RequestHeaderModifier',
            requestHeaderModifier: { set: [{ name: 'x-env', value: 'live' }] },
          },
        ],
        backendRefs: [
          { name: 'web', port: 80, weight: 90 },
          { name: 'web-next', port: 8000, weight: 10 },
        ],
        timeouts: { request: '15s', backendRequest: '5s' },
      },
      {
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' },
              statusCode: 301,
            },
          },
        ],
      },
      { backendRefs: [{ name: 'web', port: 80 }] },
    ],
  });
});

test('answers no request that it redirects', () => {
  const { route: made } = shopWith({ rules: [{ requestRedirect: { scheme: 'https' } }] });
  expect(made?.['spec']).toMatchObject({
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }],
  });
  expect(made?.['spec']).not.toHaveProperty('rules.0.backendRefs');
});

test('leads gRPC calls to the port of that name', () => {
  const { findings, of, admissions } = operatedShop(({ api }) =>
    api.attach(
      grpcRoute({ ...GIVEN, rules: [{ matches: [{ service: 'shop.v1.Orders', method: 'Place' }] }] }),
    ),
  );
  expect(findings).toEqual([]);
  expect(of('GRPCRoute')?.['spec']).toEqual({
    parentRefs: [{ name: 'public', namespace: 'ingress' }],
    rules: [
      {
        matches: [{ method: { type: 'Exact', service: 'shop.v1.Orders', method: 'Place' } }],
        backendRefs: [{ name: 'api', port: 9090 }],
      },
    ],
  });
  expect(admissions).toEqual([{ component: 'api', namespace: 'ingress', port: 9090 }]);
});

test('asks which port it is where several speak HTTP', () => {
  const { findings, of } = operatedShop(({ api }) => api.attach(route(GIVEN)));
  expect(findings).toMatchObject([{ code: 'property-invalid', fix: 'Name the port with `port`.' }]);
  expect(of('HTTPRoute')).toBeUndefined();
  expect(shopWith({ port: 'admin' }).findings).toMatchObject([{ code: 'reference-unknown' }]);
});

test.each<[string, Partial<HttpRouteProperties>, string]>([
  ['no gateway', { parentRefs: [] }, '`parentRefs`'],
  ['a gateway twice', { parentRefs: [{ name: 'a' }, { name: 'a', port: 80 }] }, '`parentRefs`'],
  ['a host name in capitals', { hostnames: ['Shop.example.com'] }, '`hostnames.0`'],
  ['fractions of a second', { rules: [{ timeouts: { request: '1.5s' } }] }, '`rules.0.timeouts.request`'],
  [
    'a try that is longer than all',
    { rules: [{ timeouts: { request: '5s', backendRequest: '1m' } }] },
    '`rules.0.timeouts.backendRequest`',
  ],
  [
    'a redirect beside an answer',
    { rules: [{ requestRedirect: { scheme: 'https' }, backendRefs: [{}] }] },
    '`rules.0.requestRedirect`',
  ],
  [
    'replacing a prefix that is not matched',
    { rules: [{ urlRewrite: { path: { replacePrefixMatch: '/' } } }] },
    '`rules.0.matches`',
  ],
  [
    'a path that leads elsewhere',
    { rules: [{ matches: [{ path: '/a/../b' }] }] },
    '`rules.0.matches.0.path`',
  ],
  [
    'another Service without a port',
    { rules: [{ backendRefs: [{ name: 'other' }] }] },
    '`rules.0.backendRefs.0.port`',
  ],
  ['sending requests nowhere', { rules: [{ backendRefs: [{ weight: 0 }] }] }, '`rules.0.backendRefs`'],
])('rejects %s', (_, properties, property) => {
  expect(shopWith(properties).findings).toMatchObject([
    { code: 'property-invalid', written: expect.stringContaining(`${property} of \`route\``) },
  ]);
});
