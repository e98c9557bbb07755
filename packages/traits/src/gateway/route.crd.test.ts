import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../../test/custom-resource.ts';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { grpcRoute } from './grpc-route.ts';
import { route } from './route.ts';

const FILTERS = {
  requestHeaderModifier: { set: { 'x-shop': 'web' }, add: { 'x-more': 'a' }, remove: ['x-internal'] },
  responseHeaderModifier: { remove: ['server'] },
  requestMirror: { name: 'web-next', port: 80, percent: 10 },
};

const ROUTE = {
  parentRefs: [
    { name: 'public', namespace: 'ingress', sectionName: 'https', port: 443 },
    { name: 'public', namespace: 'ingress', sectionName: 'http' },
    { name: 'web', kind: 'Service' },
  ],
  hostnames: ['shop.example.com', '*.example.com'],
  port: 'http',
} as const;

const backendRefs = [{ weight: 90 }, { name: 'web-next', port: 80, weight: 10 }];

test('writes what the schemas of Gateway API have, with every property that there is', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { findings, objects } = operatedShop(({ web }) =>
    web.attach(
      route({
        ...ROUTE,
        rules: [
          {
            matches: [
              {
                path: '/api',
                method: 'GET',
                headers: { 'x-user': 'a', 'x-group': { type: 'RegularExpression', value: '.*' } },
                queryParams: { page: '1' },
              },
              { path: { type: 'Exact', value: '/exact' } },
              { path: { type: 'RegularExpression', value: '/[a-z]+' } },
            ],
            backendRefs,
            timeouts: { request: '15s', backendRequest: '5s' },
            ...FILTERS,
            urlRewrite: { hostname: 'web.example.com', path: { replaceFullPath: '/' } },
          },
          {
            matches: [{ path: '/old' }],
            requestRedirect: {
              scheme: 'https',
              hostname: 'shop.example.com',
              path: { replacePrefixMatch: '/new' },
              port: 443,
              statusCode: 308,
            },
          },
        ],
      }),
      grpcRoute({
        ...ROUTE,
        rules: [
          {
            matches: [
              { service: 'shop.v1.Orders', method: 'Place', headers: { 'x-user': 'a' } },
              { headers: { a: 'b' } },
            ],
            backendRefs,
            ...FILTERS,
          },
        ],
      }),
    ),
  );
  expect(findings).toEqual([]);
  const written = objects.filter(({ apiVersion }) => apiVersion === 'gateway.networking.k8s.io/v1');
  expect(written.map(({ kind }) => kind)).toEqual(['HTTPRoute', 'GRPCRoute']);
  expect(written.flatMap(violations)).toEqual([]);
});

test('the judge evaluates the rules of Gateway API', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const spec = {
    parentRefs: [{ name: 'public' }, { name: 'public' }],
    rules: [
      {
        matches: [{ path: { value: 'api' } }],
        timeouts: { request: '1s', backendRequest: '2s' },
        filters: [{ type: 'URLRewrite' }],
      },
    ],
  };
  const metadata = { name: 'web' };
  expect(
    violations({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata, spec }).toSorted(),
  ).toEqual([
    '.spec.parentRefs: sectionName must be unique when parentRefs includes 2 or more references to the same parent',
    '.spec.rules[0].filters[0]: filter.urlRewrite must be specified for URLRewrite filter.type',
    ".spec.rules[0].matches[0].path: value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
    '.spec.rules[0].timeouts: backendRequest timeout cannot be longer than request timeout',
  ]);
});
