import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';
import type { SchemaNode, SchemaRule } from './schema-node.ts';

/** Values that a schema of a CRD limits in the same words as ours. */
const LIMITS = [
  'pattern',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'enum',
  'format',
  'nullable',
] as const;

const COMBINATIONS = ['allOf', 'anyOf', 'oneOf'] as const;
const TYPES = new Set(['array', 'boolean', 'integer', 'number', 'object', 'string']);

/** No API server takes schemas that nest deeper; what stands below is taken as it is. */
const MAX_DEPTH = 200;

type Draft = { -readonly [Name in keyof SchemaNode]: SchemaNode[Name] };

/** The schema of a kind of one's own, from the `openAPIV3Schema` of its CRD. */
export function customSchema(schema: JsonObject): SchemaNode {
  const root = new SchemaReader().read(schema, 0);
  return {
    ...root,
    type: 'object',
    properties: {
      ...root.properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { metadata: true },
      status: { type: 'object', open: true },
    },
    required: (root.required ?? []).filter((name) => name !== 'status'),
  };
}

/** Reads each schema object once: YAML aliases may make one stand in many places, or in itself. */
class SchemaReader {
  readonly #read = new Map<JsonValue, SchemaNode>();

  read(schema: JsonValue | undefined, depth: number): SchemaNode {
    if (!isJsonObject(schema) || depth > MAX_DEPTH) return { open: true };
    const known = this.#read.get(schema);
    if (known !== undefined) return known;
    const node: Draft = {};
    this.#read.set(schema, node);
    Object.assign(node, limitsOf(schema), typeOf(schema), listOf(schema));
    const rules = rulesOf(schema['x-kubernetes-validations']);
    if (rules.length > 0) node.rules = rules;
    this.#children(schema, node, depth + 1);
    return node;
  }

  #children(schema: JsonObject, node: Draft, depth: number): void {
    const { properties, additionalProperties: values, items, not } = schema;
    if (isJsonObject(properties)) {
      node.properties = Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [name, this.read(each, depth)]),
      );
    }
    const required = requiredOf(schema);
    if (required.length > 0) node.required = required;
    if (isJsonObject(values)) node.values = this.read(values, depth);
    else if (values === true) node.open = true;
    if (items !== undefined) node.items = this.read(items, depth);
    if (not !== undefined) node.not = this.read(not, depth);
    for (const name of COMBINATIONS) {
      const members = schema[name];
      if (isJsonArray(members) && !(node.intOrString && isIntOrString(members)))
        node[name] = members.map((each) => this.read(each, depth));
    }
  }
}

function limitsOf(schema: JsonObject): SchemaNode {
  const limits = LIMITS.flatMap((name) => {
    const limit = schema[name];
    return limit === undefined || limit === null || limit === false ? [] : [[name, limit] as const];
  });
  const fallback = schema['default'];
  return { ...Object.fromEntries(limits), ...(fallback === undefined ? {} : { default: fallback }) };
}

function typeOf(schema: JsonObject): SchemaNode {
  const draft: Draft = {};
  const { type } = schema;
  if (isType(type)) draft.type = type;
  if (schema['x-kubernetes-int-or-string'] === true) {
    draft.intOrString = true;
    delete draft.type;
  }
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) draft.open = true;
  if (schema['x-kubernetes-embedded-resource'] === true) draft.embedded = true;
  return draft;
}

function isType(type: unknown): type is NonNullable<SchemaNode['type']> {
  return typeof type === 'string' && TYPES.has(type);
}

function listOf(schema: JsonObject): SchemaNode {
  const list = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  if (list === 'set') return { list };
  return list === 'map' && isJsonArray(keys) ? { list, keys: keys.map(String) } : {};
}

/** A required property with a default is never missing: the API server fills it in first. */
function requiredOf({ required, properties }: JsonObject): string[] {
  if (!isJsonArray(required)) return [];
  const known = isJsonObject(properties) ? properties : {};
  return required.map(String).filter((name) => {
    const property = Object.hasOwn(known, name) ? known[name] : undefined;
    return !isJsonObject(property) || property['default'] === undefined;
  });
}

/** Rules about the object as it was before cannot be judged: there is no before. */
function rulesOf(rules: JsonValue | undefined): SchemaRule[] {
  if (!isJsonArray(rules)) return [];
  return rules.flatMap((each) => {
    if (!isJsonObject(each) || typeof each['rule'] !== 'string' || /\boldSelf\b/.test(each['rule']))
      return [];
    const { rule, message } = each;
    return [typeof message === 'string' ? { rule, message } : { rule }];
  });
}

function isIntOrString(members: readonly JsonValue[]): boolean {
  return (
    members.length === 2 &&
    members.every((each) => isJsonObject(each) && (each['type'] === 'integer' || each['type'] === 'string'))
  );
}
