import { Component, defineOperations, Platform, type ComponentReference, type Config } from '@strake/core';
import { namespace, network } from '@strake/scopes';
import { expect, test } from 'vitest';
import { OnlineBoutique } from '../examples/online-boutique/boutique/app.ts';
import config from '../examples/online-boutique/strake.config.ts';
import {
  inNamespace,
  NAMESPACE,
  OTHER_PORT,
  partiesOf,
  renderedBoutique,
  UPSTREAM_MISSING,
  upstreamObjects,
} from './online-boutique/boutique.ts';
import { reachability } from './online-boutique/reachability.ts';

const isAlone = UPSTREAM_MISSING !== undefined;
if (isAlone) console.log(`not compared with upstream: ${UPSTREAM_MISSING}`);

/** The example's calls that its code declares: 15 within the shop, and the load generator's. */
const DECLARED = [
  'cartservice -> redis-cart:6379',
  'checkoutservice -> cartservice:7070',
  'checkoutservice -> currencyservice:7000',
  'checkoutservice -> emailservice:8080',
  'checkoutservice -> paymentservice:50051',
  'checkoutservice -> productcatalogservice:3550',
  'checkoutservice -> shippingservice:50051',
  'frontend -> adservice:9555',
  'frontend -> cartservice:7070',
  'frontend -> checkoutservice:5050',
  'frontend -> currencyservice:7000',
  'frontend -> productcatalogservice:3550',
  'frontend -> recommendationservice:8080',
  'frontend -> shippingservice:50051',
  'loadgenerator -> frontend:8080',
  'recommendationservice -> productcatalogservice:3550',
];

function ours(changed: Partial<Config> = {}, environment = 'staging'): Set<string> {
  const { objects, findings } = renderedBoutique(environment, changed);
  expect(findings).toEqual([]);
  return reachability(objects, partiesOf(objects));
}

function upstream(): Set<string> {
  const objects = inNamespace(upstreamObjects(['manifests', 'network-policies']), NAMESPACE);
  return reachability(objects, partiesOf(objects));
}

/** Calls of pods whose callers upstream names one by one: all but the frontend, which it opens to everybody. */
function withNamedCallers(calls: ReadonlySet<string>): string[] {
  const others = ['frontend', 'internet', 'other-namespace', 'dns'];
  return [...calls].filter((call) => !others.some((name) => call.includes(`-> ${name}:`))).toSorted();
}

function without(calls: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...calls].filter((call) => !others.has(call)).toSorted();
}

/** What `read` gives while the code does not declare one of its connections. */
function withoutConnection(call: string, read: () => Set<string>): Set<string> {
  const { connectTo } = Component.prototype;
  const skipping: unknown = function skipping(this: Component, given: object, options: object | undefined) {
    const isSkipped = (target: unknown) => call.startsWith(`${this.name} -> ${nameOf(target)}:`);
    if (nameOf(given) !== undefined)
      return isSkipped(given) ? this : Reflect.apply(connectTo, this, [given, options]);
    const kept = Object.entries(given).filter(([, target]) => !isSkipped(target));
    return kept.length === 0 ? this : Reflect.apply(connectTo, this, [Object.fromEntries(kept)]);
  };
  Reflect.set(Component.prototype, 'connectTo', skipping);
  try {
    return read();
  } finally {
    Component.prototype.connectTo = connectTo;
  }
}

/** Name of a component, or field of a reference to one; undefined for anything else. */
function nameOf(target: unknown): string | undefined {
  if (Component.isComponent(target)) return target.name;
  return isReference(target) ? target.field : undefined;
}

function isReference(target: unknown): target is ComponentReference {
  return typeof target === 'object' && target !== null && 'application' in target && 'field' in target;
}

function networkOf(properties: Parameters<typeof network>[0]): Platform {
  return new Platform('acme', { environments: { staging: { namespace: NAMESPACE } } })
    .supply(namespace())
    .supply(network(properties));
}

test.each(['staging', 'production'])(
  '%s allows connections, everybody to the frontend, DNS and nothing else',
  (environment) => {
    const platform = new Platform('acme', { environments: { [environment]: { namespace: NAMESPACE } } })
      .supply(namespace())
      .supply(network());
    const calls = ours({ platform }, environment);
    const isDns = (call: string) => call.includes('-> dns:');
    expect([...calls].filter((call) => !isDns(call)).toSorted()).toEqual(
      [
        ...DECLARED,
        // The frontend is exposed to everybody.
        'dns -> frontend:8080',
        'internet -> frontend:8080',
        'other-namespace -> frontend:8080',
        // Pods that no policy of the boutique selects may call each other.
        'dns -> internet:443',
        'dns -> other-namespace:80',
        'internet -> other-namespace:80',
        'other-namespace -> internet:443',
      ].toSorted(),
    );
    expect([...calls].filter(isDns)).toHaveLength(2 * (12 + 2));
  },
);

