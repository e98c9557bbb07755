import type { JsonObject } from '@strake/core';
import { expect, test } from 'vitest';
import { KUBERNETES_VERSIONS } from './kubernetes-versions.ts';
import { schemasOf } from './schemas.ts';

const deployment = (spec: JsonObject, container: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { spec: { containers: [{ name: 'web', ...container }] } },
    ...spec,
  },
});

test('says where a misspelt field is and what it was meant to be', async () => {
  const schemas = await schemasOf();
  expect(schemas.check(deployment({ replcias: 3 }))).toEqual([
    {
      code: 'schema-unknown-field',
      severity: 'error',
      steps: ['spec', 'replcias'],
      pointer: '/spec/replcias',
      written: 'an unknown field `replcias`',
      allowed: 'did you mean `replicas`?',
      fix: 'Write `replicas` instead of `replcias`.',
    },
  ]);
});

test('a required field that is misspelt is one problem, not two', async () => {
  const problems = (await schemasOf()).check(deployment({ selector: undefined, selectr: {} }));
  expect(problems.map(({ code }) => code)).toEqual(['schema-unknown-field']);
});

test('all problems of an object come at once', async () => {
  const container = {
    name: 1,
    image: 'web:1',
    imagePullPolicy: 'always',
    ports: [{ name: 'http' }],
    resources: { limits: { cpu: 'much' } },
  };
  const problems = (await schemasOf()).check(
    deployment({ replicas: '3', strategy: { type: 'Recreate', rolingUpdate: {} } }, container),
  );
  expect(problems.map(({ pointer, code, allowed, fix }) => `${pointer} ${code}: ${allowed} ${fix}`))
    .toMatchInlineSnapshot(`
      [
        "/spec/template/spec/containers/0/name schema-wrong-type: a text Write the value as a text, in quotes.",
        "/spec/template/spec/containers/0/imagePullPolicy schema-invalid-value: one of "Always", "IfNotPresent", "Never"; did you mean \`Always\`? Write \`Always\`.",
        "/spec/template/spec/containers/0/ports/0 schema-missing-field: \`containerPort\`, which is required Add \`containerPort\`.",
        "/spec/template/spec/containers/0/resources/limits/cpu schema-invalid-value: an amount such as \`500m\` or \`1Gi\` Write a value that is allowed.",
        "/spec/replicas schema-wrong-type: a whole number Write the value without quotes.",
        "/spec/strategy/rolingUpdate schema-unknown-field: did you mean \`rollingUpdate\`? Write \`rollingUpdate\` instead of \`rolingUpdate\`.",
      ]
    `);
});

test('a Service port may be named twice only with another protocol', async () => {
  const service = (ports: JsonObject[]) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { ports },
  });
  const schemas = await schemasOf();
  expect(
    schemas.check(
      service([
        { name: 'a', port: 53 },
        { name: 'b', port: 53, protocol: 'UDP' },
      ]),
    ),
  ).toEqual([]);
  expect(
    schemas.check(
      service([
        { name: 'a', port: 53 },
        { name: 'b', port: 53, protocol: 'TCP' },
      ]),
    ),
  ).toMatchObject([
    { pointer: '/spec/ports/1', written: 'port 53, protocol "TCP" a second time, after element 0' },
  ]);
});

test('a field of a built-in kind that is null counts as absent', async () => {
  const schemas = await schemasOf();
  expect(
    schemas.check({ ...deployment({ replicas: null }), metadata: { name: 'web', creationTimestamp: null } }),
  ).toEqual([]);
  expect(schemas.check(deployment({ selector: null }))).toMatchObject([{ code: 'schema-missing-field' }]);
});

test('values of secrets are masked', async () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
  const problems = (await schemasOf()).check({
    ...secret,
    data: { a: 'hunter2!' },
    stringData: { b: 271_828 },
  });
  expect(problems).toHaveLength(2);
  expect(JSON.stringify(problems)).not.toMatch(/hunter2|271828/);
});

test('rules of custom resources that Strake knows are judged', async () => {
  const route = (filters: JsonObject[]) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'a' },
    spec: { rules: [{ filters }] },
  });
  const rewrite = { type: 'URLRewrite', urlRewrite: { hostname: 'a' } };
  const schemas = await schemasOf();
  expect(schemas.check(route([rewrite]))).toEqual([]);
  expect(schemas.check(route([rewrite, rewrite]))).toMatchObject([
    { code: 'schema-invalid-value', pointer: '/spec/rules/0/filters' },
  ]);
  expect(schemas.check(route([{ type: 'URLRewrite' }]))).toMatchObject([
    { pointer: '/spec/rules/0/filters/0' },
  ]);
});

test.each([
  ['1.34', '1.34', true],
  ['v1.34.2', '1.34', true],
  ['1.36.1-gke.100', '1.36', true],
  ['1.3', '1.33', false],
  ['1.28', '1.33', false],
  ['1.99', KUBERNETES_VERSIONS.at(-1), false],
  ['latest', KUBERNETES_VERSIONS.at(-1), false],
])('Kubernetes %s is checked with the schemas of %s', async (kubernetes, version, isVersionSupported) => {
  expect(await schemasOf({ kubernetes })).toMatchObject({ version, isVersionSupported });
});

test('a version has the fields and kinds of that version', async () => {
  const binding = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttributesClass',
    metadata: { name: 'a' },
    driverName: 'b',
  };
  expect((await schemasOf({ kubernetes: '1.34' })).check(binding)).toEqual([]);
  expect((await schemasOf({ kubernetes: '1.33' })).check(binding)).toMatchObject([
    {
      code: 'schema-unknown-kind',
      allowed: expect.stringContaining('storage.k8s.io/v1beta1/VolumeAttributesClass'),
    },
  ]);
});

test('severity is chosen by kind, group and kind, or group', async () => {
  const wrong = deployment({ replicas: '3' });
  const severityWith = async (severity: Record<string, 'error' | 'warning' | 'off'>) =>
    (await schemasOf({ severity })).check(wrong).map((each) => each.severity);
  expect(await severityWith({})).toEqual(['error']);
  expect(await severityWith({ Deployment: 'warning' })).toEqual(['warning']);
  expect(await severityWith({ apps: 'warning', Deployment: 'off' })).toEqual([]);
  expect(await severityWith({ apps: 'off', 'apps/Deployment': 'error' })).toEqual(['error']);
});

test('a kind without a schema is a warning that suggests one', async () => {
  const schemas = await schemasOf();
  expect(schemas.check({ apiVersion: 'apps/v1', kind: 'Deploymnet', metadata: {} })).toMatchObject([
    {
      code: 'schema-unknown-kind',
      severity: 'warning',
      allowed: expect.stringContaining('apps/v1/Deployment'),
    },
  ]);
  expect(schemas.check({ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget' })[0]?.allowed).toContain(
    'policy/v1/',
  );
});

test("a user's own CRD goes before the one that Strake has", async () => {
  const openAPIV3Schema = {
    type: 'object',
    properties: { spec: { type: 'object', properties: { newer: { type: 'string' } } } },
  };
  const canary = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      group: 'flagger.app',
      names: { kind: 'Canary' },
      versions: [{ name: 'v1beta1', served: true, schema: { openAPIV3Schema } }],
    },
  };
  const object = {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'a' },
    spec: { newer: 'x' },
  };
  expect((await schemasOf()).check(object)).not.toEqual([]);
  expect((await schemasOf({ crds: [canary] })).check(object)).toEqual([]);
});
