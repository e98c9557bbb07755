import type { Finding, JsonValue, KubernetesObject, Layer, ObjectWriter } from '@strake/core';
import { identityKey, identityOf } from '../packages/core/src/kubernetes-object.ts';
import type { LayeredObject } from '../packages/core/src/writes/layered-object.ts';
import { ObjectStore } from '../packages/core/src/writes/object-store.ts';

/** What the definitions of one layer do to an object, by the definition's name. */
export type LayerOfWriters = Readonly<Record<string, (object: ObjectWriter) => void>>;

/** An object after its layers, and what was found on the way. */
export interface WrittenObject {
  readonly findings: readonly Finding[];
  /** Each finding as `code what was written`. */
  readonly said: readonly string[];
  readonly object: LayeredObject;
  at(path: string): JsonValue | undefined;
}

/** Writes a base as a component, then the layer of traits, then that of scopes. */
export function written(
  base: KubernetesObject,
  traits: LayerOfWriters = {},
  scopes: LayerOfWriters = {},
): WrittenObject {
  const findings: Finding[] = [];
  const store = new ObjectStore('shop', (finding) => findings.push(finding));
  store.access(writerOf('component', 'WebService')).create(base);
  store.commit();
  const identity = { namespace: 'shop', ...identityOf(base) };
  write(store, base, 'trait', traits);
  write(store, base, 'scope', scopes);
  const object = store.known.get(identityKey({ ...identity, namespace: 'shop' }));
  if (object === undefined) throw new Error('the store does not have the base');
  return {
    findings,
    said: findings.map(({ code, written }) => `${code} ${written}`),
    object,
    at: (path) => store.access(writerOf('scope', 'reader')).edit(identityOf(base)).read(path),
  };
}

/** A writer whose line of code bears its name. */
export function writerOf(layer: Layer, definition: string) {
  const origin = { stack: `    at attach (${definition}.ts:7:3)` };
  return { layer, definition, package: '@acme/platform', path: 'shop/web', origin };
}

function write(store: ObjectStore, base: KubernetesObject, layer: Layer, writers: LayerOfWriters): void {
  for (const [definition, edit] of Object.entries(writers)) {
    edit(store.access(writerOf(layer, definition)).edit(identityOf(base)));
  }
  store.commit();
}

/** A Deployment that has something in every sort of list. */
export const DEPLOYMENT: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' }, finalizers: ['acme.io/a'] },
  spec: {
    replicas: 1,
    strategy: { type: 'Recreate' },
    template: {
      spec: {
        containers: [
          {
            name: 'web',
            image: 'web:1',
            args: ['serve'],
            ports: [
              { name: 'http', containerPort: 80 },
              { name: 'dns', containerPort: 80, protocol: 'UDP' },
            ],
            env: [
              { name: 'LEVEL', value: 'info' },
              { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } },
            ],
            readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
          },
          { name: 'side', image: 'side:1' },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }],
        tolerations: [{ key: 'spot', operator: 'Exists' }],
        topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 }],
      },
    },
  },
};

export const SERVICE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: {
    ports: [
      { name: 'http', port: 80 },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ],
  },
};

/** The steps to the pod template's spec, and to its container `web`. */
export const POD = 'spec.template.spec';
export const WEB = `${POD}.containers[web]`;

/** A value below the pod template's spec. */
export function pod(spec: Readonly<Record<string, JsonValue>>) {
  return { spec: { template: { spec } } };
}

/** A value in the container `web`. */
export function web(container: Readonly<Record<string, JsonValue>>) {
  return pod({ containers: [{ name: 'web', ...container }] });
}
