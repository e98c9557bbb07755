// oxlint-disable no-new -- a construct puts itself into the tree of its parent
import type { JsonObject, JsonValue } from '@strake/core';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { losslessJson } from '../../packages/core/src/lossless.ts';
import { PlainObject } from '../../packages/core/src/plain-object.ts';
import { generatedTypes, maximal, VERSION, type Given } from './generated-kinds.ts';
import { printCounts } from './soak.ts';

type GeneratedClass = (new (parent: Construct, id: string, properties: unknown) => ApiObject) & {
  readonly GVK: { readonly apiVersion: string; readonly kind: string };
};

const KINDS = Object.entries(k8s).flatMap(([name, made]) =>
  name.startsWith('Kube') && typeof made === 'function'
    ? [{ name, made: made as unknown as GeneratedClass }]
    : [],
);
const TYPES = generatedTypes();

/** A chart that adds nothing of its own, as a Strake application. */
function chart(): Chart {
  return new Chart(new App(), 'chart', { disableResourceNameHashes: true });
}

/** An object has a name; a list of objects, which no repository holds, may do without. */
function given(name: string): Given {
  const { properties, expected } = maximal(`${name}Props`, TYPES);
  const [own, json] = [properties['metadata'], expected['metadata']];
  return {
    properties: { ...properties, metadata: { ...(own as object), name: 'web' } },
    expected: { ...expected, metadata: { ...(json as JsonObject), name: 'web' } },
  };
}

/** The value with one more field in each of its maps, which no generated class knows. */
function withUnknown(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withUnknown);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, withUnknown(entry as JsonValue)]);
  // A map of the user's own keys that holds lists has no fields; the generated class takes lists only.
  if (Object.values(value).every((each) => Array.isArray(each)) && 'a.b/c' in value) return value;
  return { ...(Object.fromEntries(entries) as JsonObject), notYetKnown: { since: '1.99' } };
}

function countLeaves(value: JsonValue | undefined): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + countLeaves(each), 0);
}

test(`the kinds are those of cdk8s-plus-28 ${VERSION}`, () => {
  const { version } = createRequire(import.meta.url)('cdk8s-plus-28/package.json') as { version: string };
  expect(version).toBe(VERSION);
  expect(KINDS.length).toBe(139);
  expect(KINDS.filter(({ name }) => !TYPES.has(`${name}Props`))).toEqual([]);
});

test.each(KINDS)('$name keeps all that it was given, from nothing to everything', ({ name, made }) => {
  const minimal = new made(chart(), 'web', { metadata: { name: 'web' } });
  expect(losslessJson(minimal)).toMatchObject({ ...made.GVK, metadata: { name: 'web' } });
  const { properties, expected } = given(name);
  expect(losslessJson(new made(chart(), 'web', properties))).toEqual({ ...made.GVK, ...expected });
});

test.each(KINDS)(
  '$name keeps what patches bring, in the names of the API and newer than it',
  ({ name, made }) => {
    const { expected } = given(name);
    const { metadata, ...rest } = expected;
    const object = new made(chart(), 'web', { metadata: { name: 'web' } });
    const patched = withUnknown(rest) as JsonObject;
    delete (patched as Record<string, JsonValue | undefined>)['notYetKnown'];
    for (const [field, value] of Object.entries(patched))
      object.addJsonPatch(JsonPatch.add(`/${field}`, value));
    const labels = (metadata as JsonObject)['labels'] ?? { a: 'b' };
    object.addJsonPatch(JsonPatch.add('/metadata/labels', labels), JsonPatch.add('/notYetKnown', [1]));
    expect(losslessJson(object)).toEqual({
      ...made.GVK,
      metadata: { name: 'web', labels },
      notYetKnown: [1],
      ...patched,
    });
  },
);

test('an object of plain values is the same by the short way as by that of cdk8s', () => {
  let leaves = 0;
  for (const { name, made } of KINDS) {
    const { expected } = given(name);
    const body = { ...made.GVK, ...(withUnknown(expected) as JsonObject) } as never;
    const short = losslessJson(new PlainObject(chart(), 'web', body));
    expect(short).toEqual(losslessJson(new ApiObject(chart(), 'web', body)));
    expect(short).toEqual(body);
    leaves += countLeaves(short);
  }
  printCounts('losslessness', { kinds: KINDS.length, 'fields compared': leaves });
});

