import { Config, fromConstruct, WebService } from '@strake/components';
import {
  Application,
  defineOperations,
  Exposed,
  Platform,
  Pods,
  Scalable,
  render,
  type Trait,
} from '@strake/core';
import { mesh, network } from '@strake/scopes';
import { ApiObject } from 'cdk8s';
import { expect, test } from 'vitest';
import { affinity } from '../affinity.ts';
import { autoscale } from '../autoscale.ts';
import { configRollout } from '../config-rollout.ts';
import { disruptionBudget } from '../disruption-budget.ts';
import { expose } from '../expose.ts';
import { grpcRoute } from '../gateway/grpc-route.ts';
import { route } from '../gateway/route.ts';
import { ingress } from '../ingress.ts';
import { circuitBreaking } from '../istio/circuit-breaking.ts';
import { traffic } from '../istio/traffic.ts';
import { scaledObject } from '../keda/scaled-object.ts';
import { metrics as scrape } from '../prometheus/metrics.ts';
import { replicas } from '../replicas.ts';
import { resources } from '../resources.ts';
import { serviceAccount } from '../service-account.ts';
import { spread } from '../spread.ts';
import { blueGreen } from './blue-green.ts';
import { canary } from './canary.ts';

class Shop extends Application {
  readonly settings = new Config(this, 'settings', { data: { level: 'info' } });
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: 8080 },
    mounts: { '/etc/web': this.settings },
  });
  readonly caller = new WebService(this, 'caller', { image: 'a:1', ports: { http: 80 } }).connectTo(this.web);
}

const steps = canary({
  stepWeight: 10,
  metrics: [{ name: 'request-success-rate', thresholdRange: { min: 99 } }],
  webhooks: [
    { type: 'rollout', url: 'http://flagger-loadtester.flagger-system/', cmd: 'hey http://web-canary/' },
  ],
});

function shopWith(...traits: Trait<'pods' | 'scalable' | 'exposed'>[]) {
  const platform = new Platform('acme', { environments: { live: {} } })
    .supply(network())
    .supply(mesh({ authorization: 'namespaces' }));
  const operations = [defineOperations(Shop, ({ web }) => void web.attach(...traits))];
  const { applications, findings } = render({
    project: 'shop',
    platform,
    applications: { shop: Shop },
    operations,
  });
  const manifests = applications.flatMap((application) => application.manifests);
  const manifest = (kind: string, name = 'web') =>
    manifests.find(({ object }) => object.kind === kind && object.metadata.name === name);
  return { findings, manifest, of: (kind: string, name?: string) => manifest(kind, name)?.object };
}

const PODS = { matchLabels: { 'app.kubernetes.io/name': 'web' } };

test('keeps the number of replicas by an autoscaler, which Flagger copies', () => {
  for (const traits of [
    [replicas({ count: 3 }), steps],
    [steps, replicas({ count: 3 })],
  ]) {
    const { findings, of, manifest } = shopWith(...traits);
    expect(findings).toEqual([]);
    expect(of('HorizontalPodAutoscaler')).toMatchObject({
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 3,
        maxReplicas: 3,
      },
    });
    expect(of('Canary')).toMatchObject({
      spec: { autoscalerRef: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'web' } },
    });
    expect(of('Deployment')?.['spec']).not.toHaveProperty('replicas');
    expect(manifest('Deployment')?.delegations).toMatchObject([
      { steps: ['spec', 'replicas'], to: 'Flagger' },
    ]);
  }
});

test('names the autoscaler that is attached', () => {
  const { findings, of, manifest } = shopWith(
    steps,
    replicas({ count: 2 }),
    autoscale({ max: 5 }),
    resources({ requests: { cpu: '100m' } }),
  );
  expect(findings).toEqual([]);
  expect(of('HorizontalPodAutoscaler')).toMatchObject({ spec: { minReplicas: 2, maxReplicas: 5 } });
  expect(of('Canary')).toMatchObject({
    spec: { autoscalerRef: { kind: 'HorizontalPodAutoscaler', name: 'web' } },
  });
  expect(manifest('Deployment')?.delegations).toMatchObject([{ to: 'HorizontalPodAutoscaler' }]);
});

