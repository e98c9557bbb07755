import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';
import type { PreparedSchema } from './prepared-schema.ts';
import type { SchemaNode } from './schema-node.ts';

const HAS_DEFAULTS = new WeakMap<SchemaNode, boolean>();

/** The value with what an API server fills in before it checks; the same value where that is nothing. */
export function withDefaults(value: JsonValue, schema: PreparedSchema, depth = 0): JsonValue {
  if (!schema.hasDefaults || depth > 400) return value;
  if (isJsonArray(value)) return withDefaultElements(value, schema, depth);
  return isJsonObject(value) ? withDefaultFields(value, schema, depth) : value;
}

function withDefaultElements(
  list: readonly JsonValue[],
  { items }: PreparedSchema,
  depth: number,
): readonly JsonValue[] {
  if (items === undefined) return list;
  let filled: JsonValue[] | undefined;
  for (const [index, written] of list.entries()) {
    const value = withDefaults(written, items, depth + 1);
    if (value !== written) (filled ??= [...list])[index] = value;
  }
  return filled ?? list;
}

function withDefaultFields(object: JsonObject, schema: PreparedSchema, depth: number): JsonObject {
  const { values } = schema;
  const { properties = {} } = schema.node;
  let changed: Map<string, JsonValue> | undefined;
  for (const [name, property] of schema.defaultedFields) {
    const written = Object.hasOwn(object, name) ? object[name] : undefined;
    const fallback = property.node.default;
    const takesDefault = written === undefined || (written === null && !property.nullable);
    const value = takesDefault && fallback !== undefined ? fallback : written;
    const filled = value === undefined ? undefined : withDefaults(value, property, depth + 1);
    if (filled !== undefined && filled !== written) (changed ??= new Map()).set(name, filled);
  }
  for (const name of values === undefined ? [] : Object.keys(object)) {
    const written = object[name];
    if (values === undefined || written === undefined || Object.hasOwn(properties, name)) continue;
    const filled = withDefaults(written, values, depth + 1);
    if (filled !== written) (changed ??= new Map()).set(name, filled);
  }
  return changed === undefined ? object : { ...object, ...Object.fromEntries(changed) };
}

/** The names of the fields that have a default, or one somewhere below. */
export function defaultedFields({ properties = {} }: SchemaNode): readonly string[] {
  return Object.keys(properties).filter((name) => {
    const property = properties[name];
    return property !== undefined && (property.default !== undefined || hasDefaults(property));
  });
}

/** Whether a default stands anywhere below; a schema that is being looked at does not count again. */
export function hasDefaults(node: SchemaNode): boolean {
  const known = HAS_DEFAULTS.get(node);
  if (known !== undefined) return known;
  HAS_DEFAULTS.set(node, false);
  const below = [...Object.values(node.properties ?? {}), node.items, node.values];
  const found = below.some((each) => each !== undefined && (each.default !== undefined || hasDefaults(each)));
  HAS_DEFAULTS.set(node, found);
  return found;
}
