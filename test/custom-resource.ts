import { Environment } from '@marcbachmann/cel-js';
import type { KubernetesObject } from '@strake/core';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

const FOLDER = new URL('../../shared/crds/', import.meta.url);

/** Why custom resources cannot be judged here; undefined when they can. */
export const SCHEMAS_MISSING: string | undefined = existsSync(FOLDER)
  ? undefined
  : `there are no schemas at ${FOLDER.pathname}`;

/** The part of OpenAPI 3 that the schemas of custom resources use. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string }[];
}

const fields = z.record(z.string(), z.unknown());
const definition = z.object({
  spec: z.object({
    versions: z.array(
      z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: z.custom<Schema>() }) }),
    ),
  }),
});

/** Every way in which a custom resource breaks the schema and the rules that its authors publish. */
export function violations(object: KubernetesObject): string[] {
  return schemaViolations(schemaOf(object), object, '');
}

const known = new Map<string, Schema>();

function schemaOf({ apiVersion, kind }: KubernetesObject): Schema {
  const key = `${apiVersion}/${kind}`;
  const schema = known.get(key) ?? readSchema(apiVersion, kind);
  known.set(key, schema);
  return schema;
}

function readSchema(apiVersion: string, kind: string): Schema {
  const [group = '', version = ''] = apiVersion.split('/');
  // Some authors publish YAML that only parsers for Go read; those have a copy in JSON.
  const copies = ['json', 'yaml'].map((ending) => new URL(`${group}/${kind}.${ending}`, FOLDER));
  const file = copies.find((copy) => existsSync(copy)) ?? FOLDER;
  const { spec } = definition.parse(parse(readFileSync(file, 'utf8')));
  const { openAPIV3Schema } = spec.versions.find(({ name }) => name === version)?.schema ?? {};
  if (openAPIV3Schema === undefined) throw new Error(`${kind} has no version ${version}`);
  const text = { type: 'string' };
  const top = { apiVersion: text, kind: text, metadata: { type: 'object', additionalProperties: {} } };
  return {
    ...openAPIV3Schema,
    type: 'object',
    properties: { ...openAPIV3Schema.properties, ...top },
  };
}

function schemaViolations(schema: Schema, value: unknown, path: string): string[] {
  const found = [...combinations(schema, value, path), ...brokenRules(schema, value, path)];
  if (schema.enum !== undefined && !schema.enum.includes(value))
    found.push(`${path}: ${String(value)} is not allowed`);
  switch (schema.type) {
    case 'array':
      return [...found, ...listViolations(schema, value, path)];
    case 'object':
      return [...found, ...fieldViolations(schema, value, path)];
    case 'string':
      return [...found, ...textViolations(schema, value, path)];
    case 'boolean':
      return typeof value === 'boolean' ? found : [...found, `${path}: no boolean`];
    case 'integer':
    case 'number':
      return [...found, ...numberViolations(schema, value, path)];
    default:
      return found;
  }
}

function listViolations(
  { items = {}, minItems = 0, maxItems = Infinity }: Schema,
  value: unknown,
  path: string,
) {
  if (!Array.isArray(value)) return [`${path}: no list`];
  const length = value.length < minItems || value.length > maxItems ? [`${path}: ${value.length} items`] : [];
  return [...length, ...value.flatMap((item, index) => schemaViolations(items, item, `${path}[${index}]`))];
}

function textViolations(
  { pattern, minLength = 0, maxLength = Infinity }: Schema,
  value: unknown,
  path: string,
) {
  if (typeof value !== 'string') return [`${path}: no string`];
  const found =
    value.length < minLength || value.length > maxLength ? [`${path}: ${value.length} letters`] : [];
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    found.push(`${path}: ${value} has no such form`);
  return found;
}

function numberViolations(
  { type, minimum = -Infinity, maximum = Infinity }: Schema,
  value: unknown,
  path: string,
) {
  if (typeof value !== 'number') return [`${path}: no ${type}`];
  if (type === 'integer' && !Number.isInteger(value)) return [`${path}: no integer`];
  return value < minimum || value > maximum ? [`${path}: out of range`] : [];
}

function fieldViolations(
  { properties, additionalProperties, required = [] }: Schema,
  value: unknown,
  path: string,
) {
  const parsed = fields.safeParse(value);
  if (!parsed.success) return [`${path}: no map`];
  const missing = required.filter((name) => !(name in parsed.data)).map((name) => `${path}.${name}: missing`);
  const present = Object.entries(parsed.data).flatMap(([name, field]) => {
    const schema = properties?.[name] ?? additionalProperties;
    return schema === undefined
      ? [`${path}.${name}: unknown`]
      : schemaViolations(schema, field, `${path}.${name}`);
  });
  return [...missing, ...present];
}

function combinations({ oneOf, anyOf, allOf = [], not }: Schema, value: unknown, path: string): string[] {
  const holds = (schema: Schema) => {
    const has = (name: string) => fields.safeParse(value).data?.[name] !== undefined;
    return (schema.required ?? []).every(has) && combinations(schema, value, path).length === 0;
  };
  const found = allOf.flatMap((schema) => combinations(schema, value, path));
  if (oneOf !== undefined && oneOf.filter(holds).length !== 1)
    found.push(`${path}: not exactly one of the ways`);
  if (anyOf !== undefined && !anyOf.some(holds)) found.push(`${path}: none of the ways`);
  if (not !== undefined && holds(not)) found.push(`${path}: an excluded way`);
  return found;
}

const cel = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 100_000, maxDepth: 1000 },
})
  .registerType('kubernetes.URL', { ctor: URL, fields: {} })
  .registerFunction('url(string): kubernetes.URL', (text: string) => new URL(text))
  .registerFunction('kubernetes.URL.getScheme(): string', ({ protocol }: URL) => protocol.slice(0, -1));

/** The rules that the API server evaluates, in CEL, over the value with its defaults. */
function brokenRules(schema: Schema, value: unknown, path: string): string[] {
  const { 'x-kubernetes-validations': rules = [] } = schema;
  return rules
    .filter(({ rule }) => cel.evaluate(readable(rule), { self: celValue(schema, value) }) !== true)
    .map(({ rule, message = rule }) => `${path}: ${message}`);
}

/**
 * A rule in words that the library reads: `in` asks of a map what `has` asks of an element's field, and RE2's `(?i)` is no
 * part of a regular expression of JavaScript.
 */
function readable(rule: string): string {
  const asked = rule.replaceAll(/has\(([\w.]+\[\d+\])\.(\w+)\)/g, "('$2' in $1)");
  return asked.includes('(?i)') ? asked.replaceAll('(?i)', '').replaceAll('a-z', 'A-Za-z') : asked;
}

/** A value as CEL sees it: integers are integers, defaults are there, and reserved words are escaped. */
function celValue({ properties, additionalProperties, items = {}, type }: Schema, value: unknown): unknown {
  if (type === 'integer' && typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map((item) => celValue(items, item));
  const { data } = fields.safeParse(value);
  if (data === undefined) return value;
  const defaults = Object.entries(properties ?? {}).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default] as const],
  );
  return Object.fromEntries(
    Object.entries({ ...Object.fromEntries(defaults), ...data }).map(([name, field]) => [
      name === 'namespace' ? '__namespace__' : name,
      celValue(properties?.[name] ?? additionalProperties ?? {}, field),
    ]),
  );
}