test('names the scaled object that is attached', () => {
  const times = { timezone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: 5 };
  const events = scaledObject({ maxReplicaCount: 10, triggers: [{ type: 'cron', metadata: times }] });
  const { findings, of } = shopWith(steps, events);
  expect(findings).toEqual([]);
  expect(of('HorizontalPodAutoscaler')).toBeUndefined();
  expect(of('Canary')).toMatchObject({
    spec: { autoscalerRef: { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'web' } },
  });
});

test('leaves the number of pods alone where nobody gives one, and refuses none at all', () => {
  expect(shopWith(steps).of('Canary')?.['spec']).not.toHaveProperty('autoscalerRef.kind');
  expect(shopWith(steps).of('HorizontalPodAutoscaler')).toBeUndefined();
  expect(shopWith(steps, replicas({ count: 0 })).findings).toMatchObject([{ code: 'trait-conflict' }]);
});

test('hands what `traffic` and `circuitBreaking` say to Flagger, which writes their objects', () => {
  const { findings, of } = shopWith(
    steps,
    traffic({
      hosts: ['shop.example.com'],
      gateways: ['istio-ingress/public'],
      timeout: '15s',
      retries: { attempts: 3, perTryTimeout: '3s' },
      headers: { request: { remove: ['x-internal'] } },
      loadBalancer: { simple: 'RANDOM' },
    }),
    circuitBreaking({ http2MaxRequests: 100, outlierDetection: { interval: '10s' } }),
  );
  expect(findings).toEqual([]);
  expect(of('VirtualService')).toBeUndefined();
  expect(of('DestinationRule')).toBeUndefined();
  expect(of('Canary')).toMatchObject({
    spec: {
      service: {
        hosts: ['shop.example.com'],
        gateways: ['istio-ingress/public', 'mesh'],
        timeout: '15s',
        retries: { attempts: 3, perTryTimeout: '3s' },
        headers: { request: { remove: ['x-internal'] } },
        trafficPolicy: {
          loadBalancer: { simple: 'RANDOM' },
          connectionPool: { http: { http2MaxRequests: 100 } },
          outlierDetection: { interval: '10s', maxEjectionPercent: 50 },
        },
      },
    },
  });
  expect(JSON.stringify(of('NetworkPolicy'))).toContain('istio-ingress');
});

test('names what of them Flagger has no place for', () => {
  const { findings, of } = shopWith(
    steps,
    traffic({ timeout: '5s', mirror: { host: 'web-next' }, subsets: { v1: { version: 'v1' } } }),
    circuitBreaking({ maxConnections: 10 }),
  );
  expect(findings.map(({ code, written }) => `${code}: ${written}`)).toEqual([
    'trait-conflict: `maxConnections` of `circuitBreaking` beside `canary`',
    'trait-conflict: `mirror` of `traffic` beside `canary`',
    'trait-conflict: `subsets` of `traffic` beside `canary`',
  ]);
  expect(of('Service')).toBeDefined();
});

test('refuses `traffic` where Flagger makes no routes of Istio, and what is said twice', () => {
  const gates = [{ type: 'confirm-promotion', url: 'http://gates.flagger-system/' }] as const;
  const nginx = canary({ provider: 'nginx', ingressRef: { name: 'web' }, stepWeight: 10, webhooks: gates });
  expect(shopWith(nginx, traffic({ timeout: '5s' })).findings).toMatchObject([
    { code: 'trait-conflict', written: 'the trait `traffic` beside `canary` with nginx' },
  ]);
  const twice = canary({ stepWeight: 10, webhooks: gates, service: { timeout: '1s' } });
  expect(shopWith(twice, traffic({ timeout: '5s' })).findings).toMatchObject([{ code: 'trait-conflict' }]);
});

const checked = [{ name: 'request-success-rate', thresholdRange: { min: 99 } }];
const outside = {
  parentRefs: [{ name: 'public', namespace: 'ingress', sectionName: 'https' }],
  hostnames: ['shop.example.com'],
  controllerNamespace: 'envoy-gateway-system',
};

