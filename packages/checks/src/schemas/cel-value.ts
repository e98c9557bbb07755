import { isJsonArray, isJsonObject, type JsonValue } from '@strake/core';
import { propertyOf, type SchemaNode } from './schema-node.ts';

const RESERVED = new Set(
  `true false null in as break const continue else for function if import let loop package namespace return var void while`.split(
    ' ',
  ),
);

/** A value as CEL knows it, by the types of its schema: whole numbers apart from others, times as times. */
export function celValue(value: JsonValue, node: SchemaNode | undefined): unknown {
  if (isJsonArray(value)) return value.map((each) => celValue(each, node?.items));
  if (isJsonObject(value)) {
    const entries = Object.entries(value).flatMap(([name, each]) => {
      if (each === undefined) return [];
      const property = node === undefined ? undefined : propertyOf(node, name);
      return [
        [property === undefined ? name : celName(name), celValue(each, property ?? node?.values)] as const,
      ];
    });
    return Object.fromEntries(entries);
  }
  if (typeof value === 'number')
    return node?.type === 'number' || !Number.isInteger(value) ? value : BigInt(value);
  if (typeof value === 'string' && node?.format === 'date-time') return new Date(value);
  return value;
}

/** A field's name as an expression writes it. */
function celName(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
