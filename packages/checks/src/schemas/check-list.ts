import { isJsonObject, type JsonValue } from '@strake/core';
import { valueText } from '@strake/core/tools';
import { checkValue } from './check-value.ts';
import { propertyOf, type SchemaNode } from './schema-node.ts';
import type { PreparedSchema } from './prepared-schema.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** Reports elements that are not as the schema says, and elements that cannot be told apart. */
export function checkList(list: readonly JsonValue[], schema: PreparedSchema, walk: SchemaWalk): void {
  const { items } = schema;
  if (items !== undefined) {
    let index = 0;
    for (const element of list) {
      walk.enter(String(index++));
      checkValue(element, items, walk);
      walk.leave();
    }
  }
  if (schema.list !== undefined && list.length > 1) checkDuplicates(list, schema.node, walk);
}

function checkDuplicates(list: readonly JsonValue[], node: SchemaNode, walk: SchemaWalk): void {
  const seen = new Map<JsonValue, number>();
  for (const [index, element] of list.entries()) {
    const key = keyOf(element, node);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      continue;
    }
    walk.enter(String(index));
    reportDuplicate(element, node, first, walk);
    walk.leave();
  }
}

/** What tells an element apart; undefined where it lacks that, which is reported as such. */
function keyOf(element: JsonValue, { list, keys = [], items }: SchemaNode): JsonValue | undefined {
  if (list === 'set') return JSON.stringify(element);
  if (!isJsonObject(element)) return undefined;
  const [only = ''] = keys;
  const value = element[only];
  // Nearly all lists: of one key that is a text.
  if (keys.length === 1 && typeof value !== 'object' && value !== undefined) return value;
  const values = keys.map((key) => element[key] ?? propertyOf(items ?? {}, key)?.default ?? null);
  return values.every((each) => each === null) ? undefined : JSON.stringify(values);
}

function reportDuplicate(element: JsonValue, node: SchemaNode, first: number, walk: SchemaWalk): void {
  const keys = isJsonObject(element) && node.list === 'map' ? (node.keys ?? []) : [];
  const shown = keys.flatMap((key) => {
    const value = isJsonObject(element) ? element[key] : undefined;
    return value === undefined ? [] : [`${key} ${valueText(value, [...walk.steps, key])}`];
  });
  const what = shown.length > 0 ? shown.join(', ') : valueText(element, walk.steps);
  walk.report({
    code: 'schema-invalid-value',
    written: `${what} a second time, after element ${first}`,
    allowed: keys.length > 0 ? `elements that differ in ${keys.join(', ')}` : 'elements that differ',
    fix: 'Remove one of the two elements.',
  });
}
