import type { KubernetesObject } from '@strake/core';
import { expect, test } from 'vitest';
import { makes, suppliedShop } from '../../../test/supplied-shop.ts';
import { gateway, type GatewayProperties } from './gateway.ts';
import { mesh } from './mesh.ts';
import { network } from './network.ts';

const backend = { service: { name: 'web', port: { name: 'http' } } };
const http = { paths: [{ path: '/', pathType: 'Prefix', backend }] };

function ingress(spec: object = {}): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: { rules: [{ http }], ...spec },
  };
}

function route(spec: object = {}): KubernetesObject {
  const rules = [{ backendRefs: [{ name: 'web', port: 80 }] }];
  const apiVersion = 'gateway.networking.k8s.io/v1';
  return { apiVersion, kind: 'HTTPRoute', metadata: { name: 'web' }, spec: { rules, ...spec } };
}

function certificate(spec: object): KubernetesObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'web' },
    spec: { ...spec },
  };
}

function gatedShop(properties: GatewayProperties, ...objects: readonly KubernetesObject[]) {
  return suppliedShop([gateway(properties)], ({ web }) => web.attach(makes({ objects })));
}

const host = '{component}-{application}.{domain}';
const domains = ['example.com'];

test('completes the class and the host name of an Ingress', () => {
  const { findings, of } = gatedShop({ ingressClassName: 'nginx', host, domains }, ingress());
  expect(findings).toEqual([]);
  expect(of('Ingress')?.['spec']).toEqual({
    ingressClassName: 'nginx',
    rules: [{ host: 'web-shop.example.com', http }],
  });
});

test('leaves alone what an Ingress says itself', () => {
  const spec = { ingressClassName: 'traefik', rules: [{ host: 'a.example.com', http }] };
  const { findings, of } = gatedShop({ ingressClassName: 'nginx', host, domains }, ingress(spec));
  expect(findings).toEqual([]);
  expect(of('Ingress')?.['spec']).toEqual(spec);
});

test('completes the gateway and the host name of a route', () => {
  const reference = { name: 'public', namespace: 'gateways' };
  const { of } = gatedShop({ gateway: reference, host, domains }, route());
  expect(of('HTTPRoute')?.['spec']).toMatchObject({
    parentRefs: [reference],
    hostnames: ['web-shop.example.com'],
  });
  const ofMesh = { parentRefs: [{ group: '', kind: 'Service', name: 'web' }] };
  expect(gatedShop({ gateway: reference, host, domains }, route(ofMesh)).of('HTTPRoute')?.['spec']).toEqual({
    ...ofMesh,
    rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
  });
});

test('names the issuer where a certificate or an Ingress with TLS names none', () => {
  const issuer = { name: 'letsencrypt' };
  const tls = [{ hosts: ['a.example.com'], secretName: 'web-tls' }];
  const alone = gatedShop({ issuer }, ingress({ tls }));
  expect(alone.of('Ingress')?.metadata.annotations).toEqual({
    'cert-manager.io/cluster-issuer': 'letsencrypt',
  });
  const certified = gatedShop({ issuer }, ingress({ tls }), certificate({ secretName: 'web-tls' }));
  expect(certified.of('Ingress')?.metadata.annotations).toBeUndefined();
  expect(certified.of('Certificate')?.['spec']).toMatchObject({
    issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' },
  });
  expect(gatedShop({ issuer }, ingress()).of('Ingress')?.metadata.annotations).toBeUndefined();
});

test('refuses host names outside of the domains', () => {
  const { findings } = gatedShop(
    { domains },
    ingress({ rules: [{ host: 'a.example.com' }, { host: 'notexample.com' }] }),
    route({ hostnames: ['*.example.com', 'example.org'] }),
    certificate({ dnsNames: ['web.shop.svc', 'web.example.net'] }),
  );
  expect(findings.map(({ code, written }) => [code, written])).toEqual([
    ['host-outside-domain', 'the Certificate `web` has the host name `web.example.net`'],
    ['host-outside-domain', 'the HTTPRoute `web` has the host name `example.org`'],
    ['host-outside-domain', 'the Ingress `web` has the host name `notexample.com`'],
  ]);
});

test.each([
  ['Ingress', ingress()],
  ['route', route()],
])('lets the controller in on the port that an %s leads to', (_, object) => {
  const scopes = [gateway({ controllerNamespace: 'edge' }), network(), mesh({ authorization: 'namespaces' })];
  const { findings, of } = suppliedShop(scopes, ({ web }) => web.attach(makes({ objects: [object] })));
  expect(findings).toEqual([]);
  expect(of('NetworkPolicy', 'web')?.['spec']).toMatchObject({
    ingress: [
      {},
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ],
  });
  expect(JSON.stringify(of('AuthorizationPolicy', 'web'))).toContain('"namespaces":["edge"]');
});
