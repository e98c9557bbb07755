import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';
import type { SchemaNode } from './schema-node.ts';

const HAS_DEFAULTS = new WeakMap<SchemaNode, boolean>();
const DEFAULTED_FIELDS = new WeakMap<SchemaNode, readonly string[]>();

/** The value with what an API server fills in before it checks; the same value where that is nothing. */
export function withDefaults(value: JsonValue, node: SchemaNode, depth = 0): JsonValue {
  if (!hasDefaults(node) || depth > 400) return value;
  if (isJsonArray(value)) {
    const { items } = node;
    if (items === undefined) return value;
    const filled = value.map((each) => withDefaults(each, items, depth + 1));
    return filled.every((each, index) => each === value[index]) ? value : filled;
  }
  return isJsonObject(value) ? withDefaultFields(value, node, depth) : value;
}

function withDefaultFields(object: JsonObject, node: SchemaNode, depth: number): JsonObject {
  const { properties = {}, values } = node;
  const changed = new Map<string, JsonValue>();
  for (const name of defaultedFields(node)) {
    const property = properties[name];
    if (property === undefined) continue;
    const written = Object.hasOwn(object, name) ? object[name] : undefined;
    const takesDefault = written === undefined || (written === null && property.nullable !== true);
    const value = takesDefault && property.default !== undefined ? property.default : written;
    const filled = value === undefined ? undefined : withDefaults(value, property, depth + 1);
    if (filled !== undefined && filled !== written) changed.set(name, filled);
  }
  for (const name of values === undefined ? [] : Object.keys(object)) {
    const written = object[name];
    if (values === undefined || written === undefined || Object.hasOwn(properties, name)) continue;
    const filled = withDefaults(written, values, depth + 1);
    if (filled !== written) changed.set(name, filled);
  }
  return changed.size === 0 ? object : { ...object, ...Object.fromEntries(changed) };
}

/** The fields that have a default, or one somewhere below. */
function defaultedFields(node: SchemaNode): readonly string[] {
  const known = DEFAULTED_FIELDS.get(node);
  if (known !== undefined) return known;
  const fields = Object.entries(node.properties ?? {}).flatMap(([name, property]) =>
    property.default !== undefined || hasDefaults(property) ? [name] : [],
  );
  DEFAULTED_FIELDS.set(node, fields);
  return fields;
}

/** Whether a default stands anywhere below; a schema that is being looked at does not count again. */
function hasDefaults(node: SchemaNode): boolean {
  const known = HAS_DEFAULTS.get(node);
  if (known !== undefined) return known;
  HAS_DEFAULTS.set(node, false);
  const below = [...Object.values(node.properties ?? {}), node.items, node.values];
  const found = below.some((each) => each !== undefined && (each.default !== undefined || hasDefaults(each)));
  HAS_DEFAULTS.set(node, found);
  return found;
}
