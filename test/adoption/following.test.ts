import { Worker, WebService, fromConstruct } from '@strake/components';
import { Application, from, isJsonObject, Platform, Pods, Scalable, type JsonObject } from '@strake/core';
import { mesh, network } from '@strake/scopes';
import { autoscale, disruptionBudget, expose, ingress, resources, spread } from '@strake/traits';
import { canary } from '@strake/traits/flagger';
import { traffic } from '@strake/traits/istio';
import { metrics } from '@strake/traits/prometheus';
import { ApiObject } from 'cdk8s';
import { expect, test } from 'vitest';
import { parseFacts } from '../../packages/core/src/published-facts.ts';
import { renderedBy } from './objects.ts';

const image = 'ghcr.io/acme/web:1.4.2';
const SELECTOR = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'release' };

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image,
    ports: { http: { port: 80, containerPort: 8080 }, metrics: 9102 },
    adopt: {
      name: 'release-shop',
      selector: SELECTOR,
      container: { name: 'main', ports: [{ containerPort: 8080 }, { name: 'metrics', containerPort: 9102 }] },
      service: { name: 'release-www' },
    },
  });
  readonly mailer = new Worker(this, 'mailer', { image }).connectTo(this.web, { port: 'http', env: 'WEB' });
}

class Other extends Application {
  readonly caller = new Worker(this, 'caller', { image }).connectTo(from(Shop).web, { port: 'http' });
}

function find(objects: readonly JsonObject[], kind: string, name?: string): JsonObject | undefined {
  return objects.find(
    ({ kind: each, metadata }) => each === kind && (name === undefined || nameIn(metadata) === name),
  );
}

function nameIn(metadata: JsonObject[string]): JsonObject[string] {
  return isJsonObject(metadata) ? metadata['name'] : undefined;
}

function operated(operate: (shop: Shop) => unknown, platform?: Platform) {
  class Operated extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      operate(this);
    }
  }
  return renderedBy({ project: 'shop', applications: { shop: Operated }, ...(platform && { platform }) });
}

test('traits follow the names and the selector of a workload that runs already', () => {
  const { findings, objects } = operated(({ web }) =>
    web.attach(
      resources({ requests: { cpu: '100m' } }),
      autoscale({ min: 2, max: 5 }),
      disruptionBudget({ maxUnavailable: 1 }),
      spread({ by: 'topology.kubernetes.io/zone' }),
      ingress({ hosts: ['shop.example.com'], port: 'http' }),
      metrics({ port: 'metrics' }),
      traffic({ timeout: '15s', port: 'http' }),
    ),
  );
  expect(findings).toEqual([]);
  const name = 'release-shop';
  const selector = { matchLabels: SELECTOR };
  expect(find(objects, 'HorizontalPodAutoscaler')).toMatchObject({
    metadata: { name },
    spec: { scaleTargetRef: { kind: 'Deployment', name } },
  });
  expect(find(objects, 'PodDisruptionBudget')).toMatchObject({ metadata: { name }, spec: { selector } });
  expect(find(objects, 'ServiceMonitor')).toMatchObject({ metadata: { name }, spec: { selector } });
  expect(find(objects, 'Service')).toMatchObject({ metadata: { labels: SELECTOR } });
  expect(find(objects, 'VirtualService')).toMatchObject({
    spec: { hosts: ['release-www.shop.svc.cluster.local'] },
  });
  expect(JSON.stringify(find(objects, 'Ingress'))).toContain('"name":"release-www","port":{"name":"http"}');
  expect(find(objects, 'Deployment', name)).toMatchObject({
    spec: {
      template: {
        metadata: { labels: SELECTOR },
        spec: {
          containers: [{ name: 'main', resources: { requests: { cpu: '100m' } } }],
          topologySpreadConstraints: [{ labelSelector: selector }],
        },
      },
    },
  });
});

