import type { JsonObject } from '@strake/core';
import { expect, test } from 'vitest';
import { schemasOf, type SchemaOptions } from './schemas.ts';

function definition(spec: JsonObject, more: JsonObject = {}): JsonObject {
  const openAPIV3Schema = { type: 'object', properties: { spec }, ...more };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Thing' },
      versions: [
        { name: 'v1', served: true, schema: { openAPIV3Schema } },
        { name: 'v0', served: false, schema: { openAPIV3Schema } },
      ],
    },
  };
}

const thing = (spec: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'example.com/v1',
  kind: 'Thing',
  metadata: { name: 'a' },
  spec,
  ...more,
});

async function problemsOf(
  schema: JsonObject,
  spec: JsonObject,
  options: SchemaOptions = {},
): Promise<string[]> {
  const schemas = await schemasOf({ crds: [definition({ type: 'object', ...schema })], ...options });
  return schemas.check(thing(spec)).map(({ code, pointer }) => `${code} ${pointer}`);
}

/** The findings of one field `a` with a schema, for several values. */
async function refused(schema: JsonObject, values: JsonObject): Promise<string[]> {
  const found: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const problems = await problemsOf({ properties: { a: schema } }, value === undefined ? {} : { a: value });
    if (problems.length > 0) found.push(name);
  }
  return found;
}

test('an unknown field is refused where the schema is closed, and kept where it preserves', async () => {
  const properties = { a: { type: 'string' } };
  expect(await problemsOf({ properties }, { a: 'x', b: 1 })).toEqual(['schema-unknown-field /spec/b']);
  expect(
    await problemsOf({ properties, 'x-kubernetes-preserve-unknown-fields': true }, { a: 'x', b: 1 }),
  ).toEqual([]);
  expect(await problemsOf({ properties, 'x-kubernetes-preserve-unknown-fields': true }, { a: 1 })).toEqual([
    'schema-wrong-type /spec/a',
  ]);
});

test('int-or-string takes both, and nothing else', async () => {
  const schema = { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] };
  expect(await refused(schema, { number: 1, text: '25%', half: 1.5, truth: true, list: [] })).toEqual([
    'half',
    'truth',
    'list',
  ]);
  expect(await refused({ ...schema, pattern: '^[0-9]+%$' }, { number: 1, text: '25%', other: 'x' })).toEqual([
    'other',
  ]);
});

test('null is refused, unless it is nullable or has a default', async () => {
  expect(await refused({ type: 'string' }, { nothing: null })).toEqual(['nothing']);
  expect(await refused({ type: 'string', nullable: true }, { nothing: null, number: 1 })).toEqual(['number']);
  expect(await refused({ type: 'string', default: 'x' }, { nothing: null })).toEqual([]);
});

test('a required field with a default is not missing', async () => {
  const required = ['a', 'b'];
  const properties = { a: { type: 'string', default: 'x' }, b: { type: 'string' } };
  expect(await problemsOf({ properties, required }, {})).toEqual(['schema-missing-field /spec']);
});

test('an embedded resource has apiVersion, kind and metadata', async () => {
  const schema = {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    properties: { data: { type: 'object', additionalProperties: { type: 'string' } } },
  };
  const whole = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { b: 'c' } };
  expect(await problemsOf({ properties: { a: schema } }, { a: whole })).toEqual([]);
  expect(await problemsOf({ properties: { a: schema } }, { a: { data: {} } })).toHaveLength(2);
  expect(
    await problemsOf({ properties: { a: schema } }, { a: { ...whole, metadata: { nmae: 'a' } } }),
  ).toEqual(['schema-unknown-field /spec/a/metadata/nmae']);
});

