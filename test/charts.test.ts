import { recommended } from '@strake/checks';
import { fromConstruct, WebService } from '@strake/components';
import {
  Application,
  defineConfig,
  defineOperations,
  Exposed,
  Platform,
  Pods,
  render,
  Scalable,
} from '@strake/core';
import { checkRules } from '@strake/core/tools';
import { network } from '@strake/scopes';
import { replicas } from '@strake/traits';
import { Helm, Include } from 'cdk8s';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './files.ts';
import { temporary } from './temporary.ts';
import { tool } from './tools/kubernetes-tools.ts';

const helm = tool('helm');
const folder = temporary();
const CHART = join(ROOT, 'test/charts/redis');

if ('missing' in helm) console.log(`charts: not run (${helm.missing})`);

function shop(helmFlags: string[]) {
  class Shop extends Application {
    readonly redis = fromConstruct(this, 'redis', {
      offers: [Pods, Scalable, Exposed],
      build: (parent) =>
        new Helm(parent, 'chart', {
          chart: CHART,
          releaseName: 'redis',
          values: { tag: '7.4.2' },
          helmExecutable: 'path' in helm ? helm.path : 'helm',
          helmFlags,
        }),
    });
    readonly web = new WebService(this, 'web', { image: 'acme/web:1', ports: { http: 8080 } }).connectTo(
      this.redis,
      { env: 'REDIS_ADDR' },
    );
  }
  const operations = [defineOperations(Shop, ({ redis }) => void redis.attach(replicas({ count: 3 })))];
  const platform = new Platform('acme', { environments: { production: {} } }).supply(network());
  return rendered(defineConfig({ project: 'shop', applications: { shop: Shop }, operations, platform }));
}

function rendered(config: Parameters<typeof render>[0]) {
  const { applications, findings } = render(config);
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const of = (kind: string, name: string) =>
    objects.find((each) => each.kind === kind && each.metadata.name === name);
  return { applications, findings, of };
}

test.skipIf('missing' in helm)('traits, connections and scopes apply to what a Helm chart makes', () => {
  const { findings, of } = shop(['--no-hooks']);
  expect(findings).toEqual([]);
  expect(of('Deployment', 'redis-master')).toMatchObject({
    metadata: { namespace: 'shop', labels: { 'helm.sh/chart': 'redis-1.2.0' } },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'redis' } },
      template: { spec: { containers: [{ name: 'redis', image: 'redis:7.4.2' }] } },
    },
  });
  expect(of('Deployment', 'web')).toMatchObject({
    spec: {
      template: { spec: { containers: [{ env: [{ name: 'REDIS_ADDR', value: 'redis-master:6379' }] }] } },
    },
  });
  expect(of('NetworkPolicy', 'redis')).toMatchObject({
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'redis' } },
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }],
          ports: [{ protocol: 'TCP', port: 6379 }],
        },
      ],
    },
  });
});

test.skipIf('missing' in helm)('the hooks of a chart are found', () => {
  const { applications } = shop([]);
  const rules = checkRules({ recommended, today: '2026-01-01' });
  const codes: string[] = [];
  for (const each of applications)
    rules.application(each, ({ code, object }) => codes.push(`${code} ${object}`));
  expect(codes).toContain('rule/no-helm-hook Pod/redis-test');
});

test('manifests of a file are a component like any other', () => {
  const file = join(folder(), 'legacy.yaml');
  writeFileSync(
    file,
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: legacy }
spec:
  selector: { matchLabels: { app: legacy } }
  template:
    metadata: { labels: { app: legacy } }
    spec: { containers: [{ name: main, image: 'acme/legacy:1' }] }
`,
  );
  class Shop extends Application {
    readonly legacy = fromConstruct(this, 'legacy', {
      offers: [Pods, Scalable],
      build: (parent) => new Include(parent, 'file', { url: file }),
    });
  }
  const operations = [defineOperations(Shop, ({ legacy }) => void legacy.attach(replicas({ count: 2 })))];
  const { findings, of } = rendered(
    defineConfig({ project: 'shop', applications: { shop: Shop }, operations }),
  );
  expect(findings).toEqual([]);
  expect(of('Deployment', 'legacy')).toMatchObject({
    metadata: { labels: { 'app.kubernetes.io/part-of': 'shop' } },
    spec: { replicas: 2, template: { spec: { containers: [{ name: 'main', image: 'acme/legacy:1' }] } } },
  });
});
