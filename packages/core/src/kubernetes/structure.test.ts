import { describe, expect, test } from 'vitest';
import { TYPES } from './structure.generated.ts';
import { elementKey, structureOf, type Structure } from './structure.ts';
import { UNIONS } from './unions.ts';

const POD = 'spec.template.spec';

/** The structure at a path in which list elements are passed through. */
function at(apiVersion: string, kind: string, path: string): Structure | undefined {
  return path
    .split('.')
    .reduce<Structure | undefined>(
      (structure, name) => (structure?.list ? structure.element : structure)?.field(name),
      structureOf(apiVersion, kind),
    );
}

/** The structure of an element of the list at a path. */
function elementAt(apiVersion: string, kind: string, path: string): Structure | undefined {
  return at(apiVersion, kind, path)?.element;
}

describe('lists merge by the keys of their elements', () => {
  test.each([
    ['apps/v1', 'Deployment', `${POD}.containers`, 'name'],
    ['apps/v1', 'Deployment', `${POD}.initContainers`, 'name'],
    ['apps/v1', 'Deployment', `${POD}.containers.env`, 'name'],
    ['apps/v1', 'Deployment', `${POD}.containers.ports`, 'containerPort, protocol'],
    ['apps/v1', 'Deployment', `${POD}.containers.volumeMounts`, 'mountPath'],
    ['apps/v1', 'Deployment', `${POD}.containers.volumeDevices`, 'devicePath'],
    ['apps/v1', 'Deployment', `${POD}.containers.resources.claims`, 'name'],
    ['apps/v1', 'Deployment', `${POD}.volumes`, 'name'],
    ['apps/v1', 'Deployment', `${POD}.imagePullSecrets`, 'name'],
    ['apps/v1', 'Deployment', `${POD}.hostAliases`, 'ip'],
    ['apps/v1', 'Deployment', `${POD}.topologySpreadConstraints`, 'topologyKey, whenUnsatisfiable'],
    ['apps/v1', 'StatefulSet', `${POD}.containers`, 'name'],
    ['apps/v1', 'DaemonSet', `${POD}.containers`, 'name'],
    ['batch/v1', 'Job', `${POD}.containers`, 'name'],
    ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template.spec.containers', 'name'],
    ['v1', 'Pod', 'spec.containers.env', 'name'],
    ['v1', 'Service', 'spec.ports', 'port, protocol'],
    ['v1', 'ServiceAccount', 'secrets', 'name'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'webhooks', 'name'],
    ['argoproj.io/v1alpha1', 'Rollout', `${POD}.containers.ports`, 'containerPort, protocol'],
    ['keda.sh/v1alpha1', 'ScaledJob', 'spec.jobTargetRef.template.spec.containers', 'name'],
    ['gateway.networking.k8s.io/v1', 'Gateway', 'spec.listeners', 'name'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec.rules.matches.headers', 'name'],
    ['monitoring.coreos.com/v1', 'PrometheusRule', 'spec.groups', 'name'],
    ['networking.istio.io/v1', 'ServiceEntry', 'spec.ports', 'name'],
  ])('%s %s %s by %s', (apiVersion, kind, path, keys) => {
    const structure = at(apiVersion, kind, path);
    expect(structure?.list).toBe('map');
    expect(structure?.keys.join(', ')).toBe(keys);
  });
});

describe('lists that do not merge', () => {
  test.each([
    ['apps/v1', 'Deployment', `${POD}.containers.args`],
    ['apps/v1', 'Deployment', `${POD}.containers.command`],
    ['apps/v1', 'Deployment', `${POD}.containers.envFrom`],
    ['apps/v1', 'Deployment', `${POD}.tolerations`],
    ['apps/v1', 'Deployment', 'metadata.managedFields'],
    ['apps/v1', 'StatefulSet', 'spec.volumeClaimTemplates'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'spec.metrics'],
    ['networking.k8s.io/v1', 'Ingress', 'spec.rules'],
    ['networking.k8s.io/v1', 'Ingress', 'spec.tls'],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'spec.ingress'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'rules'],
    ['v1', 'ServiceAccount', 'imagePullSecrets'],
    ['networking.istio.io/v1', 'VirtualService', 'spec.http'],
    ['networking.istio.io/v1', 'Gateway', 'spec.servers'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec.rules'],
    ['flagger.app/v1beta1', 'Canary', 'spec.analysis.metrics'],
    ['example.org/v1', 'Unknown', 'spec.containers'],
  ])('%s %s %s', (apiVersion, kind, path) => {
    expect(at(apiVersion, kind, path)?.list ?? 'atomic').toBe('atomic');
  });
});

describe('lists that are sets', () => {
  test.each([
    ['v1', 'ConfigMap', 'metadata.finalizers'],
    ['example.org/v1', 'Unknown', 'metadata.finalizers'],
    ['discovery.k8s.io/v1', 'EndpointSlice', 'endpoints.addresses'],
    ['monitoring.coreos.com/v1', 'ServiceMonitor', 'spec.scrapeProtocols'],
  ])('%s %s %s', (apiVersion, kind, path) => {
    expect(at(apiVersion, kind, path)).toMatchObject({ list: 'set', keys: [] });
  });
});

describe('fields that exclude each other', () => {
  test.each([
    ['apps/v1', 'Deployment', `${POD}.containers.env`, 'value'],
    ['apps/v1', 'Deployment', `${POD}.volumes`, 'emptyDir'],
    ['apps/v1', 'Deployment', `${POD}.volumes.projected.sources`, 'serviceAccountToken'],
    ['apps/v1', 'Deployment', `${POD}.containers.envFrom`, 'configMapRef'],
    ['argoproj.io/v1alpha1', 'Rollout', `${POD}.volumes`, 'configMap'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'spec.metrics', 'resource'],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'spec.ingress.from', 'ipBlock'],
  ])('in elements of %s %s %s: %s', (apiVersion, kind, path, member) => {
    expect(elementAt(apiVersion, kind, path)?.unions[0]?.members).toContain(member);
  });

  test.each([
    ['apps/v1', 'Deployment', `${POD}.containers.env.valueFrom`, 'fileKeyRef'],
    ['apps/v1', 'Deployment', `${POD}.containers.livenessProbe`, 'grpc'],
    ['apps/v1', 'Deployment', `${POD}.containers.lifecycle.preStop`, 'sleep'],
    ['apps/v1', 'Deployment', `${POD}.securityContext.seccompProfile`, 'localhostProfile'],
    ['apps/v1', 'Deployment', 'spec.strategy', 'rollingUpdate'],
    ['apps/v1', 'DaemonSet', 'spec.updateStrategy', 'rollingUpdate'],
    ['apps/v1', 'StatefulSet', 'spec.updateStrategy', 'rollingUpdate'],
    ['networking.k8s.io/v1', 'Ingress', 'spec.defaultBackend', 'service'],
    ['policy/v1', 'PodDisruptionBudget', 'spec', 'minAvailable'],
    ['v1', 'PersistentVolume', 'spec', 'nfs'],
  ])('in %s %s %s: %s', (apiVersion, kind, path, member) => {
    expect(at(apiVersion, kind, path)?.unions[0]?.members).toContain(member);
  });
});

