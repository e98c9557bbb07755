import { WebService } from '@strake/components';
import { Application, Claim, defineComponent, defineOperations, propertiesOf, render } from '@strake/core';
import { expect, test } from 'vitest';
import { serviceBinding, type ServiceBindingProperties } from './service-binding.ts';

/** A claim that is fulfilled already. */
class Database extends defineComponent({
  name: 'database',
  package: 'test',
  summary: 'Claims a database.',
  properties: propertiesOf<{}>()({}),
  offers: [Claim],
  build: ({ name }) => ({ claim: { kind: 'secret', name, keys: ['host', 'password'] } }),
}) {}

class Shop extends Application {
  readonly database = new Database(this, 'database', {});
  readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 8080 } });
  readonly rooted = new WebService(this, 'rooted', {
    image: 'web:1',
    ports: { http: 8080 },
    env: { SERVICE_BINDING_ROOT: '/secrets' },
  });
}

function boundWith(
  bind: (shop: Shop) => ServiceBindingProperties['bindings'],
  component: 'web' | 'rooted' = 'web',
) {
  const operations = [
    defineOperations(Shop, (shop) => void shop[component].attach(serviceBinding({ bindings: bind(shop) }))),
  ];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const object = applications[0]?.manifests
    .map((each) => each.object)
    .find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === component);
  return { findings: findings.filter(({ code }) => code !== 'claim-unsupplied'), spec: object?.['spec'] };
}

test('the keys of a claim are files below the root, with the type that is said', () => {
  const { findings, spec } = boundWith(({ database }) => ({
    orders: { claim: database, type: 'postgresql', provider: 'cnpg' },
  }));
  expect(findings).toEqual([]);
  const type = 'projector.servicebinding.io/type-orders';
  const provider = 'projector.servicebinding.io/provider-orders';
  expect(spec).toMatchObject({
    template: {
      metadata: { annotations: { [type]: 'postgresql', [provider]: 'cnpg' } },
      spec: {
        containers: [
          {
            env: [{ name: 'SERVICE_BINDING_ROOT', value: '/bindings' }],
            volumeMounts: [{ name: 'binding-orders', mountPath: '/bindings/orders', readOnly: true }],
          },
        ],
        volumes: [
          {
            name: 'binding-orders',
            projected: {
              sources: [
                { secret: { name: 'database' } },
                {
                  downwardAPI: {
                    items: [
                      { path: 'type', fieldRef: { fieldPath: `metadata.annotations['${type}']` } },
                      { path: 'provider', fieldRef: { fieldPath: `metadata.annotations['${provider}']` } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  });
});

test('keys are variables, and no files where nobody asks for them', () => {
  const { findings, spec } = boundWith(({ database }) => ({
    orders: { claim: database, env: { PGPASSWORD: 'password' } },
    mails: { secret: 'mails', env: { MAIL_TOKEN: 'token' } },
  }));
  expect(findings).toEqual([]);
  const env = [
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } },
    { name: 'MAIL_TOKEN', valueFrom: { secretKeyRef: { name: 'mails', key: 'token' } } },
  ];
  expect(spec).toMatchObject({ template: { spec: { containers: [{ env }] } } });
  expect(JSON.stringify(spec)).not.toContain('volumes');
});

test('only the named keys are files, below the root that the component has', () => {
  const { spec } = boundWith(
    ({ database }) => ({ orders: { claim: database, type: 'postgresql', files: ['host'] } }),
    'rooted',
  );
  expect(spec).toMatchObject({
    template: {
      spec: {
        containers: [{ volumeMounts: [{ mountPath: '/secrets/orders' }] }],
        volumes: [{ projected: { sources: [{ secret: { items: [{ key: 'host', path: 'host' }] } }, {}] } }],
      },
    },
  });
});

test.each<[string, (shop: Shop) => ServiceBindingProperties['bindings'][string], string]>([
  [
    'a key that the claim does not have',
    ({ database }) => ({ claim: database, type: 'a', env: { USER: 'user' } }),
    'keys that the claim has',
  ],
  [
    'a file that the claim does not have',
    ({ database }) => ({ claim: database, type: 'a', files: ['user'] }),
    'keys that the claim has',
  ],
  ['a binding of no service', () => ({ type: 'postgresql' }), 'exactly one of `claim` and `secret`'],
  [
    'a binding of two services',
    ({ database }) => ({ claim: database, secret: 'a', type: 'b' }),
    'exactly one of `claim` and `secret`',
  ],
  [
    'files without a type',
    ({ database }) => ({ claim: database }),
    'the sort of service: the claim has no key `type`',
  ],
])('names %s', (_, binding, allowed) => {
  expect(boundWith((shop) => ({ orders: binding(shop) })).findings).toMatchObject([
    { code: 'property-invalid', allowed },
  ]);
});

test('names a component that claims nothing', () => {
  // @ts-expect-error a web service claims nothing
  const { findings } = boundWith((shop) => ({ orders: { claim: shop.web, type: 'a' } }));
  expect(findings).toMatchObject([
    { code: 'property-invalid', allowed: expect.stringContaining('claims a secret') },
  ]);
});