test('connections lead to the Service that is there, and open its pods to nobody else', () => {
  const platform = new Platform('acme', { environments: { production: {} } })
    .supply(network())
    .supply(mesh());
  const { findings, objects } = renderedBy({
    project: 'shop',
    applications: { shop: Shop, other: Other },
    platform,
  });
  expect(findings).toEqual([]);
  expect(JSON.stringify(find(objects, 'Deployment', 'mailer'))).toContain(
    '{"name":"WEB","value":"release-www:80"}',
  );
  const web = find(objects, 'NetworkPolicy', 'release-shop');
  expect(web).toMatchObject({ spec: { podSelector: { matchLabels: SELECTOR } } });
  const callers = JSON.stringify(web);
  expect(callers).toContain('"app.kubernetes.io/name":"mailer","app.kubernetes.io/part-of":"shop"');
  expect(callers).toContain('"app.kubernetes.io/name":"caller","app.kubernetes.io/part-of":"other"');
  for (const caller of ['mailer', 'caller'])
    expect(JSON.stringify(find(objects, 'NetworkPolicy', caller))).toContain(
      `"podSelector":{"matchLabels":${JSON.stringify(SELECTOR)}}`,
    );
});

const shifting = canary({
  stepWeight: 10,
  maxWeight: 50,
  threshold: 5,
  metrics: [{ name: 'request-success-rate', thresholdRange: { min: 99 } }],
});

test('a canary of adopted pods is refused until they have a label that it does not change', () => {
  const adopting = (podLabels?: Readonly<Record<string, string>>) => {
    class Canaried extends Application {
      readonly web = new WebService(this, 'web', {
        image,
        ports: { http: 8080 },
        adopt: { selector: { app: 'web' }, ...(podLabels && { podLabels }) },
      }).attach(shifting);
    }
    return renderedBy({ project: 'shop', applications: { shop: Canaried } }).findings;
  };
  expect(adopting()).toMatchObject([{ code: 'trait-misplaced', fix: expect.stringContaining('the label') }]);
  const own = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' };
  expect(adopting({ app: 'web', ...own })).toEqual([]);
});

test('other projects are told that adopted pods have no labels of a component', () => {
  const { applications } = renderedBy({ project: 'shop', applications: { shop: Shop } });
  const published: unknown = JSON.parse(JSON.stringify(applications[0]?.facts));
  expect(parseFacts(published)?.components).toMatchObject([
    { id: 'web', name: 'release-www', labels: SELECTOR, adopted: true },
    { id: 'mailer', labels: { 'app.kubernetes.io/name': 'mailer' } },
  ]);
});

test('a closed network names the Service for callers outside that selects pods by another of their labels', () => {
  class Public extends Application {
    readonly web = new WebService(this, 'web', {
      image,
      ports: { http: 8080 },
      adopt: {
        selector: { app: 'web' },
        podLabels: { app: 'web', tier: 'front' },
        service: { selector: { tier: 'front' } },
      },
    }).attach(expose({ type: 'LoadBalancer' }));
  }
  const platform = new Platform('acme', { environments: { production: {} } }).supply(network());
  const { findings } = renderedBy({ project: 'shop', applications: { shop: Public }, platform });
  expect(findings).toMatchObject([{ code: 'service-closed', path: 'shop/web' }]);
});

test('another Service is made for the pods of the selector', () => {
  const { findings, objects } = operated(({ web }) =>
    web.attach(expose({ name: 'public', ports: ['http'], admit: 'everybody' })),
  );
  expect(findings).toEqual([]);
  expect(find(objects, 'Service', 'public')).toMatchObject({
    spec: { selector: SELECTOR, ports: [{ name: 'http', targetPort: 8080 }] },
  });
});

test('a construct that runs already keeps the labels of its pods', () => {
  class Constructed extends Application {
    readonly legacy = fromConstruct(this, 'legacy', {
      offers: [Pods, Scalable],
      adopt: true,
      build: (parent) =>
        new ApiObject(parent, 'deployment', {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'legacy' },
          spec: {
            selector: { matchLabels: SELECTOR },
            template: { metadata: { labels: SELECTOR }, spec: { containers: [{ name: 'main', image }] } },
          },
        }),
    }).attach(disruptionBudget({ maxUnavailable: '50%' }));
  }
  const { objects } = renderedBy({ project: 'shop', applications: { shop: Constructed } });
  expect(find(objects, 'Deployment')).toHaveProperty('spec.template.metadata.labels', SELECTOR);
  expect(find(objects, 'PodDisruptionBudget')).toMatchObject({
    spec: { selector: { matchLabels: SELECTOR } },
  });
});
