import { isJsonArray, isJsonObject, type JsonValue } from '@strake/core';
import { valueText } from '@strake/core/tools';
import { checkCombinations } from './check-combinations.ts';
import { checkLimits } from './check-limits.ts';
import { checkList } from './check-list.ts';
import { checkObject } from './check-object.ts';
import type { PreparedSchema } from './prepared-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import type { SchemaWalk } from './schema-walk.ts';
import { allowedTypeText, isOfType, typeText } from './value-type.ts';

/** Reports everything in a value that is not as its schema says. */
export function checkValue(value: JsonValue, schema: PreparedSchema, walk: SchemaWalk): void {
  if (!walk.look()) return;
  if (value === null && schema.nullable) return;
  if (schema.isMetadata) {
    checkMetadata(value, walk);
    return;
  }
  if (!isOfType(value, schema)) {
    reportType(value, schema.node, walk);
    return;
  }
  if (schema.hasLimits) checkLimits(value, schema.node, walk);
  if (isJsonArray(value)) checkList(value, schema, walk);
  else if (isJsonObject(value)) checkObject(value, schema, walk);
  if (schema.hasCombinations) checkCombinations(value, schema.node, walk);
  if (schema.rules !== undefined) checkRules(value, schema, walk);
}

/** Metadata is the API server's own in every kind, and read the same way. */
function checkMetadata(value: JsonValue, walk: SchemaWalk): void {
  const { nullIsAbsent } = walk;
  walk.nullIsAbsent = true;
  checkValue(value, walk.objectMeta, walk);
  walk.nullIsAbsent = nullIsAbsent;
}

function reportType(value: JsonValue, node: SchemaNode, walk: SchemaWalk): void {
  walk.report({
    code: 'schema-wrong-type',
    written: `${typeText(value)}: ${valueText(value, walk.steps)}`,
    allowed: allowedTypeText(node),
    fix: typeFix(value, node),
  });
}

function typeFix(value: JsonValue, node: SchemaNode): string {
  if (node.type === 'string' && ['number', 'boolean'].includes(typeof value))
    return 'Write the value as a text, in quotes.';
  if (typeof value === 'string' && /^(?:-?\d{1,15}(?:\.\d{1,9})?|true|false)$/.test(value)) {
    if (isOfType(JSON.parse(value), node)) return 'Write the value without quotes.';
  }
  return `Write ${allowedTypeText(node)} here.`;
}

function checkRules(value: JsonValue, { rules = [], node }: PreparedSchema, walk: SchemaWalk): void {
  if (walk.judge === undefined || walk.isInCombination) return;
  for (const rule of rules) {
    if (walk.judge(rule, value, node) !== false) continue;
    walk.report({
      code: 'schema-invalid-value',
      written: valueText(value, walk.steps),
      allowed: rule.message ?? `what satisfies \`${rule.rule}\``,
      fix: 'Change the values until the rule of the schema holds.',
    });
  }
}
