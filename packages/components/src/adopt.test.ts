import { Application, Exposed, Pods } from '@strake/core';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { rendered } from '../../../test/rendered-shop.ts';
import { Config } from './config.ts';
import { CronTask } from './cron-task.ts';
import { SecretClaim } from './secret-claim.ts';
import { StatefulService } from './stateful-service.ts';
import { VolumeClaim } from './volume-claim.ts';
import { WebService, type WebServiceProperties } from './web-service.ts';
import { Worker } from './worker.ts';

const web = { image: 'ghcr.io/acme/web:1.4.2', ports: { http: { port: 80, containerPort: 8080 } } };

function adopting(adopt: NonNullable<WebServiceProperties['adopt']>) {
  return rendered((shop) => new WebService(shop, 'web', { ...web, adopt }));
}

test('an adopted workload keeps its name, its selector, the labels of its pods and the name of its container', () => {
  const { findings, of } = adopting({
    name: 'legacy-web',
    selector: { app: 'legacy' },
    podLabels: { app: 'legacy', tier: 'front' },
    container: { name: 'main' },
  });
  expect(findings).toEqual([]);
  expect(of('Deployment')).toMatchObject({
    metadata: { name: 'legacy-web' },
    spec: {
      selector: { matchLabels: { app: 'legacy' } },
      template: { spec: { containers: [{ name: 'main', image: web.image }] } },
    },
  });
  expect(of('Deployment')).toHaveProperty('spec.template.metadata.labels', { app: 'legacy', tier: 'front' });
  expect(of('Service')).toMatchObject({
    metadata: { name: 'legacy-web', labels: { app: 'legacy', 'app.kubernetes.io/managed-by': 'strake' } },
    spec: { selector: { app: 'legacy' } },
  });
});

test('nothing of Helm owns an object that has the labels of a chart', () => {
  const labels = { 'app.kubernetes.io/managed-by': 'Helm', 'helm.sh/chart': 'web-1.2.3' };
  const { of } = adopting({ selector: { app: 'web' }, labels });
  expect(of('Deployment')).toMatchObject({
    metadata: { labels: { 'app.kubernetes.io/managed-by': 'strake', 'helm.sh/chart': 'web-1.2.3' } },
  });
  expect(of('Deployment')).not.toHaveProperty(['spec', 'template', 'metadata', 'labels', 'helm.sh/chart']);
});

test.each([
  ['named', undefined, { name: 'http', containerPort: 8080 }, 'http'],
  ['without a name', [{ containerPort: 8080 }], { containerPort: 8080 }, 8080],
  ['named otherwise', [{ name: 'web', containerPort: 8080 }], { name: 'web' }, 'web'],
])('the Service leads to a port of the container that is %s', (_title, ports, container, targetPort) => {
  const { findings, of } = adopting({ selector: { app: 'web' }, ...(ports && { container: { ports } }) });
  expect(findings).toEqual([]);
  expect(of('Deployment')).toMatchObject({
    spec: { template: { spec: { containers: [{ ports: [container] }] } } },
  });
  expect(of('Service')).toMatchObject({ spec: { ports: [{ name: 'http', port: 80, targetPort }] } });
  expect(of('Service')).not.toHaveProperty('spec.ports[0].appProtocol');
});

test('a container that lists no ports goes on listing none', () => {
  const { of } = adopting({ selector: { app: 'web' }, container: { ports: [] } });
  expect(of('Deployment')).not.toHaveProperty('spec.template.spec.containers[0].ports');
  expect(of('Service')).toHaveProperty('spec.ports[0].targetPort', 8080);
});

test('a Service keeps a name, a selector and target ports of its own, and stays headless', () => {
  const { findings, of } = adopting({
    selector: { app: 'web' },
    podLabels: { app: 'web', tier: 'front' },
    container: { ports: [{ name: 'web', containerPort: 8080 }] },
    service: { name: 'www', selector: { tier: 'front' }, targetPorts: { http: 8080 }, headless: true },
  });
  expect(findings).toEqual([]);
  expect(of('Service')).toMatchObject({
    metadata: { name: 'www' },
    spec: { clusterIP: 'None', selector: { tier: 'front' }, ports: [{ name: 'http', targetPort: 8080 }] },
  });
});

test('a StatefulSet keeps its serviceName and the template of its claims', () => {
  const { findings, of } = rendered(
    (shop) =>
      new StatefulService(shop, 'db', {
        image: 'postgres:16.4',
        ports: { 'tcp-postgres': 5432 },
        storage: { path: '/var/lib/postgresql/data', size: '1Gi' },
        adopt: {
          name: 'legacy-db',
          selector: { app: 'db' },
          service: { headless: false },
          serviceName: 'legacy-db-nodes',
          volumeClaimTemplate: { name: 'pgdata' },
        },
      }),
  );
  expect(findings).toEqual([]);
  expect(of('StatefulSet')).toMatchObject({
    spec: {
      serviceName: 'legacy-db-nodes',
      template: { spec: { containers: [{ volumeMounts: [{ name: 'pgdata' }] }] } },
      volumeClaimTemplates: [{ metadata: { name: 'pgdata' } }],
    },
  });
  expect(of('StatefulSet')).not.toHaveProperty('spec.volumeClaimTemplates[0].metadata.labels');
  expect(of('Service')).not.toHaveProperty('spec.clusterIP');
});

