import { App, ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { expect, test } from 'vitest';
import { losslessJson } from './lossless.ts';

function chart(): Chart {
  return new Chart(new App(), 'chart');
}

function deployment(more: object): k8s.KubeDeployment {
  return new k8s.KubeDeployment(chart(), 'web', {
    metadata: { name: 'web' },
    spec: { selector: {}, template: { spec: { containers: [{ name: 'web', image: 'web:1' }], ...more } } },
  });
}

test('keeps a field that is newer than the generated class', () => {
  const service = new k8s.KubeService(chart(), 'web', { metadata: { name: 'web' }, spec: {} });
  service.addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
  expect(losslessJson(service)).toMatchObject({ spec: { trafficDistribution: 'PreferClose' } });
});

test('keeps a plain port where the generated class wants a wrapper', () => {
  const service = new k8s.KubeService(chart(), 'web', {
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80 }] },
  });
  service.addJsonPatch(JsonPatch.add('/spec/ports/0/targetPort', 8080));
  expect(losslessJson(service)).toMatchObject({ spec: { ports: [{ port: 80, targetPort: 8080 }] } });
});

test('keeps an extended resource', () => {
  const object = deployment({});
  object.addJsonPatch(
    JsonPatch.add('/spec/template/spec/containers/0/resources', {
      limits: { 'nvidia.com/gpu': '1', cpu: '2' },
    }),
  );
  expect(losslessJson(object)).toMatchObject({
    spec: {
      template: { spec: { containers: [{ resources: { limits: { 'nvidia.com/gpu': '1', cpu: '2' } } }] } },
    },
  });
});

test('keeps a rolling update that a patch gives as plain numbers', () => {
  const object = deployment({});
  object.addJsonPatch(
    JsonPatch.add('/spec/strategy', { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }),
  );
  expect(losslessJson(object)).toMatchObject({
    spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
  });
});

test('prefers the exact name of the API to the name of the generated class', () => {
  const service = new k8s.KubeService(chart(), 'web', {
    metadata: { name: 'web' },
    spec: { clusterIp: '10.0.0.1' },
  });
  service.addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
  const json = losslessJson(service);
  expect(json).toMatchObject({ spec: { clusterIP: 'None' } });
  expect(JSON.stringify(json)).not.toContain('clusterIp"');
});

test('writes the generated name under its API name only', () => {
  const service = new k8s.KubeService(chart(), 'web', {
    metadata: { name: 'web' },
    spec: { clusterIp: 'None' },
  });
  expect(losslessJson(service)).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { clusterIP: 'None' },
  });
});

test('keeps quantities and ports that were wrapped', () => {
  const object = deployment({
    containers: [
      {
        name: 'web',
        image: 'web:1',
        resources: { limits: { cpu: k8s.Quantity.fromString('500m') } },
        livenessProbe: { httpGet: { port: k8s.IntOrString.fromNumber(80) } },
      },
    ],
  });
  expect(losslessJson(object)).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [{ resources: { limits: { cpu: '500m' } }, livenessProbe: { httpGet: { port: 80 } } }],
        },
      },
    },
  });
});

test('leaves a generic object as cdk8s renders it, lazy values included', () => {
  const object = new ApiObject(chart(), 'web', {
    apiVersion: 'acme.com/v1',
    kind: 'Web',
    metadata: { name: 'web' },
    spec: { size: Lazy.any({ produce: () => 3 }), value: { value: 'kept' } },
  });
  expect(losslessJson(object)).toMatchObject({ spec: { size: 3, value: { value: 'kept' } } });
});

test('keeps the entries of a config map whose names differ in case or punctuation only', () => {
  const data = { 'a.b': '1', ab: '2', AB: '3', value: 'x' };
  const config = new k8s.KubeConfigMap(chart(), 'config', { metadata: { name: 'config' }, data });
  expect(losslessJson(config)).toMatchObject({ data });
});