test('metadata has owner references by uid in every kind', () => {
  for (const kind of ['Deployment', 'Unknown']) {
    expect(at('apps/v1', kind, 'metadata.ownerReferences')).toMatchObject({ list: 'map', keys: ['uid'] });
  }
});

test('a version that is not the preferred one has the structure of the kind', () => {
  expect(at('gateway.networking.k8s.io/v1beta1', 'Gateway', 'spec.listeners')?.keys).toEqual(['name']);
});

test('a kind of the same name in another group has a structure of its own', () => {
  expect(at('networking.istio.io/v1', 'Gateway', 'spec.listeners')).toBeUndefined();
});

test('names that every JavaScript object has are no kinds and no fields', () => {
  expect(structureOf('v1', 'constructor').field('spec')).toBeUndefined();
  expect(structureOf('apps/v1', 'Deployment').field('constructor')).toBeUndefined();
});

test('asking twice gives the same node', () => {
  expect(structureOf('apps/v1', 'Deployment')).toBe(structureOf('apps/v1', 'Deployment'));
  expect(at('apps/v1', 'Deployment', POD)).toBe(at('apps/v1', 'StatefulSet', POD));
});

test('every keyed list of the generated table has keys, and every type it names is there', () => {
  const lines = TYPES.trim().split('\n');
  const ids = new Set(lines.map((line) => line.split(' ')[0]));
  const members = lines.flatMap((line) => line.split(' ').slice(1));
  expect(ids.size).toBe(lines.length);
  expect(members.filter((member) => !/^[\w*-]+(\[(=|\w+(,\w+)*)?\])?(:\S+)?$/.test(member))).toEqual([]);
  expect(members.flatMap((member) => member.split(':')[1] ?? []).filter((type) => !ids.has(type))).toEqual(
    [],
  );
  expect(Object.keys(UNIONS).filter((type) => !ids.has(type))).toEqual([]);
});

test.each([
  [{ name: 'web', image: 'a' }, ['name'], 'web'],
  [{ port: 80, protocol: 'UDP' }, ['port', 'protocol'], '80/UDP'],
  [{ containerPort: 8080 }, ['containerPort', 'protocol'], '8080/TCP'],
  [
    { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' },
    ['topologyKey', 'whenUnsatisfiable'],
    'kubernetes.io/hostname/DoNotSchedule',
  ],
  [{ image: 'a' }, ['name'], undefined],
  [{ name: '' }, ['name'], undefined],
  [{ name: { first: 'a' } }, ['name'], undefined],
  [{ protocol: 'TCP' }, ['port', 'protocol'], undefined],
])('an element %j keyed by %j is named %s', (element, keys, text) => {
  expect(elementKey(element, keys)).toBe(text);
});
