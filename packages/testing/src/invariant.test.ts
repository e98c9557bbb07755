import { Platform, type JsonObject, type KubernetesObject } from '@strake/core';
import { expect, test } from 'vitest';
import { checkInvariants, invariants } from './invariant.ts';

const LABELS = { 'app.kubernetes.io/name': 'web' };
const PORTS = [{ name: 'http', port: 80, targetPort: 'http', appProtocol: 'http' }];

function object(apiVersion: string, kind: string, spec: JsonObject, name = 'web'): KubernetesObject {
  return { apiVersion, kind, metadata: { name, labels: LABELS }, spec };
}

function deployment(spec: JsonObject = {}, pod: JsonObject = {}): KubernetesObject {
  const containers = [{ name: 'web', image: 'web:1', ports: [{ name: 'http', containerPort: 8080 }] }];
  const metadata = { labels: { app: 'web', ...LABELS } };
  const selector = { matchLabels: { app: 'web' } };
  return object('apps/v1', 'Deployment', {
    selector,
    ...spec,
    template: { metadata, spec: { containers, ...pod } },
  });
}

const service = object('v1', 'Service', { selector: { app: 'web' }, ports: PORTS });
const canary = object('flagger.app/v1beta1', 'Canary', {
  targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  service: { port: 80, targetPort: 'http', primary: { labels: LABELS }, canary: { labels: LABELS } },
});
const namespace = (labels: Readonly<Record<string, string>>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels },
});
const budget = (spec: JsonObject, selector: JsonObject = { matchLabels: LABELS }) =>
  object('policy/v1', 'PodDisruptionBudget', { ...spec, selector });

/** What is found in objects of one component `web`. */
function found(...objects: readonly KubernetesObject[]) {
  const [environment] = new Platform('test', { environments: { live: {} } }).environments;
  if (environment === undefined) throw new Error('no environment');
  const manifests = objects.map((each) => ({
    object: each,
    delegations: [],
    writer: {
      layer: 'component',
      definition: 'web',
      package: '@acme/web',
      path: 'shop/web',
      origin: undefined,
    } as const,
  }));
  return checkInvariants([{ environment, application: 'shop', namespace: 'shop', manifests }]);
}

const name = (...objects: readonly KubernetesObject[]) => [
  ...new Set(found(...objects).map(({ invariant }) => invariant)),
];

/** For each invariant objects that break it, and near ones that do not. */
const SAMPLES: Readonly<Record<string, { breaks: KubernetesObject[]; holds: KubernetesObject[] }>> = {
  'service-selects-its-pods': {
    breaks: [deployment(), object('v1', 'Service', { selector: { app: 'api' }, ports: PORTS })],
    holds: [deployment(), service],
  },
  'workload-selects-its-pods': {
    breaks: [deployment({ selector: { matchLabels: { app: 'api' } } })],
    holds: [deployment()],
  },
  'spread-selects-its-pods': {
    breaks: [
      deployment(
        {},
        { topologySpreadConstraints: [{ topologyKey: 'zone', labelSelector: { matchLabels: LABELS } }] },
      ),
      canary,
    ],
    holds: [
      deployment(
        {},
        {
          topologySpreadConstraints: [
            { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'web' } } },
          ],
        },
      ),
      canary,
    ],
  },
  'policy-selects-its-pods': {
    breaks: [deployment({ replicas: 2 }), budget({ maxUnavailable: 1 }, { matchLabels: { app: 'api' } })],
    holds: [deployment(), canary, budget({ maxUnavailable: 1 })],
  },
  'monitor-finds-each-pod-once': {
    breaks: [
      deployment(),
      service,
      { ...service, metadata: { ...service.metadata, name: 'web-public' } },
      object('monitoring.coreos.com/v1', 'ServiceMonitor', {
        selector: { matchLabels: LABELS },
        endpoints: [{ port: 'http' }],
      }),
    ],
    holds: [
      deployment(),
      canary,
      object('monitoring.coreos.com/v1', 'ServiceMonitor', {
        selector: { matchLabels: LABELS },
        endpoints: [{ port: 'http' }],
      }),
    ],
  },
  'delegated-field-is-absent': {
    breaks: [deployment({ replicas: 2 }), canary],
    holds: [deployment(), canary],
  },
  'taken-over-object-is-absent': {
    breaks: [deployment(), canary, object('networking.istio.io/v1', 'VirtualService', { hosts: ['web'] })],
    holds: [deployment(), service, object('networking.istio.io/v1', 'VirtualService', { hosts: ['web'] })],
  },
  'budget-lets-pods-go': {
    breaks: [deployment({ replicas: 1 }), budget({ minAvailable: 1 })],
    holds: [deployment({ replicas: 2 }), budget({ minAvailable: 1 })],
  },
  'port-exists': {
    breaks: [
      deployment(),
      object('v1', 'Service', { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] }),
    ],
    holds: [deployment(), service],
  },
  'reference-resolves': {
    breaks: [deployment({}, { serviceAccountName: 'web' })],
    holds: [deployment({}, { serviceAccountName: 'web' }), object('v1', 'ServiceAccount', {})],
  },
  'meshed-port-says-protocol': {
    breaks: [
      namespace({ 'istio-injection': 'enabled' }),
      deployment(),
      object('v1', 'Service', {
        selector: { app: 'web' },
        ports: [{ name: 'web', port: 80, targetPort: 'http' }],
      }),
    ],
    holds: [namespace({ 'istio-injection': 'enabled' }), deployment(), service],
  },
  'tunnel-is-open': {
    breaks: [namespace({ 'istio.io/dataplane-mode': 'ambient' }), deployment(), policy(8080)],
    holds: [namespace({ 'istio.io/dataplane-mode': 'ambient' }), deployment(), policy(8080, 15_008)],
  },
  'sidecars-may-start': {
    breaks: [namespace({ 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'restricted' })],
    holds: [
      namespace({ 'istio.io/dataplane-mode': 'ambient', 'pod-security.kubernetes.io/enforce': 'restricted' }),
    ],
  },
};

function policy(...ports: readonly number[]): KubernetesObject {
  const from = [{ podSelector: { matchLabels: { app: 'caller' } } }];
  return object('networking.k8s.io/v1', 'NetworkPolicy', {
    podSelector: { matchLabels: LABELS },
    ingress: [{ from, ports: ports.map((port) => ({ protocol: 'TCP', port })) }],
  });
}

test.each(Object.entries(SAMPLES))(
  '%s finds what it is about, and nothing in near misses',
  (invariant, { breaks, holds }) => {
    expect(name(...breaks)).toContain(invariant);
    expect(found(...holds)).toEqual([]);
  },
);

test('every invariant has samples; those of tasks need traits and stand in test/matrix', () => {
  expect([...Object.keys(SAMPLES), 'task-ends'].toSorted()).toEqual(
    invariants.map((each) => each.name).toSorted(),
  );
  for (const { summary } of invariants) expect(summary).toMatch(/^[A-Z].*\.$/);
});

test('a violation names the invariant, the definition, the component, the object and the path', () => {
  expect(found(deployment({ replicas: 1 }), budget({ maxUnavailable: 0 }))).toEqual([
    {
      invariant: 'budget-lets-pods-go',
      definitions: ['web'],
      component: 'shop/web',
      object: 'PodDisruptionBudget/web',
      path: 'spec.maxUnavailable',
      written: 'lets none of 1 pods go',
    },
  ]);
});
