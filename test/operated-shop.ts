import { Config, ExternalService, StatefulService, WebService, Worker } from '@strake/components';
import { Application, defineOperations, defineScope, Platform, propertiesOf, render } from '@strake/core';

/** An application with one component of each sort that traits for callers meet. */
export class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: { port: 80, containerPort: 8080 }, redis: 6379 },
  });
  readonly api = new WebService(this, 'api', {
    image: 'ghcr.io/acme/api:1.0.0',
    ports: { http: 8080, grpc: 9090 },
  });
  readonly cache = new WebService(this, 'cache', { image: 'redis:7.4.1', ports: { redis: 6379 } });
  readonly database = new StatefulService(this, 'database', {
    image: 'postgres:17.2',
    ports: { postgres: 5432 },
    storage: { path: '/data', size: '1Gi' },
  });
  readonly mails = new ExternalService(this, 'mails', { host: 'smtp.example.com', ports: { smtp: 587 } });
  readonly jobs = new Worker(this, 'jobs', { image: 'ghcr.io/acme/jobs:1.0.0' });
  readonly settings = new Config(this, 'settings', { data: { level: 'info' } });
}

const properties = propertiesOf<{}>()({});

/** What the shop renders to once traits are attached, and whom they admit. */
export function operatedShop(attach: (shop: Shop) => unknown, tier = 'staging') {
  const admissions: object[] = [];
  const watch = defineScope({
    name: 'watch',
    package: '@acme/scopes',
    summary: 'Sees who is admitted.',
    properties,
    application: (context) => void admissions.push(...context.admissions),
  });
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: Shop },
    platform: new Platform('acme', { environments: { live: { tier } } }).supply(watch()),
    operations: [defineOperations(Shop, (shop) => void attach(shop))],
  });
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  return {
    admissions,
    findings,
    objects,
    /** The object of that kind, of that name where several components have one. */
    of: (kind: string, name?: string) =>
      objects.find(
        (object) => object.kind === kind && object.metadata.name === (name ?? object.metadata.name),
      ),
  };
}
