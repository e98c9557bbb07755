import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@strake/core';
import { customSchema } from './custom-schema.ts';
import { kindKey, type SchemaNode } from './schema-node.ts';

/** The schemas of all served versions that a CustomResourceDefinition defines; none when it defines nothing. */
export function customKinds(definition: JsonValue | undefined): readonly (readonly [string, SchemaNode])[] {
  if (!isJsonObject(definition) || !isCustomDefinition(definition)) return [];
  const { spec } = definition;
  if (!isJsonObject(spec) || !isJsonObject(spec['names']) || !isJsonArray(spec['versions'])) return [];
  const { group, names, versions } = spec;
  const { kind } = names;
  if (typeof group !== 'string' || typeof kind !== 'string') return [];
  return versions.flatMap((version) => {
    if (!isJsonObject(version) || version['served'] === false) return [];
    const { schema, name } = version;
    if (typeof name !== 'string') return [];
    const root = isJsonObject(schema) ? schema['openAPIV3Schema'] : undefined;
    if (!isJsonObject(root)) return [];
    return [[kindKey(`${group}/${name}`, kind), customSchema(root)] as const];
  });
}

export function isCustomDefinition(object: JsonObject): boolean {
  return object['kind'] === 'CustomResourceDefinition' && object['apiVersion'] === 'apiextensions.k8s.io/v1';
}
