import type { JsonValue } from '@strake/core';
import { valueText } from '@strake/core/tools';
import { checkValue } from './check-value.ts';
import { prepared } from './prepared-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** Reports a value that satisfies too few or too many of a schema's alternatives. */
export function checkCombinations(value: JsonValue, node: SchemaNode, walk: SchemaWalk): void {
  const { allOf, anyOf, oneOf, not } = node;
  const accepts = (alternative: SchemaNode) =>
    walk.accepts(() => checkValue(value, prepared(alternative), walk));
  const allowed =
    (allOf?.every(accepts) === false ? `what satisfies all of: ${namesOf(allOf)}` : undefined) ??
    (anyOf?.some(accepts) === false ? `at least one of: ${namesOf(anyOf)}` : undefined) ??
    (oneOf !== undefined && oneOf.filter(accepts).length !== 1 ? exactlyOne(oneOf) : undefined) ??
    (not !== undefined && accepts(not) ? `anything but: ${nameOf(not)}` : undefined);
  if (allowed === undefined) return;
  walk.report({
    code: 'schema-invalid-value',
    written: valueText(value, walk.steps),
    allowed,
    fix: 'Keep the alternative that is meant, and remove the others.',
  });
}

/** `not anyOf(required)` among the alternatives is how generated schemas say "or none". */
function exactlyOne(alternatives: readonly SchemaNode[]): string {
  const isNone = ({ not }: SchemaNode) => not?.anyOf !== undefined;
  return `${alternatives.some(isNone) ? 'at most' : 'exactly'} one of: ${namesOf(alternatives.filter((each) => !isNone(each)))}`;
}

function namesOf(alternatives: readonly SchemaNode[]): string {
  return [...new Set(alternatives.map(nameOf))].join('; ');
}

function nameOf({ required = [], properties = {}, type, enum: values, pattern, not }: SchemaNode): string {
  if (required.length > 0) return required.map((name) => `\`${name}\``).join(' with ');
  if (values !== undefined) return values.map((each) => JSON.stringify(each)).join(' or ');
  if (pattern !== undefined) return `\`${pattern}\``;
  if (not !== undefined) return `not ${nameOf(not)}`;
  return type ?? `the right ${Object.keys(properties).join(', ')}`;
}
