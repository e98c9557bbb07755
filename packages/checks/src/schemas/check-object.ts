import type { JsonObject } from '@strake/core';
import { nearest } from '@strake/core/tools';
import { checkValue } from './check-value.ts';
import { propertyOf, type SchemaNode } from './schema-node.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** What every Kubernetes object has, and so every one that stands in another. */
const EMBEDDED: SchemaNode = {
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { metadata: true } },
  required: ['apiVersion', 'kind'],
};

/** Reports unknown and missing fields of an object, and everything wrong below it. */
export function checkObject(object: JsonObject, node: SchemaNode, walk: SchemaWalk): void {
  const meant = new Set<string>();
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (value === undefined || (value === null && walk.nullIsAbsent && node.values === undefined)) continue;
    const property = fieldOf(node, name);
    if (property !== undefined) walk.below(name, () => checkValue(value, property, walk));
    else if (isClosed(node, walk)) reportUnknown(name, object, { node, walk, meant });
  }
  const required =
    node.embedded === true ? [...(node.required ?? []), ...(EMBEDDED.required ?? [])] : node.required;
  for (const name of required ?? []) {
    if (!isAbsent(object, name, walk) || meant.has(name)) continue;
    const wanted = propertyOf(node, name);
    walk.report({
      code: 'schema-missing-field',
      written: `no \`${name}\``,
      allowed: `\`${name}\`${wanted?.enum === undefined ? '' : `, one of ${wanted.enum.map((each) => JSON.stringify(each)).join(', ')}`}, which is required`,
      fix: `Add \`${name}\`.`,
    });
  }
}

function fieldOf(node: SchemaNode, name: string): SchemaNode | undefined {
  const property =
    propertyOf(node, name) ?? (node.embedded === true ? propertyOf(EMBEDDED, name) : undefined);
  return property ?? node.values;
}

function isClosed({ open }: SchemaNode, { isInCombination }: SchemaWalk): boolean {
  return open !== true && !isInCombination;
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
  walk.below(name, () =>
    walk.report({
      code: 'schema-unknown-field',
      written: `an unknown field \`${shortened(name)}\``,
      allowed: suggestion === undefined ? fieldList(known) : `did you mean \`${suggestion}\`?`,
      fix:
        suggestion === undefined
          ? `Remove \`${shortened(name)}\`: a cluster refuses or drops it.`
          : `Write \`${suggestion}\` instead of \`${shortened(name)}\`.`,
    }),
  );
}

function fieldList(known: readonly string[]): string {
  if (known.length === 0) return 'no field at all';
  const shown = known.toSorted().slice(0, 12).join(', ');
  return known.length > 12 ? `${shown} and ${known.length - 12} more` : shown;
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 57)}...` : name;
}
