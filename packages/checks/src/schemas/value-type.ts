import { isJsonArray, isJsonObject, type JsonValue } from '@strake/core';
import type { SchemaNode } from './schema-node.ts';

const TEXTS: Readonly<Record<NonNullable<SchemaNode['type']>, string>> = {
  array: 'a list',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
  object: 'a map',
  string: 'a text',
};

/** What a schema says of the type of a value. */
type AskedType = Pick<SchemaNode, 'type' | 'intOrString' | 'nullable'> & {
  readonly format?: string | undefined;
};

/** Whether a value is of the type that a schema asks for; a schema may leave it open. */
export function isOfType(value: JsonValue, { type, format, intOrString, nullable }: AskedType): boolean {
  if (value === null) return nullable === true || ((type ?? format) === undefined && intOrString !== true);
  if (intOrString === true) return typeof value === 'string' || Number.isInteger(value);
  if (format === 'quantity') return typeof value === 'string' || typeof value === 'number';
  switch (type) {
    case undefined:
      return true;
    case 'array':
      return isJsonArray(value);
    case 'boolean':
    case 'string':
      return typeof value === type;
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'object':
      return isJsonObject(value);
  }
}

/** What a value is, in words. */
export function typeText(what: JsonValue): string {
  if (what === null) return 'nothing (`null`)';
  if (isJsonArray(what)) return TEXTS.array;
  if (typeof what === 'boolean') return 'a truth value';
  if (typeof what === 'string') return TEXTS.string;
  if (typeof what === 'number') return Number.isInteger(what) ? TEXTS.integer : TEXTS.number;
  return TEXTS.object;
}

/** What a schema asks for, in words. */
export function allowedTypeText({ type, format, intOrString }: SchemaNode): string {
  if (intOrString === true) return 'a whole number or a text';
  if (format === 'quantity') return 'an amount such as `500m` or `1Gi`';
  return type === undefined ? 'any value' : TEXTS[type];
}