test.skipIf(isAlone)('connections alone allow exactly the calls for which upstream names the callers', () => {
  const calls = ours({ platform: networkOf({}) });
  expect(withNamedCallers(calls)).toEqual(withNamedCallers(upstream()));
  expect(withNamedCallers(calls)).toEqual(DECLARED.filter((call) => !call.endsWith('-> frontend:8080')));
});

test.skipIf(isAlone)('nothing is allowed that upstream does not allow', () => {
  expect(without(ours(), upstream())).toEqual([]);
});

test.skipIf(isAlone)(
  'upstream allows more only for whoever calls the frontend, or somebody outside of the boutique',
  () => {
    const more = without(upstream(), ours());
    expect(more.length).toBeGreaterThan(0);
    expect(more.filter((call) => !/ -> (frontend|internet|other-namespace):/.test(call))).toEqual([]);
  },
);

test.skipIf(isAlone)('opened where upstream is open, the whole relation is the same', () => {
  const platform = networkOf({
    allowIngressFrom: [{ everybody: true, components: ['online-boutique/frontend'] }],
    allowEgressTo: [{ everybody: true }],
  });
  expect([...ours({ platform })].toSorted()).toEqual([...upstream()].toSorted());
});

test.each(DECLARED)('without its connection, %s is closed and nothing else', (call) => {
  const less = withoutConnection(call, ours);
  const all = ours();
  expect(without(all, less)).toEqual([call]);
  expect(without(less, all)).toEqual([]);
});

test('a connection that is added opens that call and no other', () => {
  const all = ours();
  const callers = ['ads', 'cart', 'currency', 'frontend', 'redis'] as const;
  const callees = ['ads', 'checkout', 'email', 'payment', 'redis'] as const;
  const pairs = callers.flatMap((from) => callees.map((to) => [from, to] as const));
  const opened = pairs.flatMap(([from, to]) => {
    if (from === to) return [];
    const adding = defineOperations(
      OnlineBoutique,
      (boutique) => void boutique[from].connectTo(boutique[to]),
    );
    const more = ours({ operations: [...(config.operations ?? []), adding] });
    expect(without(all, more)).toEqual([]);
    return [without(more, all)];
  });
  // The cart's Redis, the ads and the checkout of the frontend are connected already.
  expect(opened.filter((calls) => calls.length === 0)).toHaveLength(3);
  expect(opened.every((calls) => calls.length <= 1)).toBe(true);
  expect(opened.flat()).toContain('currencyservice -> paymentservice:50051');
});

test('a pod is open where no policy selects it, and one rule is enough where several do', () => {
  const party = (name: string, address: string) => ({
    name,
    address,
    namespace: 'shop',
    labels: { app: name },
    ports: [
      { port: 80, protocol: 'TCP', name: 'http' },
      { port: OTHER_PORT, protocol: 'TCP' },
    ],
  });
  const parties = [party('a', '10.0.0.1'), party('b', '10.0.0.2'), party('c', '10.0.0.3')];
  const policy = (spec: object) =>
    JSON.parse(JSON.stringify({ kind: 'NetworkPolicy', metadata: { namespace: 'shop' }, spec }));
  const toA = { podSelector: { matchLabels: { app: 'a' } } };
  const into = (...policies: object[]) =>
    [...reachability(policies.map(policy), parties)].filter((call) => call.includes('-> a:'));
  expect(into()).toHaveLength(4);
  expect(into({ ...toA, policyTypes: ['Ingress'] })).toEqual([]);
  expect(into({ ...toA, policyTypes: ['Egress'] })).toHaveLength(4);
  expect(into({ podSelector: {}, egress: [] })).toEqual([]);
  expect(into({ ...toA, ingress: [{}] })).toHaveLength(4);
  expect(into({ ...toA, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }] })).toEqual([
    'b -> a:80',
    'c -> a:80',
  ]);
  expect(into({ ...toA, ingress: [{ ports: [{ port: 80, protocol: 'UDP' }] }] })).toEqual([]);
  expect(into({ ...toA, ingress: [{ ports: [{ port: 14_000, endPort: 16_000 }] }] })).toHaveLength(2);
  expect(into({ ...toA, ingress: [{ from: [{ namespaceSelector: {} }] }] })).toHaveLength(4);
  const except = { cidr: '10.0.0.0/24', except: ['10.0.0.3/32'] };
  expect(into({ ...toA, ingress: [{ from: [{ ipBlock: except }] }] })).toHaveLength(2);
  expect(
    into(
      { ...toA, policyTypes: ['Ingress'] },
      {
        ...toA,
        ingress: [
          { from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['b'] }] } }] },
        ],
      },
    ),
  ).toEqual(['b -> a:80', `b -> a:${OTHER_PORT}`]);
});