test('limits of values hold', async () => {
  const refusedBy = async (schema: JsonObject, good: JsonObject[string], bad: JsonObject[string]) => {
    expect(await refused(schema, { good, bad }), JSON.stringify(schema)).toEqual(['bad']);
  };
  await refusedBy({ type: 'string', enum: ['a', 'b'] }, 'a', 'c');
  await refusedBy({ type: 'string', pattern: '^a+$' }, 'aa', 'ab');
  await refusedBy({ type: 'string', minLength: 2, maxLength: 3 }, '💥💥💥', 'a');
  await refusedBy({ type: 'integer', minimum: 1, maximum: 3 }, 3, 4);
  await refusedBy({ type: 'number', minimum: 0, exclusiveMinimum: true }, 0.1, 0);
  await refusedBy({ type: 'number', multipleOf: 0.1 }, 0.3, 0.35);
  await refusedBy({ type: 'integer', format: 'int32' }, 2 ** 31 - 1, 2 ** 31);
  await refusedBy({ type: 'array', maxItems: 1, items: {} }, [1], [1, 2]);
  await refusedBy(
    { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
    { a: 'b' },
    {},
  );
  await refusedBy({ type: 'object', additionalProperties: { type: 'string' } }, { a: 'b' }, { a: 1 });
  await refusedBy({ type: 'string', format: 'date-time' }, '2026-01-31T12:00:00Z', 'yesterday');
  await refusedBy({ type: 'string', format: 'byte' }, 'YQ==', 'a');
  await refusedBy({ type: 'string', format: 'ipv4' }, '10.0.0.1', '10.0.0.256');
  await refusedBy({ type: 'string', format: 'duration' }, '1h30m', 'soon');
});

test('elements that cannot be told apart are refused', async () => {
  const items = {
    type: 'object',
    properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
  };
  const map = {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['port', 'protocol'],
    items,
  };
  expect(
    await refused(map, {
      two: [{ port: 1 }, { port: 1, protocol: 'UDP' }],
      same: [{ port: 1 }, { port: 1, protocol: 'TCP' }],
    }),
  ).toEqual(['same']);
  const set = { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } };
  expect(await refused(set, { two: ['a', 'b'], same: ['a', 'a'] })).toEqual(['same']);
});

test('alternatives are counted', async () => {
  const properties = { a: { type: 'string' }, b: { type: 'string' } };
  const alternatives = [{ required: ['a'] }, { required: ['b'] }];
  expect(await problemsOf({ properties, oneOf: alternatives }, { a: 'x' })).toEqual([]);
  expect(await problemsOf({ properties, oneOf: alternatives }, { a: 'x', b: 'y' })).toEqual([
    'schema-invalid-value /spec',
  ]);
  expect(await problemsOf({ properties, anyOf: alternatives }, {})).toEqual(['schema-invalid-value /spec']);
  expect(await problemsOf({ properties, allOf: alternatives }, { a: 'x' })).toEqual([
    'schema-invalid-value /spec',
  ]);
  expect(await problemsOf({ properties, not: { required: ['a'] } }, { a: 'x' })).toEqual([
    'schema-invalid-value /spec',
  ]);
  const none = { not: { anyOf: alternatives } };
  expect(await problemsOf({ properties, oneOf: [none, ...alternatives] }, {})).toEqual([]);
});

test('rules are judged, on the object as the API server completes it', async () => {
  const schema = {
    properties: {
      min: { type: 'integer', default: 1 },
      max: { type: 'integer' },
      when: { type: 'string', format: 'date-time' },
    },
    'x-kubernetes-validations': [
      { rule: '!has(self.max) || self.min <= self.max', message: 'min is at most max' },
      { rule: 'self.max >= oldSelf.max' },
      { rule: 'unknownFunction(self)' },
    ],
  };
  expect(await problemsOf(schema, { max: 2 })).toEqual([]);
  expect(await problemsOf(schema, { max: 0 })).toEqual(['schema-invalid-value /spec']);
  expect(await problemsOf(schema, { max: 0 }, { rules: false })).toEqual([]);
  const schemas = await schemasOf({ crds: [definition({ type: 'object', ...schema })] });
  expect(schemas.check(thing({ max: 0 }))[0]?.allowed).toBe('min is at most max');
});

test('rules see fields by their escaped names, and patterns in linear time', async () => {
  const schema = {
    properties: { 'a-b': { type: 'string' }, namespace: { type: 'string' } },
    'x-kubernetes-validations': [
      { rule: "!has(self.a__dash__b) || !self.a__dash__b.matches('^(a+)+$')" },
      { rule: "!has(self.__namespace__) || self.__namespace__ != 'x'" },
    ],
  };
  expect(await problemsOf(schema, { 'a-b': `${'a'.repeat(5000)}b` })).toEqual([]);
  expect(await problemsOf(schema, { 'a-b': 'aaa' })).toEqual(['schema-invalid-value /spec']);
  expect(await problemsOf(schema, { namespace: 'x' })).toEqual(['schema-invalid-value /spec']);
});

test('versions that are not served have no schema', async () => {
  const schemas = await schemasOf({ crds: [definition({ type: 'object' })] });
  expect(schemas.check({ ...thing({}), apiVersion: 'example.com/v0' })[0]).toMatchObject({
    code: 'schema-unknown-kind',
    severity: 'warning',
    allowed: expect.stringContaining('example.com/v1/Thing'),
  });
});

test("status is the controller's and not looked into", async () => {
  const schemas = await schemasOf({
    crds: [definition({ type: 'object' }, { required: ['spec', 'status'] })],
  });
  expect(schemas.check(thing({}, { status: { any: 'thing' } }))).toEqual([]);
  expect(schemas.check(thing({}))).toEqual([]);
});