/** What people build of the classes of cdk8s-plus-28 that are not generated. */
function buildTypical(parent: Chart): void {
  const config = new plus.ConfigMap(parent, 'config', { data: { 'a.b': 'c' }, binaryData: { blob: 'AAE=' } });
  const secret = new plus.Secret(parent, 'secret', { stringData: { password: 'x' } });
  const claim = new plus.PersistentVolumeClaim(parent, 'claim', {
    accessModes: [plus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
    storageClassName: 'fast',
  });
  const account = new plus.ServiceAccount(parent, 'account', { automountToken: true });
  const container = {
    image: 'web:1',
    ports: [{ number: 8080, name: 'http' }],
    envVariables: {
      LEVEL: plus.EnvValue.fromValue('info'),
      KEY: plus.EnvValue.fromSecretValue({ secret, key: 'password' }),
      NODE: plus.EnvValue.fromFieldRef(plus.EnvFieldPaths.NODE_NAME),
    },
    liveness: plus.Probe.fromHttpGet('/live', { port: 8080 }),
    startup: plus.Probe.fromTcpSocket({ port: 8080 }),
    volumeMounts: [
      { path: '/config', volume: plus.Volume.fromConfigMap(parent, 'config-volume', config) },
      { path: '/data', volume: plus.Volume.fromPersistentVolumeClaim(parent, 'data-volume', claim) },
      { path: '/tmp', volume: plus.Volume.fromEmptyDir(parent, 'tmp-volume', 'tmp') },
    ],
  };
  const deployment = new plus.Deployment(parent, 'web', {
    containers: [container],
    replicas: 2,
    serviceAccount: account,
    strategy: plus.DeploymentStrategy.rollingUpdate({ maxSurge: plus.PercentOrAbsolute.absolute(1) }),
  });
  deployment.scheduling.spread({ topology: plus.Topology.ZONE });
  const service = deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  new plus.Ingress(parent, 'ingress', {
    rules: [{ host: 'shop.example', path: '/', backend: plus.IngressBackend.fromService(service) }],
  });
  new plus.StatefulSet(parent, 'db', { containers: [{ image: 'db:1', portNumber: 5432 }], service });
  new plus.DaemonSet(parent, 'agent', { containers: [{ image: 'agent:1' }] });
  new plus.Job(parent, 'job', { containers: [{ image: 'job:1' }], backoffLimit: 3 });
  new plus.HorizontalPodAutoscaler(parent, 'hpa', {
    target: new plus.Deployment(parent, 'scaled', { containers: [{ image: 'web:1' }] }),
    maxReplicas: 5,
    metrics: [plus.Metric.resourceCpu(plus.MetricTarget.averageUtilization(70))],
  });
  new plus.NetworkPolicy(parent, 'policy', {
    selector: deployment,
    ingress: { rules: [{ peer: plus.Pods.all(parent, 'all'), ports: [plus.NetworkPolicyPort.tcp(80)] }] },
  });
  const role = new plus.Role(parent, 'role');
  role.allowRead(plus.ApiResource.PODS);
  role.bind(account);
  new plus.Namespace(parent, 'namespace');
}

const objectsOf = (parent: Chart) =>
  parent.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));

test('what the other classes of cdk8s-plus-28 build comes out as cdk8s writes it, and with what a patch adds', () => {
  const built = chart();
  buildTypical(built);
  const objects = objectsOf(built);
  expect(new Set(objects.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(14);
  for (const object of objects) {
    const json = object.toJson() as JsonObject;
    expect(losslessJson(object)).toEqual(json);
    object.addJsonPatch(JsonPatch.add('/metadata/labels', { patched: 'yes' }));
    object.addJsonPatch(JsonPatch.add('/notYetKnown', { limits: { 'nvidia.com/gpu': 1 } }));
    expect(losslessJson(object)).toEqual({
      ...json,
      metadata: { ...(json['metadata'] as JsonObject), labels: { patched: 'yes' } },
      notYetKnown: { limits: { 'nvidia.com/gpu': 1 } },
    });
  }
});
