import type { JsonObject } from '@strake/core';
import { nearest } from '@strake/core/tools';
import { checkValue } from './check-value.ts';
import { propertyOf, type SchemaNode } from './schema-node.ts';
import type { PreparedSchema } from './prepared-schema.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** Reports unknown and missing fields of an object, and everything wrong below it. */
export function checkObject(object: JsonObject, schema: PreparedSchema, walk: SchemaWalk): void {
  const { values } = schema;
  const isClosed = !schema.isOpen && !walk.isInCombination;
  let meant: Set<string> | undefined;
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (value === undefined || (value === null && walk.nullIsAbsent && values === undefined)) continue;
    const field = schema.field(name) ?? values;
    if (field !== undefined) {
      walk.enter(name);
      checkValue(value, field, walk);
      walk.leave();
    } else if (isClosed)
      reportUnknown(name, object, { node: schema.node, walk, meant: (meant ??= new Set()) });
  }
  for (const name of schema.required) {
    if (isAbsent(object, name, walk) && meant?.has(name) !== true) reportMissing(name, schema.node, walk);
  }
}

function reportMissing(name: string, node: SchemaNode, walk: SchemaWalk): void {
  const wanted = propertyOf(node, name)?.enum;
  const oneOf =
    wanted === undefined ? '' : `, one of ${wanted.map((each) => JSON.stringify(each)).join(', ')}`;
  walk.report({
    code: 'schema-missing-field',
    written: `no \`${name}\``,
    allowed: `\`${name}\`${oneOf}, which is required`,
    fix: `Add \`${name}\`.`,
  });
}

function isAbsent(object: JsonObject, name: string, { nullIsAbsent }: SchemaWalk): boolean {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return value === undefined || (value === null && nullIsAbsent);
}

/** One misspelt field is one problem: what it was meant to be is not reported as missing too. */
function reportUnknown(
  name: string,
  object: JsonObject,
  {
    node,
    walk,
    meant,
  }: { readonly node: SchemaNode; readonly walk: SchemaWalk; readonly meant: Set<string> },
): void {
  const known = Object.keys(node.properties ?? {});
  const suggestion = nearest(
    name,
    known.filter((each) => isAbsent(object, each, walk)),
  );
  if (suggestion !== undefined) meant.add(suggestion);
  walk.enter(name);
  walk.report({
    code: 'schema-unknown-field',
    written: `an unknown field \`${shortened(name)}\``,
    allowed: suggestion === undefined ? fieldList(known) : `did you mean \`${suggestion}\`?`,
    fix:
      suggestion === undefined
        ? `Remove \`${shortened(name)}\`: a cluster refuses or drops it.`
        : `Write \`${suggestion}\` instead of \`${shortened(name)}\`.`,
  });
  walk.leave();
}

function fieldList(known: readonly string[]): string {
  if (known.length === 0) return 'no field at all';
  const shown = known.toSorted().slice(0, 12).join(', ');
  return known.length > 12 ? `${shown} and ${known.length - 12} more` : shown;
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 57)}...` : name;
}
