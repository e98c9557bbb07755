import { VolumeClaim, WebService, Worker } from '@strake/components';
import { Application, defineTrait, Exposed, from, Platform, propertiesOf, render } from '@strake/core';
import { expect, test } from 'vitest';
import { mesh, type MeshProperties } from './mesh.ts';

const behindGateway = defineTrait({
  name: 'behind-gateway',
  package: '@acme/traits',
  summary: 'Admits the gateway.',
  properties: propertiesOf<{}>()({}),
  needs: [Exposed],
  apply: ({ admit }) => admit({ namespace: 'gateways' }),
});

class Payments extends Application {
  readonly api = new WebService(this, 'api', {
    image: 'payments:1',
    ports: { http: { port: 80, containerPort: 8080 }, admin: 9000, dns: { port: 53, protocol: 'UDP' } },
  }).attach(behindGateway());
}

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 8000 } });
  readonly jobs = new Worker(this, 'jobs', { image: 'jobs:1' })
    .connectTo(this.web)
    .connectTo(from(Payments).api, { port: 'http' });
  readonly files = new VolumeClaim(this, 'files', { size: '1Gi' });
}

function renderMesh(properties: MeshProperties = {}) {
  const platform = new Platform('acme', { environments: { live: {} } }).supply(mesh(properties));
  const applicationClasses = { shop: Shop, payments: Payments };
  const { applications, findings } = render({
    project: 'shop',
    applications: applicationClasses,
    platform,
    ownsPlatform: true,
  });
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const ofKind = (kind: string) => objects.filter((each) => each.kind === kind);
  return { findings, ofKind };
}

function podsOf(name: string, application: string) {
  return { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': application } };
}

test('enrols every namespace and demands mutual TLS in it', () => {
  const { ofKind, findings } = renderMesh();
  expect(findings).toEqual([]);
  const enrolled = ofKind('Namespace').map(({ metadata: { name, labels } }) => [
    name,
    labels?.['istio-injection'],
  ]);
  expect(enrolled).toEqual([
    ['payments', 'enabled'],
    ['shop', 'enabled'],
  ]);
  expect(ofKind('PeerAuthentication')).toEqual(
    ['payments', 'shop'].map((namespace) => ({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace, labels: { 'app.kubernetes.io/managed-by': 'strake' } },
      spec: { mtls: { mode: 'STRICT' } },
    })),
  );
});

test('accepts callers without mutual TLS when it is permissive', () => {
  expect(renderMesh({ mtls: 'permissive' }).ofKind('PeerAuthentication')[0]?.['spec']).toEqual({
    mtls: { mode: 'PERMISSIVE' },
  });
});

test.each<[string, MeshProperties, Readonly<Record<string, string>>]>([
  ['a revision instead of the default injector', { revision: '1-30' }, { 'istio.io/rev': '1-30' }],
  ['the ambient data plane', { mode: 'ambient' }, { 'istio.io/dataplane-mode': 'ambient' }],
])('labels namespaces for %s', (_, properties, label) => {
  expect(renderMesh(properties).ofKind('Namespace')[0]?.metadata.labels).toEqual({
    'app.kubernetes.io/managed-by': 'strake',
    ...label,
  });
});

test('authorizes nobody in particular unless it is asked to', () => {
  expect(renderMesh().ofKind('AuthorizationPolicy')).toEqual([]);
});

const toOffice = defineTrait({
  name: 'to-office',
  package: '@acme/traits',
  summary: 'Admits the office.',
  properties: propertiesOf<{}>()({}),
  needs: [Exposed],
  apply: ({ admit }) => admit({ cidr: '203.0.113.0/24', port: 8080 }),
});

test('authorizes the addresses that traits admit', () => {
  class Office extends Payments {
    constructor(...given: ConstructorParameters<typeof Payments>) {
      super(...given);
      this.api.attach(toOffice());
    }
  }
  const platform = new Platform('acme', { environments: { live: {} } }).supply(
    mesh({ authorization: 'namespaces' }),
  );
  const { applications } = render({ project: 'shop', applications: { payments: Office }, platform });
  const policy = (applications[0]?.manifests ?? []).find(
    ({ object }) => object.kind === 'AuthorizationPolicy',
  );
  expect(policy?.object).toHaveProperty('spec.rules.1', {
    from: [{ source: { ipBlocks: ['203.0.113.0/24'] } }],
    to: [{ operation: { ports: ['8080'] } }],
  });
});

test('authorizes the namespaces of declared and admitted callers on the ports of the container', () => {
  const policies = renderMesh({ authorization: 'namespaces' }).ofKind('AuthorizationPolicy');
  expect(policies.map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec])).toEqual([
    [
      'shop',
      'web',
      {
        selector: podsOf('web', 'shop'),
        action: 'ALLOW',
        rules: [{ from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { ports: ['8000'] } }] }],
      },
    ],
    ['shop', 'jobs', { selector: podsOf('jobs', 'shop'), action: 'ALLOW' }],
    [
      'payments',
      'api',
      {
        selector: podsOf('api', 'payments'),
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { namespaces: ['gateways'] } }],
            to: [{ operation: { ports: ['8080', '9000'] } }],
          },
          { from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { ports: ['8080'] } }] },
        ],
      },
    ],
  ]);
});

test('rejects a revision in ambient mode, where it would inject sidecars', () => {
  const { findings } = renderMesh({ mode: 'ambient', revision: '1-30' });
  expect(findings.map(({ code, allowed }) => [code, allowed])).toEqual([
    ['property-invalid', '`revision` in sidecar mode only, since it would inject sidecars'],
  ]);
});
