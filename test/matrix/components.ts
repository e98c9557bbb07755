import * as components from '@strake/components';
import { Exposed, Pods, Scalable, type Application, type Component } from '@strake/core';
import { Deployment, Service } from 'cdk8s-plus-28';

const { Config, CronTask, Daemon, ExternalService, Manifests, SecretClaim, StatefulService, Task } =
  components;
const { VolumeClaim, WebService, Worker, fromConstruct } = components;

/** A component that the traits of the matrix are attached to, with what it calls and who calls it. */
export interface MatrixComponent {
  /** Name of its type: `WebService`. */
  readonly type: string;
  construct(application: Application): Component;
}

const IMAGE = 'ghcr.io/acme/web:1.4.2';

/** A container that reads a config and a variable, so that there is something to roll out and to overwrite. */
function container(application: Application) {
  const settings = new Config(application, 'settings', { data: { level: 'info' } });
  return { image: IMAGE, env: { LEVEL: settings.key('level') }, mounts: { '/etc/web': settings } } as const;
}

/** Somebody who calls the component, where it can be called, and somebody whom it calls. */
function connected(application: Application, subject: Component): Component {
  const caller = new Worker(application, 'caller', { image: 'ghcr.io/acme/caller:1.0.0' });
  const callee = new WebService(application, 'web-api', {
    image: 'ghcr.io/acme/web-api:1.0.0',
    ports: { http: 8080 },
  });
  if (Exposed.tryOf(subject) !== undefined) caller.connectTo(subject, { env: 'SUBJECT_URL' });
  if (Pods.tryOf(subject) !== undefined) subject.connectTo(callee, { env: 'API_URL' });
  return subject;
}

/** Every component type of `@strake/components`, by its name. */
export const COMPONENTS: readonly MatrixComponent[] = [
  {
    type: 'WebService',
    construct: (application) =>
      connected(
        application,
        new WebService(application, 'web', {
          ...container(application),
          ports: { http: { port: 80, containerPort: 8080 } },
        }),
      ),
  },
  {
    type: 'StatefulService',
    construct: (application) =>
      connected(
        application,
        new StatefulService(application, 'web', {
          ...container(application),
          ports: { http: 8080 },
          storage: { path: '/data', size: '1Gi' },
        }),
      ),
  },
  {
    type: 'Worker',
    construct: (application) =>
      connected(
        application,
        new Worker(application, 'web', { ...container(application), ports: { http: 8080 } }),
      ),
  },
  {
    type: 'Daemon',
    construct: (application) =>
      connected(
        application,
        new Daemon(application, 'web', { ...container(application), ports: { http: 8080 } }),
      ),
  },
  {
    type: 'Task',
    construct: (application) => connected(application, new Task(application, 'web', container(application))),
  },
  {
    type: 'CronTask',
    construct: (application) =>
      connected(
        application,
        new CronTask(application, 'web', { ...container(application), schedule: '@daily' }),
      ),
  },
  {
    type: 'fromConstruct',
    construct: (application) =>
      connected(
        application,
        fromConstruct(application, 'web', {
          offers: [Pods, Scalable, Exposed],
          build: (parent) => {
            const deployment = new Deployment(parent, 'deployment', {
              metadata: { name: 'web' },
              containers: [{ name: 'web', image: IMAGE, ports: [{ number: 8080, name: 'http' }] }],
            });
            return new Service(parent, 'service', {
              metadata: { name: 'web' },
              selector: deployment,
              ports: [{ name: 'http', port: 80, targetPort: 8080 }],
            });
          },
        }),
      ),
  },
  {
    type: 'ExternalService',
    construct: (application) =>
      connected(
        application,
        new ExternalService(application, 'web', { host: 'web.example.com', ports: { http: 80 } }),
      ),
  },
  { type: 'Config', construct: (application) => new Config(application, 'web', { data: { level: 'info' } }) },
  {
    type: 'SecretClaim',
    construct: (application) => new SecretClaim(application, 'web', { keys: ['PASSWORD'] }),
  },
  { type: 'VolumeClaim', construct: (application) => new VolumeClaim(application, 'web', { size: '1Gi' }) },
  {
    type: 'Manifests',
    construct: (application) =>
      new Manifests(application, 'web', {
        objects: [
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { level: 'info' } },
        ],
      }),
  },
];

/** The names of all component types that are exported. */
export function componentTypes(): readonly string[] {
  return Object.keys(components).toSorted();
}
