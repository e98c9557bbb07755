import type { JsonObject, JsonValue } from '@strake/core';
import { expect, test } from 'vitest';
import { schemasOf } from './schemas.ts';

function definition(spec: JsonValue): JsonObject {
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
  const versions = [{ name: 'v1', served: true, schema }];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: { group: 'example.com', names: { kind: 'Thing' }, versions },
  };
}

async function check(spec: JsonValue, value: JsonValue) {
  const schemas = await schemasOf({ crds: [definition(spec)] });
  return schemas.check({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, spec: value });
}

test('a schema that nests without end is read', async () => {
  let schema: JsonObject = { type: 'string' };
  for (let depth = 0; depth < 50_000; depth++) schema = { type: 'object', properties: { a: schema } };
  expect(await check(schema, { a: { a: {} } })).toEqual([]);
});

test('a schema that stands in itself is followed as far as the object goes', async () => {
  const properties: Record<string, JsonValue> = { b: { type: 'string' } };
  const schema: JsonObject = { type: 'object', properties };
  properties['a'] = schema;
  const problems = await check(schema, { a: { a: { b: 1 } } });
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/spec/a/a/b']);
});

test('an object that nests without end is refused, and ends', async () => {
  const properties: Record<string, JsonValue> = {};
  const schema: JsonObject = { type: 'object', properties };
  properties['a'] = schema;
  let value: JsonObject = {};
  for (let depth = 0; depth < 5000; depth++) value = { a: value };
  expect((await check(schema, value)).map(({ code }) => code)).toEqual(['schema-invalid-value']);
});

test('alternatives in alternatives without end are given up', async () => {
  let schema: JsonObject = { required: ['missing'] };
  for (let depth = 0; depth < 60; depth++) schema = { anyOf: [schema, schema] };
  const problems = await check({ type: 'object', ...schema }, {});
  expect(problems.map(({ written }) => written)).toContain('an object that takes too long to check');
});

test('references are not followed', async () => {
  expect(await check({ $ref: '#/definitions/a' }, { a: 1 })).toMatchObject([
    { code: 'schema-unknown-field' },
  ]);
});

test('patterns and rules that would run for years are judged or left alone', async () => {
  const properties = { a: { type: 'string', pattern: '^(a+)+$' } };
  expect(await check({ type: 'object', properties }, { a: `${'a'.repeat(50_000)}b` })).toHaveLength(1);
  const rule = 'self.all(a, self.all(b, self.all(c, self.all(d, a + b + c + d >= 0))))';
  const list = { type: 'array', items: { type: 'integer' }, 'x-kubernetes-validations': [{ rule }] };
  expect(
    await check(
      list,
      Array.from({ length: 2000 }, (_, index) => index),
    ),
  ).toEqual([]);
});

test('names that every JavaScript object has are names like others', async () => {
  const value: JsonObject = JSON.parse('{"constructor": 1, "toString": 2, "__proto__": {"b": 1}}');
  const codes = (await check({ type: 'object', properties: { b: { type: 'string' } } }, value)).map(
    ({ pointer }) => pointer,
  );
  expect(codes).toEqual(['/spec/constructor', '/spec/toString', '/spec/__proto__']);
  expect(await check({ type: 'object', required: ['constructor'] }, {})).toHaveLength(1);
});

test.each([
  [null],
  [[]],
  ['text'],
  [{ spec: null }],
  [{ ...definition({}), spec: { versions: [null, 1, {}] } }],
])('what defines nothing adds nothing: %j', async (crd: JsonValue) => {
  const schemas = await schemasOf({ crds: [crd] });
  expect(
    schemas.check({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' } }),
  ).toMatchObject([{ code: 'schema-unknown-kind' }]);
});

test.each([
  { type: 'string', pattern: '(' },
  { type: 'nonsense' },
  { properties: [] },
  { type: 'object', required: 'a' },
  { anyOf: 'a', 'x-kubernetes-validations': [null, { rule: 1 }, { rule: '((' }] },
])('a schema with nonsense in it is read as far as it makes sense: %j', async (schema: JsonObject) => {
  await expect(check(schema, 'a')).resolves.toBeDefined();
  await expect(check(schema, {})).resolves.toBeDefined();
});
