import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';
import type { SchemaNode } from './schema-node.ts';

const HAS_DEFAULTS = new WeakMap<SchemaNode, boolean>();

/** The value with what an API server fills in before it checks; the same value where that is nothing. */
export function withDefaults(value: JsonValue, node: SchemaNode, depth = 0): JsonValue {
  if (!hasDefaults(node) || depth > 400) return value;
  if (isJsonArray(value)) {
    const { items } = node;
    return items === undefined ? value : value.map((each) => withDefaults(each, items, depth + 1));
  }
  return isJsonObject(value) ? withDefaultFields(value, node, depth) : value;
}

function withDefaultFields(
  object: JsonObject,
  { properties = {}, values }: SchemaNode,
  depth: number,
): JsonObject {
  const filled = new Map(Object.entries(object));
  for (const [name, property] of Object.entries(properties)) {
    const written = filled.get(name);
    const takesDefault = written === undefined || (written === null && property.nullable !== true);
    const value = takesDefault && property.default !== undefined ? property.default : written;
    if (value !== undefined) filled.set(name, withDefaults(value, property, depth + 1));
  }
  if (values !== undefined)
    for (const [name, value] of filled)
      if (value !== undefined && !Object.hasOwn(properties, name))
        filled.set(name, withDefaults(value, values, depth + 1));
  return Object.fromEntries(filled);
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
