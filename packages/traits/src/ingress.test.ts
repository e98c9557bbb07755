import { expect, test } from 'vitest';
import { operatedShop } from '../../../test/operated-shop.ts';
import { certificate } from './cert-manager/certificate.ts';
import { ingress, type IngressProperties } from './ingress.ts';

function shopWith(properties: IngressProperties, ...others: ReturnType<typeof certificate>[]) {
  const { of, ...shop } = operatedShop(({ web }) => web.attach(ingress(properties), ...others));
  return { ...shop, ingress: of('Ingress') };
}

const ISSUER = { issuerRef: { name: 'letsencrypt' } };
const backend = { service: { name: 'web', port: { name: 'http' } } };

test('leads a host to the port that speaks HTTP, and lets the controller in', () => {
  const {
    findings,
    ingress: made,
    admissions,
  } = shopWith({
    hosts: ['shop.example.com', 'www.example.com'],
    ingressClassName: 'traefik',
    controllerNamespace: 'traefik',
  });
  expect(findings).toEqual([]);
  const http = { paths: [{ path: '/', pathType: 'Prefix', backend }] };
  expect(made).toMatchObject({ apiVersion: 'networking.k8s.io/v1', metadata: { name: 'web' } });
  expect(made?.['spec']).toEqual({
    ingressClassName: 'traefik',
    rules: [
      { host: 'shop.example.com', http },
      { host: 'www.example.com', http },
    ],
  });
  expect(admissions).toEqual([{ component: 'web', namespace: 'traefik', port: 8080 }]);
});

test('leads paths to ports, of whatever host', () => {
  const {
    findings,
    ingress: made,
    admissions,
  } = shopWith({
    paths: [
      { path: '/api', pathType: 'Exact' },
      { path: '/cache', port: 'redis' },
    ],
  });
  expect(findings).toEqual([]);
  expect(made?.['spec']).toEqual({
    rules: [
      {
        http: {
          paths: [
            { path: '/api', pathType: 'Exact', backend },
            {
              path: '/cache',
              pathType: 'Prefix',
              backend: { service: { name: 'web', port: { name: 'redis' } } },
            },
          ],
        },
      },
    ],
  });
  expect(admissions).toEqual([]);
});

test('serves the certificate that is attached beside it', () => {
  const hosts = ['shop.example.com', 'a.shop.example.com'];
  const names = { dnsNames: ['shop.example.com', '*.shop.example.com'] };
  const { findings, ingress: made } = shopWith({ hosts }, certificate({ ...names, ...ISSUER }));
  expect(findings).toEqual([]);
  expect(made?.['spec']).toMatchObject({ tls: [{ hosts, secretName: 'web-tls' }] });
});

test('serves another Secret, or what the controller has, where it is told so', () => {
  const hosts = ['shop.example.com'];
  expect(shopWith({ hosts, tls: { secretName: 'wildcard' } }).ingress?.['spec']).toMatchObject({
    tls: [{ hosts, secretName: 'wildcard' }],
  });
  expect(shopWith({ hosts, tls: {} }).ingress?.['spec']).toMatchObject({ tls: [{ hosts }] });
  expect(shopWith({ hosts }).ingress?.['spec']).not.toHaveProperty('tls');
});

test('warns of hosts that the certificate is not for', () => {
  const made = certificate({ dnsNames: ['*.example.com'], ...ISSUER });
  expect(
    shopWith({ hosts: ['shop.example.com', 'example.com', 'a.b.example.com'] }, made).findings,
  ).toMatchObject([
    {
      severity: 'warning',
      written: expect.stringContaining('`a.b.example.com`'),
      allowed: '`*.example.com`',
    },
    { severity: 'warning', written: expect.stringContaining('`example.com`') },
  ]);
});

test('names a certificate whose Secret is out of reach', () => {
  const made = certificate({ dnsNames: ['shop.example.com'], namespace: 'istio-ingress', ...ISSUER });
  expect(shopWith({ hosts: ['shop.example.com'] }, made).findings).toMatchObject([
    { code: 'property-invalid', allowed: expect.stringContaining('`shop`') },
  ]);
  expect(shopWith({ hosts: ['shop.example.com'], tls: { secretName: 'own' } }, made).findings).toEqual([]);
});

test('names annotations that do not do what they seem to', () => {
  const issuer = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };
  const made = certificate({ dnsNames: ['a.example'], ...ISSUER });
  expect(shopWith({ annotations: { 'kubernetes.io/ingress.class': 'nginx' } }).findings).toMatchObject([
    { severity: 'error', fix: 'Give `ingressClassName`.' },
  ]);
  expect(shopWith({ hosts: ['a.example'], annotations: issuer }, made).findings).toMatchObject([
    { severity: 'error', fix: 'Remove the annotation.' },
  ]);
  expect(shopWith({ hosts: ['a.example'], annotations: issuer }).findings).toMatchObject([
    { severity: 'warning', fix: 'Give `tls`, or attach `certificate` instead.' },
  ]);
  const issued = shopWith({ hosts: ['a.example'], annotations: issuer, tls: { secretName: 'a' } });
  expect(issued.findings).toEqual([]);
  expect(issued.ingress?.metadata.annotations).toEqual(issuer);
});

test('warns of patterns that are taken literally', () => {
  const path = '/api(/|$)(.*)';
  expect(shopWith({ paths: [{ path }] }).findings).toMatchObject([{ severity: 'warning' }]);
  expect(shopWith({ paths: [{ path, pathType: 'ImplementationSpecific' }] }).findings).toEqual([]);
});

test('asks which port it is where several speak HTTP, and names them', () => {
  const several = operatedShop(({ api }) => api.attach(ingress()));
  expect(several.findings).toMatchObject([
    { code: 'property-invalid', path: 'shop/api', fix: 'Name the port with `port`.' },
  ]);
  expect(several.of('Ingress')).toBeUndefined();
  expect(shopWith({ port: 'admin' }).findings).toMatchObject([
    { code: 'reference-unknown', written: '`port` of `ingress` is `admin`' },
  ]);
});

test.each<[string, IngressProperties]>([
  ['an address', { hosts: ['10.0.0.1'] }],
  ['a relative path', { paths: [{ path: 'api' }] }],
  ['a path that leads elsewhere', { paths: [{ path: '/api/../admin' }] }],
  ['a path twice', { paths: [{ path: '/' }, { path: '/', pathType: 'Prefix' }] }],
])('rejects %s', (_, properties) => {
  expect(shopWith(properties).findings).toMatchObject([{ code: 'property-invalid' }]);
});