test('hands a `route` to Flagger, which writes the HTTPRoute', () => {
  const shifted = canary({ provider: 'gatewayapi:v1', stepWeight: 10, metrics: checked });
  const { findings, of } = shopWith(
    shifted,
    route({
      ...outside,
      rules: [
        {
          timeouts: { request: '15s', backendRequest: '5s' },
          responseHeaderModifier: { remove: ['server'] },
        },
      ],
    }),
  );
  expect(findings).toEqual([]);
  expect(of('HTTPRoute')).toBeUndefined();
  expect(of('Canary')).toMatchObject({
    spec: {
      service: {
        gatewayRefs: outside.parentRefs,
        hosts: ['shop.example.com'],
        timeout: '15s',
        backendTimeout: '5s',
        headers: { response: { remove: ['server'] } },
      },
    },
  });
  expect(JSON.stringify(of('NetworkPolicy'))).toContain('envoy-gateway-system');
  const rewritten = route({
    ...outside,
    rules: [{ matches: [{ path: '/a' }], urlRewrite: { hostname: 'a.example' } }, {}],
  });
  expect(shopWith(shifted, rewritten).findings.map(({ written }) => written)).toEqual([
    '`matches` in `rules` of `route` beside `canary`',
    '`urlRewrite` in `rules` of `route` beside `canary`',
    'several `rules` of `route` beside `canary`',
  ]);
  expect(shopWith(steps, route(outside)).findings).toMatchObject([
    { code: 'trait-conflict', written: 'the trait `route` with istio beside `canary`' },
  ]);
  expect(shopWith(steps, grpcRoute(outside)).findings).toMatchObject([{ code: 'trait-conflict' }]);
});

test('keeps a `route` where Flagger makes none', () => {
  const { findings, of } = shopWith(blueGreen({ metrics: checked }), route(outside));
  expect(findings).toEqual([]);
  expect(of('HTTPRoute')).toEqual(shopWith(route(outside)).of('HTTPRoute'));
});

test('names the `ingress` that is attached to nginx, and says who passes Flagger by', () => {
  const led = ingress({ hosts: ['shop.example.com'], controllerNamespace: 'ingress-nginx' });
  const { findings, of } = shopWith(canary({ provider: 'nginx', stepWeight: 10, metrics: checked }), led);
  expect(findings).toEqual([]);
  expect(of('Ingress')).toBeDefined();
  expect(of('Canary')).toMatchObject({ spec: { ingressRef: { kind: 'Ingress', name: 'web' } } });
  expect(shopWith(blueGreen({ metrics: checked }), led).findings).toEqual([]);
  expect(shopWith(steps, led).findings).toMatchObject([{ severity: 'warning', code: 'trait-conflict' }]);
});

test('leaves budgets, policies and monitors with labels that both revisions have', () => {
  const { findings, of } = shopWith(
    steps,
    replicas({ count: 3 }),
    disruptionBudget({ minAvailable: 2 }),
    scrape({ port: 'http' }),
  );
  expect(findings).toEqual([]);
  expect(of('PodDisruptionBudget')).toMatchObject({ spec: { selector: PODS, minAvailable: 2 } });
  expect(of('NetworkPolicy')).toMatchObject({ spec: { podSelector: PODS } });
  expect(of('AuthorizationPolicy')).toMatchObject({ spec: { selector: PODS } });
  expect(of('ServiceMonitor')).toMatchObject({ spec: { selector: PODS } });
  const spec = of('Canary')?.['spec'];
  for (const service of ['primary', 'canary']) {
    expect(spec).toMatchObject({ service: { [service]: { labels: PODS.matchLabels } } });
  }
  expect(spec).not.toMatchObject({ service: { apex: { labels: PODS.matchLabels } } });
});

test('refuses `expose`, whose Service would lead to pods that are gone between two rollouts', () => {
  for (const given of [{ name: 'web-public' }, { type: 'LoadBalancer' as const }])
    expect(shopWith(steps, expose({ ...given, admit: 'everybody' })).findings).toMatchObject([
      { code: 'trait-conflict', written: 'the trait `expose` beside `canary`' },
    ]);
});

test('counts the pods of an autoscaler of its own against the budget', () => {
  const codes = shopWith(steps, replicas({ count: 1 }), disruptionBudget({ minAvailable: 1 })).findings;
  expect(codes).toMatchObject([{ code: 'property-invalid', path: 'shop/web' }]);
});

test('lets the load tester and declared callers in, through the network and the mesh', () => {
  const { of } = shopWith(steps);
  const policies = [of('NetworkPolicy'), of('AuthorizationPolicy')].map((each) => JSON.stringify(each));
  for (const policy of policies) expect(policy).toContain('flagger-system');
  expect(policies[0]).toContain('{"app.kubernetes.io/name":"caller",');
});

