import { isJsonArray, isJsonObject, sameJson, type JsonValue } from '@strake/core';
import { nearest, valueText } from '@strake/core/tools';
import { formatProblem } from './value-format.ts';
import { matchesPattern } from './pattern-matcher.ts';
import type { SchemaNode } from './schema-node.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** Reports a value that is of the right type but not one that the schema allows. */
export function checkLimits(value: JsonValue, node: SchemaNode, walk: SchemaWalk): void {
  const allowed =
    enumProblem(value, node) ??
    formatProblem(value, node.format) ??
    (typeof value === 'string' ? textProblem(value, node) : undefined) ??
    (typeof value === 'number' ? numberProblem(value, node) : undefined) ??
    sizeProblem(value, node);
  if (allowed === undefined) return;
  const suggestion =
    typeof value === 'string' && node.enum !== undefined ? nearest(value, node.enum.map(String)) : undefined;
  walk.report({
    code: 'schema-invalid-value',
    written: valueText(value, walk.steps),
    allowed: suggestion === undefined ? allowed : `${allowed}; did you mean \`${suggestion}\`?`,
    fix: suggestion === undefined ? 'Write a value that is allowed.' : `Write \`${suggestion}\`.`,
  });
}

function enumProblem(value: JsonValue, { enum: values }: SchemaNode): string | undefined {
  if (values === undefined || values.includes(value)) return undefined;
  if (values.some((each) => sameJson(each, value))) return undefined;
  return `one of ${values.map((each) => JSON.stringify(each)).join(', ')}`;
}

function textProblem(
  text: string,
  { pattern, minLength = 0, maxLength = Infinity }: SchemaNode,
): string | undefined {
  const length = minLength > 0 || text.length > maxLength ? Array.from(text).length : text.length;
  if (length < minLength)
    return minLength === 1 ? 'a text that is not empty' : `at least ${minLength} characters`;
  if (length > maxLength) return `at most ${maxLength} characters`;
  if (pattern === undefined || matchesPattern(pattern, text) !== false) return undefined;
  return `a text that matches \`${pattern}\``;
}

function numberProblem(value: number, node: SchemaNode): string | undefined {
  const { minimum, maximum, multipleOf } = node;
  if (minimum !== undefined && (value < minimum || (node.exclusiveMinimum === true && value === minimum)))
    return node.exclusiveMinimum === true ? `more than ${minimum}` : `at least ${minimum}`;
  if (maximum !== undefined && (value > maximum || (node.exclusiveMaximum === true && value === maximum)))
    return node.exclusiveMaximum === true ? `less than ${maximum}` : `at most ${maximum}`;
  if (multipleOf !== undefined && multipleOf > 0 && !isMultiple(value, multipleOf))
    return `a multiple of ${multipleOf}`;
  return undefined;
}

function isMultiple(value: number, factor: number): boolean {
  const times = value / factor;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function sizeProblem(value: JsonValue, node: SchemaNode): string | undefined {
  if (isJsonArray(value)) return outside(value.length, node.minItems, node.maxItems, 'elements');
  if (!isJsonObject(value) || (node.minProperties ?? node.maxProperties) === undefined) return undefined;
  const size = Object.keys(value).filter((name) => value[name] !== undefined).length;
  return outside(size, node.minProperties, node.maxProperties, 'fields');
}

function outside(size: number, min = 0, max = Infinity, unit = ''): string | undefined {
  if (size < min) return `at least ${min} ${unit}`;
  return size > max ? `at most ${max} ${unit}` : undefined;
}
