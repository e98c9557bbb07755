import {
  Config,
  CronTask,
  Daemon,
  Manifests,
  StatefulService,
  VolumeClaim,
  WebService,
  Worker,
} from '@strake/components';
import { Application, defineOperations } from '@strake/core';
import {
  annotations,
  lifecycle,
  podManagement,
  probes,
  replicas,
  resources,
  serviceAccount,
  updateStrategy,
} from '@strake/traits';

/** `orders.yaml`, taken over. */
export class Orders extends Application {
  readonly settings = new Config(this, 'settings', {
    data: { LOG_LEVEL: 'info', 'features.yaml': 'express: true\n' },
    adopt: { name: 'orders-settings', labels: { app: 'orders' } },
  });

  readonly database = new StatefulService(this, 'database', {
    image: 'postgres:16.4',
    ports: { 'tcp-postgres': 5432 },
    env: { PGDATA: '/var/lib/postgresql/data/pgdata' },
    storage: { path: '/var/lib/postgresql/data', size: '20Gi', storageClassName: 'fast' },
    adopt: {
      name: 'orders-db',
      selector: { app: 'orders-db' },
      container: { name: 'postgres', ports: [{ name: 'pg', containerPort: 5432 }] },
      service: { headless: false },
      serviceName: 'orders-db-nodes',
      volumeClaimTemplate: { name: 'pgdata', labels: { app: 'orders-db' } },
    },
  });

  readonly nodes = new Manifests(this, 'nodes', {
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'orders-db-nodes' },
        spec: {
          clusterIP: 'None',
          selector: { app: 'orders-db' },
          ports: [{ name: 'tcp-postgres', port: 5432, targetPort: 'pg' }],
        },
      },
    ],
  });

  readonly api = new WebService(this, 'api', {
    image: 'ghcr.io/acme/orders:2.7.0',
    args: ['--listen=:8080'],
    ports: { http: { port: 80, containerPort: 8080 }, metrics: 9102 },
    // The variable stands first in the running pods, and another order would restart them.
    env: { DATABASE_HOST: 'orders-db:5432', LOG_LEVEL: this.settings.key('LOG_LEVEL') },
    mounts: { '/etc/orders': { volume: this.settings, name: 'settings-volume', readOnly: true } },
    adopt: {
      name: 'orders-api',
      selector: { app: 'orders', tier: 'api' },
      podLabels: { app: 'orders', tier: 'api', team: 'checkout' },
      container: {
        name: 'main',
        ports: [{ containerPort: 8080 }, { name: 'prom', containerPort: 9102, protocol: 'TCP' }],
      },
      service: { name: 'orders', selector: { app: 'orders', team: 'checkout' } },
    },
  }).connectTo({ DATABASE_HOST: this.database });

  readonly outbox = new VolumeClaim(this, 'outbox', { size: '5Gi', adopt: { name: 'orders-outbox' } });

  readonly mailer = new Worker(this, 'mailer', {
    image: 'ghcr.io/acme/mailer:1.1.0',
    mounts: { '/outbox': { volume: this.outbox, name: 'outbox' } },
    adopt: {
      name: 'orders-mailer',
      selector: { 'app.kubernetes.io/name': 'mailer', 'app.kubernetes.io/instance': 'orders' },
      container: { name: 'mailer' },
    },
  }).connectTo(this.api, { port: 'http' });

  readonly cache = new Daemon(this, 'cache', {
    image: 'varnish:7.6.1',
    adopt: {
      name: 'orders-cache',
      selector: { 'k8s-app': 'orders-cache' },
      container: { name: 'varnish', ports: [{ containerPort: 6081, hostPort: 6081 }] },
    },
  });

  readonly cleanup = new CronTask(this, 'cleanup', {
    image: 'ghcr.io/acme/orders:2.7.0',
    args: ['cleanup'],
    schedule: '15 2 * * *',
    concurrencyPolicy: 'Forbid',
    restartPolicy: 'OnFailure',
    adopt: {
      name: 'orders-cleanup',
      podLabels: { app: 'orders-cleanup' },
      labels: { app: 'orders-cleanup' },
      container: { name: 'job' },
    },
  });
}

export const ordersOperations = defineOperations(Orders, (orders) => {
  orders.api.attach(
    replicas({ count: 3 }),
    updateStrategy({ type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0, revisionHistoryLimit: 5 }),
    serviceAccount({ automountServiceAccountToken: 'as-account' }),
    annotations({ annotations: { 'prometheus.io/scrape': 'true' }, on: 'pods' }),
    probes({ readiness: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 } }),
    resources({ requests: { cpu: '200m', memory: '128Mi' } }),
  );
  orders.database.attach(
    replicas({ count: 2 }),
    podManagement({ podManagementPolicy: 'Parallel' }),
    lifecycle({ terminationGracePeriodSeconds: 120 }),
  );
});