test('objects without pods keep their names, wherever they are named', () => {
  const { findings, of } = rendered((shop) => {
    const config = new Config(shop, 'settings', { data: { A: '1' }, adopt: { name: 'legacy-settings' } });
    const files = new VolumeClaim(shop, 'files', { size: '1Gi', adopt: { name: 'legacy-files' } });
    const secret = new SecretClaim(shop, 'token', { keys: ['TOKEN'], adopt: { name: 'legacy-token' } });
    return new Worker(shop, 'mailer', {
      image: web.image,
      env: { A: config.key('A'), TOKEN: secret.key('TOKEN') },
      mounts: { '/files': { volume: files, name: 'storage' } },
    });
  });
  expect(findings.filter(({ code }) => code !== 'claim-unsupplied')).toEqual([]);
  expect(of('ConfigMap')).toMatchObject({ metadata: { name: 'legacy-settings' } });
  expect(of('PersistentVolumeClaim')).toMatchObject({ metadata: { name: 'legacy-files' } });
  expect(of('Deployment')).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              env: [
                { valueFrom: { configMapKeyRef: { name: 'legacy-settings' } } },
                { valueFrom: { secretKeyRef: { name: 'legacy-token' } } },
              ],
              volumeMounts: [{ name: 'storage', mountPath: '/files' }],
            },
          ],
          volumes: [{ name: 'storage', persistentVolumeClaim: { claimName: 'legacy-files' } }],
        },
      },
    },
  });
});

test('a CronJob keeps its name, and its next pods have the labels of the last ones', () => {
  const cron = { image: web.image, schedule: '@daily' };
  const { of } = rendered(
    (shop) => new CronTask(shop, 'report', { ...cron, adopt: { name: 'legacy', podLabels: { app: 'old' } } }),
  );
  expect(of('CronJob')).toMatchObject({ metadata: { name: 'legacy' } });
  expect(of('CronJob')).toHaveProperty('spec.jobTemplate.spec.template.metadata.labels', { app: 'old' });
  expect(of('CronJob')).not.toHaveProperty('spec.jobTemplate.metadata');
});

test('policies select adopted pods by their selector, until the pods have the labels of the component', () => {
  const shop = new Application(new App(), 'shop');
  const selector = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'legacy' };
  const running = new WebService(shop, 'web', { ...web, adopt: { selector } });
  expect(Pods.of(running)).toMatchObject({ selector, labels: selector, adopted: true });
  const podLabels = { app: 'api', 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/part-of': 'shop' };
  const moved = new WebService(shop, 'api', { ...web, adopt: { selector: { app: 'api' }, podLabels } });
  expect(Pods.of(moved).labels).toEqual({ 'app.kubernetes.io/name': 'api' });
  expect(Pods.of(moved).adopted).toBeUndefined();
  expect(Exposed.of(moved).service.name).toBe('api');
});

test.each([
  [
    'a selector that the pods do not have',
    { selector: { app: 'legacy' }, podLabels: { app: 'web' } },
    '`adopt.podLabels` of `WebService` is {"app":"web"}',
  ],
  [
    'a Service that selects other pods',
    { selector: { app: 'legacy' }, service: { selector: { app: 'web' } } },
    '`adopt.service.selector` of `WebService` is {"app":"web"}',
  ],
  [
    'a Service that leads to a port where nothing listens',
    { selector: { app: 'web' }, service: { targetPorts: { http: 9090 } } },
    '`adopt.service.targetPorts` of `WebService` is {"http":9090}',
  ],
  [
    'a Service that leads to a name that the container does not have',
    {
      selector: { app: 'web' },
      container: { ports: [{ containerPort: 8080 }] },
      service: { targetPorts: { http: 'http' } },
    },
    '`adopt.service.targetPorts` of `WebService` is {"http":"http"}',
  ],
  ['an empty selector', { selector: {} }, '`adopt.selector` of `WebService` is {}'],
  [
    'a name that no object has',
    { selector: { app: 'web' }, name: 'Web' },
    '`adopt.name` of `WebService` is "Web"',
  ],
])('refuses %s', (_title, adopt, written) => {
  expect(adopting(adopt).findings).toMatchObject([{ code: 'property-invalid', path: 'shop/web', written }]);
});

test('refuses two components that adopt one object', () => {
  const adopt = { name: 'legacy', selector: { app: 'legacy' } };
  const { findings } = rendered((shop) => [
    new Worker(shop, 'mailer', { image: web.image, adopt }),
    new Worker(shop, 'sender', { image: web.image, adopt }),
  ]);
  expect(findings).toMatchObject([{ code: 'object-duplicate', severity: 'error' }]);
  expect(findings[0]?.written).toContain('legacy');
});
