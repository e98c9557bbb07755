import { defaultedFields, hasDefaults } from './defaults.ts';
import { propertyOf, type SchemaNode, type SchemaRule } from './schema-node.ts';

/** What every Kubernetes object has, and so every one that stands in another. */
const EMBEDDED: SchemaNode = {
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { metadata: true } },
  required: ['apiVersion', 'kind'],
};

/** What is written down in few schemas, and limits values. */
const LIMITS = [
  'enum',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minimum',
  'maximum',
  'multipleOf',
] as const;

/**
 * A schema as a walk reads it, once for every value: what it asks for is told by fields that all prepared schemas have,
 * and the schemas below are prepared when they are first met.
 */
export class PreparedSchema {
  readonly node: SchemaNode;
  readonly type: SchemaNode['type'];
  readonly format: string | undefined;
  readonly intOrString: boolean;
  readonly nullable: boolean;
  readonly isMetadata: boolean;
  /** Whether an object keeps fields that it has no schema for. */
  readonly isOpen: boolean;
  readonly hasLimits: boolean;
  readonly hasCombinations: boolean;
  readonly required: readonly string[];
  readonly list: SchemaNode['list'];
  readonly rules: readonly SchemaRule[] | undefined;
  readonly #fields: Map<string, PreparedSchema> | undefined;
  #items: PreparedSchema | undefined;
  #values: PreparedSchema | undefined;
  #hasDefaults: boolean | undefined;
  #defaultedFields: readonly (readonly [string, PreparedSchema])[] | undefined;

  constructor(node: SchemaNode) {
    const { embedded = false, properties, required = [] } = node;
    this.node = node;
    this.type = node.type;
    this.format = node.format;
    this.intOrString = node.intOrString === true;
    this.nullable = node.nullable === true;
    this.isMetadata = node.metadata === true;
    this.isOpen = node.open === true;
    this.hasLimits = LIMITS.some((name) => node[name] !== undefined);
    this.hasCombinations = (node.allOf ?? node.anyOf ?? node.oneOf ?? node.not) !== undefined;
    this.required = embedded ? [...required, ...(EMBEDDED.required ?? [])] : required;
    this.list = node.list;
    this.rules = node.rules;
    this.#fields = properties === undefined && !embedded ? undefined : new Map();
  }

  /** The schema of a field; undefined where the object has none of that name. */
  field(name: string): PreparedSchema | undefined {
    return this.#fields === undefined ? undefined : (this.#fields.get(name) ?? this.#newField(name));
  }

  get items(): PreparedSchema | undefined {
    return (this.#items ??= maybePrepared(this.node.items));
  }

  /** The schema of the entries of a map. */
  get values(): PreparedSchema | undefined {
    return (this.#values ??= maybePrepared(this.node.values));
  }

  /** Whether a default stands anywhere below. */
  get hasDefaults(): boolean {
    return (this.#hasDefaults ??= hasDefaults(this.node));
  }

  /** The fields that have a default, or one somewhere below. */
  get defaultedFields(): readonly (readonly [string, PreparedSchema])[] {
    this.#defaultedFields ??= defaultedFields(this.node).flatMap((name) => {
      const field = this.field(name);
      return field === undefined ? [] : [[name, field] as const];
    });
    return this.#defaultedFields;
  }

  #newField(name: string): PreparedSchema | undefined {
    const { node } = this;
    const field = propertyOf(node, name) ?? (node.embedded === true ? propertyOf(EMBEDDED, name) : undefined);
    if (field === undefined) return undefined;
    const schema = prepared(field);
    this.#fields?.set(name, schema);
    return schema;
  }
}

const PREPARED = new WeakMap<SchemaNode, PreparedSchema>();

/** A schema made ready for walks, once. */
export function prepared(node: SchemaNode): PreparedSchema {
  const known = PREPARED.get(node) ?? new PreparedSchema(node);
  PREPARED.set(node, known);
  return known;
}

function maybePrepared(node: SchemaNode | undefined): PreparedSchema | undefined {
  return node === undefined ? undefined : prepared(node);
}
