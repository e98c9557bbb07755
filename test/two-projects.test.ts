import { WebService } from '@strake/components';
import {
  Application,
  from,
  Platform,
  render,
  type Config,
  type PublishedFacts,
  type Render,
} from '@strake/core';
import { network } from '@strake/scopes';
import { expect, test } from 'vitest';

class Payments extends Application {
  readonly api = new WebService(this, 'api', { image: 'payments:1.0.0', ports: { grpc: 9000 } });
}

class Cart extends Application {
  readonly web = new WebService(this, 'web', { image: 'cart:1.0.0', ports: { http: 8080 } }).connectTo(
    from('payments', 'api'),
    { env: 'PAYMENTS' },
  );
}

const platform = new Platform('acme', { environments: { production: {} } }).supply(network());
const payments: Config = { project: 'payments', applications: { payments: Payments }, platform };
const cart: Config = { project: 'cart', applications: { cart: Cart }, platform };

function published({ applications }: Render): PublishedFacts[] {
  return applications.flatMap(({ facts }) =>
    facts === undefined ? [] : [{ environment: 'production', facts }],
  );
}

function object({ applications }: Render, kind: string, name: string): unknown {
  return applications
    .flatMap(({ manifests }) => manifests)
    .find((each) => each.object.kind === kind && each.object.metadata.name === name)?.object;
}

const alone = render(payments);
const calling = render(cart, { facts: published(alone) });

test('a caller finds a component of another project by its name', () => {
  expect(calling.findings).toEqual([]);
  expect(JSON.stringify(object(calling, 'Deployment', 'web'))).toContain('"api.payments:9000"');
});

test('the policies of both ends let exactly that call through', () => {
  const called = render(payments, { facts: published(calling) });
  const policies = [object(calling, 'NetworkPolicy', 'web'), object(called, 'NetworkPolicy', 'api')];
  expect(policies).toMatchObject([
    {
      spec: {
        egress: expect.arrayContaining([{ ports: [{ port: 9000, protocol: 'TCP' }], to: [PAYMENTS] }]),
      },
    },
    { spec: { ingress: [{ ports: [{ port: 9000, protocol: 'TCP' }], from: [CART] }] } },
  ]);
  expect(object(alone, 'NetworkPolicy', 'api')).not.toMatchObject({ spec: { ingress: [expect.anything()] } });
});

test('an application that no project publishes is a finding that names those that are published', () => {
  expect(render(cart).findings).toMatchObject([
    { code: 'connection-target-missing', path: 'cart/web', written: 'connectTo() names `payments.api`' },
  ]);
});

test('a component that is not published is a finding that names those that are', () => {
  const renamed = published(alone).map((each) => ({
    ...each,
    facts: {
      ...each.facts,
      components: each.facts.components.map((one) => ({ ...one, id: 'grpc', field: 'grpc' })),
    },
  }));
  const { findings } = render(cart, { facts: renamed });
  expect(findings).toMatchObject([
    { code: 'connection-target-missing', allowed: 'a component of `payments`: grpc' },
  ]);
});

test('what another project says of an application of ours does not count', () => {
  const liar = published(alone).map((each) => ({ ...each, facts: { ...each.facts, components: [] } }));
  expect(render(payments, { facts: liar })).toEqual({ ...alone, applications: expect.anything() });
});

const PAYMENTS = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'payments' } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/part-of': 'payments' } },
};
const CART = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'cart' } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'cart' } },
};