test('spreads pods by the one label that Flagger changes together with its selectors', () => {
  const { findings, of } = shopWith(
    steps,
    spread({ by: 'topology.kubernetes.io/zone' }),
    affinity({ pods: { apart: { preferred: 'kubernetes.io/hostname' } } }),
  );
  expect(findings).toEqual([]);
  const labelSelector = { matchLabels: { app: 'web' } };
  expect(of('Deployment')).toMatchObject({
    spec: {
      selector: labelSelector,
      template: {
        spec: {
          topologySpreadConstraints: [{ labelSelector }],
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: { labelSelector } }],
            },
          },
        },
      },
    },
  });
});

test('stands beside `configRollout` and `serviceAccount`, which change pods as before', () => {
  const { findings, of } = shopWith(steps, configRollout(), serviceAccount());
  expect(findings).toEqual([]);
  expect(of('Deployment')).toMatchObject({
    spec: {
      template: {
        metadata: { annotations: { 'checksum/config': expect.any(String) } },
        spec: { serviceAccountName: 'web' },
      },
    },
  });
});

/** A component of objects that somebody else wrote. */
function adopted(
  {
    kind = 'Deployment',
    selector = { app: 'old' },
    labels = {},
    service = {},
  }: {
    readonly kind?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly service?: object;
  },
  trait: Trait<'pods' | 'exposed'> = steps,
) {
  class Old extends Application {
    readonly old = fromConstruct(this, 'old', {
      offers: kind === 'Deployment' ? [Pods, Scalable, Exposed] : [Pods, Exposed],
      build: (parent) => {
        const metadata = { name: 'old' };
        const containers = [{ name: 'old', image: 'old:1', ports: [{ name: 'http', containerPort: 8080 }] }];
        const template = { metadata: { labels: { ...selector, ...labels } }, spec: { containers } };
        const spec = { selector: { matchLabels: selector }, template };
        void new ApiObject(parent, 'workload', { apiVersion: 'apps/v1', kind, metadata, spec });
        const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
        const own = {
          metadata: { ...metadata, annotations: { team: 'old' } },
          spec: { selector, ports, ...service },
        };
        void new ApiObject(parent, 'service', { apiVersion: 'v1', kind: 'Service', ...own });
      },
    }).attach(trait);
  }
  const { applications, findings } = render({ project: 'old', applications: { old: Old } });
  const manifests = applications.flatMap((application) => application.manifests);
  return { findings, find: (kind: string) => manifests.find(({ object }) => object.kind === kind) };
}

test('takes over what a Service of others says', () => {
  const { findings, find } = adopted({ service: { clusterIP: 'None', trafficDistribution: 'PreferClose' } });
  expect(findings).toEqual([]);
  expect(find('Service')).toBeUndefined();
  expect(find('Canary')?.object).toMatchObject({
    spec: {
      service: {
        port: 80,
        targetPort: 8080,
        headless: true,
        trafficDistribution: 'PreferClose',
        apex: { annotations: { team: 'old' } },
      },
    },
  });
});

test('leaves the nodes of a DaemonSet to Flagger, which empties them between rollouts', () => {
  const { findings, find } = adopted({ kind: 'DaemonSet' });
  expect(findings).toEqual([]);
  expect(find('Canary')?.object).toMatchObject({ spec: { targetRef: { kind: 'DaemonSet' } } });
  expect(find('DaemonSet')?.delegations).toMatchObject([
    { steps: ['spec', 'template', 'spec', 'nodeSelector', 'flagger.app/scale-to-zero'] },
  ]);
});

test.each([
  [
    'a selector that Flagger does not know',
    { selector: { 'cdk8s.io/metadata.addr': 'a' } },
    'trait-misplaced',
  ],
  ['policies that would miss the copy', { labels: { 'app.kubernetes.io/name': 'other' } }, 'trait-misplaced'],
  ['a Service that it cannot make', { service: { type: 'LoadBalancer' } }, 'trait-misplaced'],
  ['fields that it cannot make', { service: { sessionAffinity: 'ClientIP' } }, 'trait-misplaced'],
])('refuses %s', (_, objects, code) => {
  const { findings, find } = adopted(objects);
  expect(findings.map((each) => each.code)).toEqual([code]);
  expect(find('Service')).toBeDefined();
  expect(find('Canary')).toBeUndefined();
});
