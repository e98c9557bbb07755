import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { authorization, type AuthorizationProperties } from './authorization.ts';

function shopWith(properties: AuthorizationProperties) {
  const { of, ...shop } = operatedShop(({ web }) => web.attach(authorization(properties)));
  return {
    ...shop,
    allow: of('AuthorizationPolicy', 'web')?.['spec'],
    deny: of('AuthorizationPolicy', 'web-deny')?.['spec'],
    tokens: of('RequestAuthentication')?.['spec'],
  };
}

const selector = { matchLabels: { 'app.kubernetes.io/name': 'web' } };

test('lets in those who are named, on the ports of the container', () => {
  const { findings, allow, deny, admissions } = shopWith({
    allow: [
      {
        from: [{ namespaces: ['istio-ingress'] }, { serviceAccounts: ['jobs', 'billing/invoices'] }],
        ports: ['http'],
        methods: ['GET'],
        paths: ['/api/*'],
      },
      { from: [{ principals: ['cluster.local/ns/monitoring/sa/prometheus', '*/sa/backup'] }] },
    ],
  });
  expect(findings).toEqual([]);
  expect(deny).toBeUndefined();
  expect(allow).toEqual({
    selector,
    action: 'ALLOW',
    rules: [
      {
        from: [
          { source: { namespaces: ['istio-ingress'] } },
          { source: { serviceAccounts: ['jobs', 'billing/invoices'] } },
        ],
        to: [{ operation: { ports: ['8080'], methods: ['GET'], paths: ['/api/*'] } }],
      },
      { from: [{ source: { principals: ['cluster.local/ns/monitoring/sa/prometheus', '*/sa/backup'] } }] },
    ],
  });
  expect(admissions).toEqual([
    { component: 'web', namespace: 'istio-ingress', port: 8080 },
    { component: 'web', namespace: 'billing', port: 8080 },
    { component: 'web', namespace: 'monitoring' },
  ]);
});

test('lets nobody in when nobody is named, and opens no network for the own namespace', () => {
  expect(shopWith({ allow: [] }).allow).toEqual({ selector, action: 'ALLOW' });
  expect(shopWith({ allow: [{ from: [{ namespaces: ['shop'] }] }] }).admissions).toEqual([]);
});

test('forbids what is denied, and opens nothing for it', () => {
  const { findings, allow, deny, admissions } = shopWith({
    deny: [{ from: [{ namespaces: ['legacy'] }] }, { paths: ['/admin/*'] }],
  });
  expect(findings).toEqual([]);
  expect(allow).toBeUndefined();
  expect(deny).toEqual({
    selector,
    action: 'DENY',
    rules: [
      { from: [{ source: { namespaces: ['legacy'] } }] },
      { to: [{ operation: { paths: ['/admin/*'] } }] },
    ],
  });
  expect(admissions).toEqual([]);
});

test('is enforced at the waypoint of the Service where it is asked to', () => {
  expect(shopWith({ enforcedAt: 'waypoint', allow: [{ methods: ['GET'] }] }).allow).toEqual({
    targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
    action: 'ALLOW',
    rules: [{ to: [{ operation: { methods: ['GET'] } }] }],
  });
});

test('checks tokens, and warns when nothing demands one', () => {
  const jwt = [{ issuer: 'https://accounts.example.com', audiences: ['shop'] }];
  const demanded = shopWith({ jwt, allow: [{ from: [{ requestPrincipals: ['*'] }] }] });
  expect(demanded.findings).toEqual([]);
  expect(demanded.tokens).toEqual({ selector, jwtRules: jwt });
  expect(shopWith({ jwt }).findings).toMatchObject([
    {
      severity: 'warning',
      written: '`jwt` of `authorization` where no rule of `allow` has `requestPrincipals`',
    },
  ]);
});

test('warns of conditions on requests where no HTTP is spoken', () => {
  const rule = { ports: ['redis'], methods: ['GET'] };
  expect(shopWith({ allow: [rule] }).findings).toMatchObject([
    { severity: 'warning', allowed: expect.stringContaining('never fulfils such a rule') },
  ]);
  expect(shopWith({ deny: [rule] }).findings).toMatchObject([
    { severity: 'warning', allowed: expect.stringContaining('refuses every call') },
  ]);
  expect(shopWith({ allow: [{ ...rule, ports: ['http'] }] }).findings).toEqual([]);
});

test.each<[string, AuthorizationProperties, string]>([
  ['a port that is not there', { allow: [{ ports: ['admin'] }] }, 'reference-unknown'],
  [
    'service accounts beside namespaces',
    { allow: [{ from: [{ serviceAccounts: ['a'], namespaces: ['b'] }] }] },
    'property-invalid',
  ],
  ['a caller without a description', { allow: [{ from: [{}] }] }, 'property-invalid'],
  ['methods in small letters', { allow: [{ methods: ['get'] }] }, 'property-invalid'],
  ['an empty list of what is denied', { deny: [] }, 'property-invalid'],
  ['nothing', {}, 'property-invalid'],
])('rejects %s', (_, properties, code) => {
  expect(shopWith(properties).findings).toMatchObject([{ code }]);
});
