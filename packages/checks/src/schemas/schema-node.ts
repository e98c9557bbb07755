import type { JsonValue } from '@strake/core';

/** What a value must be: the strict form into which every source of schemas is brought. */
export interface SchemaNode {
  readonly type?: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
  /** `int32`, `date-time` and the like; `quantity` for amounts such as `500m`. */
  readonly format?: string;
  readonly intOrString?: boolean;
  readonly nullable?: boolean;
  /** Whether an object keeps fields that are not among its properties. */
  readonly open?: boolean;
  /** Whether an object is a whole Kubernetes object, with `apiVersion`, `kind` and `metadata`. */
  readonly embedded?: boolean;
  /** Whether it is the metadata of an object, which the Kubernetes version decides. */
  readonly metadata?: boolean;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  /** What the entries of a map are. */
  readonly values?: SchemaNode;
  readonly items?: SchemaNode;
  readonly list?: 'map' | 'set';
  /** The fields that tell elements of a list apart. */
  readonly keys?: readonly string[];
  readonly default?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly allOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly not?: SchemaNode;
  readonly rules?: readonly SchemaRule[];
}

/** A rule in the Common Expression Language, `x-kubernetes-validations` of a CRD. */
export interface SchemaRule {
  readonly rule: string;
  readonly message?: string;
}

/** The schemas of kinds, by `apiVersion/Kind`. */
export type SchemaSet = ReadonlyMap<string, SchemaNode>;

/** The key of a kind in a set: `apps/v1/Deployment`, `v1/Service`. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion}/${kind}`;
}

/** A property by name, and never what every JavaScript object inherits. */
export function propertyOf(node: SchemaNode, name: string): SchemaNode | undefined {
  const { properties } = node;
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}
