import { ExternalService, SecretClaim, WebService, Worker } from '@strake/components';
import {
  Application,
  defineOperations,
  defineTrait,
  Platform,
  Pods,
  propertiesOf,
  render,
  type JsonObject,
  type KubernetesObject,
  type Scope,
} from '@strake/core';
import * as z from 'zod';

/** An application that calls within and out, and claims a secret. */
export class Shop extends Application {
  readonly db = new SecretClaim(this, 'db', { keys: ['USER', 'PASSWORD'] });
  readonly mails = new ExternalService(this, 'mails', { host: 'smtp.example.com', ports: { smtp: 587 } });
  readonly bank = new ExternalService(this, 'bank', { addresses: ['203.0.113.7'], ports: { https: 443 } });
  readonly web = new WebService(this, 'web', {
    image: 'web:1',
    ports: { http: { port: 80, containerPort: 8080 } },
  });
  readonly jobs = new Worker(this, 'jobs', { image: 'jobs:1' }).connectTo(this.web);
}

/** Makes objects that a real trait could make. */
export const makes = defineTrait({
  name: 'makes',
  package: '@acme/traits',
  summary: 'Makes objects.',
  properties: propertiesOf<{ readonly objects: readonly KubernetesObject[] }>()({
    objects: z.array(z.custom<KubernetesObject>()).readonly(),
  }),
  needs: [],
  apply: ({ create }, { objects }) => objects.forEach((object) => create(object)),
});

/** Writes to the workload, with a reason where one is given. */
export const writes = defineTrait({
  name: 'writes',
  package: '@acme/traits',
  summary: 'Writes to the workload.',
  properties: propertiesOf<{ readonly value: JsonObject; readonly reason?: string }>()({
    value: z.custom<JsonObject>(),
    reason: z.string().optional(),
  }),
  needs: [Pods],
  apply: ({ edit, pods }, { value, reason }) => edit(pods.workload).merge(value, { reason }),
});

/** Gives the container `web` rights of root, with a reason where one is given. */
export const rights = defineTrait({
  name: 'rights',
  package: '@acme/traits',
  summary: 'Gives rights of root.',
  properties: propertiesOf<{ readonly add: readonly string[]; readonly reason?: string }>()({
    add: z.array(z.string()).readonly(),
    reason: z.string().optional(),
  }),
  needs: [Pods],
  apply: ({ edit, pods }, { add, reason }) =>
    edit(pods.workload)
      .at(pods.template)
      .set(['spec', 'containers', pods.container, 'securityContext', 'capabilities', 'add'], add, { reason }),
});

/** What the shop renders to where these scopes hold. */
export function suppliedShop(scopes: readonly Scope[], attach: (shop: Shop) => unknown = () => {}) {
  const platform = new Platform('acme', { environments: { live: { kubernetes: '1.34' } } });
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: Shop },
    platform: scopes.reduce<Platform>((supplied, scope) => supplied.supply(scope), platform),
    ownsPlatform: true,
    operations: [defineOperations(Shop, (shop) => void attach(shop))],
  });
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => written(object)));
  return {
    findings: findings.filter(({ code }) => code !== 'claim-unsupplied'),
    objects,
    /** The object of that kind, and of that name where there are several. */
    of: (kind: string, name?: string) =>
      objects.find(
        (object) => object.kind === kind && object.metadata.name === (name ?? object.metadata.name),
      ),
  };
}

/** The object as it is written: entries that are undefined are left out. */
function written(object: KubernetesObject): KubernetesObject {
  return JSON.parse(JSON.stringify(object));
}
