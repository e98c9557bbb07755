/* oxlint-disable no-unused-vars -- taken out of the rest */
import { schemasOf, type SchemaNode } from '@strake/checks/schemas';
import { isJsonObject, type JsonObject, type JsonValue } from '@strake/core';
import { Ajv, type ValidateFunction } from 'ajv';
import { expect, test } from 'vitest';
import { builtInSchemas } from '../../packages/checks/src/schemas/kubernetes-versions.ts';
import { mutantsOf } from './mutants.ts';
import { allObjects } from './objects.ts';

const QUANTITY = String.raw`^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$`;

/** Says a schema of ours in JSON Schema, which another validator reads. */
class JsonSchemas {
  readonly definitions: Record<string, unknown> = {};
  readonly #names = new Map<string, string>();
  readonly #ids = new Map<SchemaNode, number>();
  readonly #objectMeta: SchemaNode;

  constructor(objectMeta: SchemaNode) {
    this.#objectMeta = objectMeta;
  }

  /** A reference to a definition; `isOpen` inside combinations, which judge values and not fields. */
  of(node: SchemaNode, isOpen: boolean, isRequired = true): unknown {
    const inner = node.metadata ? this.#objectMeta : node;
    const id = this.#ids.get(inner) ?? this.#ids.size;
    this.#ids.set(inner, id);
    const key = `${id} ${isOpen}`;
    const name = this.#names.get(key) ?? `n${this.#names.size}`;
    if (!this.#names.has(key)) {
      this.#names.set(key, name);
      this.definitions[name] = this.#definition(inner, isOpen);
    }
    const reference = { $ref: `#/definitions/${name}` };
    return node.nullable || !isRequired ? { anyOf: [reference, { type: 'null' }] } : reference;
  }

  #definition(node: SchemaNode, isOpen: boolean): unknown {
    const {
      type,
      properties,
      required,
      values,
      items,
      open,
      list,
      keys,
      rules,
      format,
      intOrString,
      ...rest
    } = node;
    const { allOf, anyOf, oneOf, not, nullable, embedded, metadata, pattern, default: _, ...limits } = rest;
    const each = (nodes: readonly SchemaNode[]) => nodes.map((one) => this.of(one, true));
    if (format === 'quantity') return { anyOf: [{ type: 'number' }, { type: 'string', pattern: QUANTITY }] };
    const bounds = this.#bounds(limits);
    return {
      ...bounds,
      ...(type && { type: nullable ? [type, 'null'] : type }),
      ...(intOrString && { type: ['integer', 'string'] }),
      ...(format === 'int32' && { maximum: 2 ** 31 - 1, minimum: -(2 ** 31), ...bounds }),
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, one]) => [
            name,
            this.of(one, isOpen, required?.includes(name)),
          ]),
        ),
      }),
      ...(type === 'object' && values && { additionalProperties: this.of(values, isOpen) }),
      ...(type === 'object' && !values && !open && !isOpen && { additionalProperties: false }),
      ...(required && { required }),
      ...(items && { items: this.of(items, isOpen) }),
      ...(pattern && { pattern: pattern.replace('(?i)', '') }),
      ...(allOf && { allOf: each(allOf) }),
      ...(anyOf && { anyOf: each(anyOf) }),
      ...(oneOf && { oneOf: each(oneOf) }),
      ...(not && { not: this.of(not, true) }),
    };
  }

  #bounds({
    exclusiveMinimum,
    exclusiveMaximum,
    minimum,
    maximum,
    ...limits
  }: SchemaNode): Record<string, unknown> {
    return {
      ...limits,
      ...(minimum !== undefined && { [exclusiveMinimum ? 'exclusiveMinimum' : 'minimum']: minimum }),
      ...(maximum !== undefined && { [exclusiveMaximum ? 'exclusiveMaximum' : 'maximum']: maximum }),
    };
  }
}

/** Nulls say nothing in this comparison: the API server has its own way with them. */
function hasNull(value: JsonValue | undefined): boolean {
  if (value === null) return true;
  return (
    typeof value === 'object' &&
    Object.values(isJsonObject(value) ? value : [...value]).some((each) => hasNull(each))
  );
}

test('ajv finds a fault in the same objects', async () => {
  const schemas = await schemasOf({ rules: false });
  const objectMeta = (await builtInSchemas(schemas.version)).get('ObjectMeta');
  if (objectMeta === undefined) throw new Error('no metadata');
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (node: SchemaNode, kind: string) => {
    const known = validators.get(kind);
    if (known) return known;
    const made = new JsonSchemas(objectMeta);
    const root = made.of(node, false);
    const ajv = new Ajv({ strict: false, logger: false, validateFormats: false, unicodeRegExp: false });
    const validate = ajv.compile({ ...Object(root), definitions: made.definitions });
    validators.set(kind, validate);
    return validate;
  };
  const disagreements: string[] = [];
  let compared = 0;
  const seen = new Set<string>();
  for (const { object } of allObjects()) {
    const kind = `${object.apiVersion}/${object.kind}`;
    const schema = schemas.schemaOf(object.apiVersion, object.kind);
    if (schema === undefined) throw new Error(`no schema of ${kind}`);
    const validate = validatorOf(schema, kind);
    const candidates: { readonly path: string; readonly object: JsonObject }[] = [
      { path: kind, object },
      ...mutantsOf(object),
    ];
    for (const { path, object: candidate } of candidates) {
      if (hasNull(candidate) || seen.has(JSON.stringify(candidate))) continue;
      seen.add(JSON.stringify(candidate));
      compared++;
      const ours = schemas.check(candidate).length === 0;
      if (ours !== validate(candidate)) disagreements.push(`${path}: ${ours ? 'we accept' : 'we refuse'} it`);
    }
  }
  console.info(`${compared} objects compared with ajv`);
  expect(disagreements).toEqual([]);
  expect(compared).toBeGreaterThan(3000);
});
