import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaNode } from '../../../packages/checks/src/schemas/schema-node.ts';

/** The part of OpenAPI 3 that Kubernetes' own specification uses. */
interface OpenApi {
  readonly $ref?: string;
  readonly type?: SchemaNode['type'];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, OpenApi>>;
  readonly additionalProperties?: OpenApi | boolean;
  readonly items?: OpenApi;
  readonly required?: readonly string[];
  readonly allOf?: readonly OpenApi[];
  readonly default?: unknown;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

type Draft = { -readonly [Name in keyof SchemaNode]: SchemaNode[Name] };

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const SPECIAL: Readonly<Record<string, SchemaNode>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { intOrString: true },
};

/** The schemas of one Kubernetes version, from the sources of its API server. */
export class BuiltInSchemas {
  readonly #schemas: Readonly<Record<string, OpenApi>>;
  readonly #enums: ReadonlyMap<string, readonly string[]>;
  readonly #nodes = new Map<string, SchemaNode>();

  constructor(directory: string) {
    const folder = join(directory, 'api/openapi-spec/v3');
    this.#schemas = Object.assign(
      {},
      ...readdirSync(folder).map(
        (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).components?.schemas,
      ),
    );
    const source = join(directory, 'pkg/generated/openapi/zz_generated.openapi.go');
    this.#enums = enumsIn(readFileSync(source, 'utf8'));
  }

  /** Every kind that has metadata, and the metadata itself as `ObjectMeta`. */
  kinds(): [string, SchemaNode][] {
    const kinds = Object.entries(this.#schemas).flatMap(([name, schema]) => {
      if (reference(schema.properties?.['metadata']) !== OBJECT_META) return [];
      return (schema['x-kubernetes-group-version-kind'] ?? []).map(
        ({ group, version, kind }): [string, SchemaNode] => [
          [group, version, kind].filter(Boolean).join('/'),
          this.named(name),
        ],
      );
    });
    return [...kinds, ['ObjectMeta', this.named(OBJECT_META)]];
  }

  /** Nodes that may stand in themselves. */
  namedNodes(): readonly SchemaNode[] {
    return [...this.#nodes.values()];
  }

  named(name: string): SchemaNode {
    const known = SPECIAL[name] ?? this.#nodes.get(name);
    if (known !== undefined) return known;
    const node: Draft = {};
    this.#nodes.set(name, node);
    const schema = this.#schemas[name];
    if (schema === undefined) throw new Error(`no schema ${name}`);
    Object.assign(node, this.#read(schema, name));
    if (schema['x-kubernetes-group-version-kind'] && node.properties)
      node.properties = {
        ...node.properties,
        ...('status' in node.properties && { status: { type: 'object', open: true } }),
        metadata: { metadata: true },
      };
    return node;
  }

  #read(schema: OpenApi, place: string): SchemaNode {
    const name = reference(schema);
    if (name !== undefined) return this.named(name);
    const { type, properties, additionalProperties, items, format } = schema;
    const node: Draft = { ...(type && { type }), ...(format && { format }) };
    if (type === undefined) return { open: true };
    if (typeof schema.default === 'string' && schema.default !== '') node.default = schema.default;
    const list = schema['x-kubernetes-list-type'];
    if (list === 'set') node.list = list;
    if (list === 'map') Object.assign(node, { list, keys: schema['x-kubernetes-list-map-keys'] });
    if (items) node.items = this.#property(items, `${place}[]`);
    if (properties) this.#properties(schema, node, place);
    if (typeof additionalProperties === 'object')
      node.values = this.#property(additionalProperties, `${place}{}`);
    else if (type === 'object' && !properties) node.open = true;
    return node;
  }

  #properties({ properties = {}, required = [] }: OpenApi, node: Draft, place: string): void {
    node.properties = Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, this.#property(each, `${place}.${name}`)]),
    );
    const missed = required.filter((name) => node.properties?.[name]?.default === undefined);
    if (missed.length > 0) node.required = missed;
  }

  #property(schema: OpenApi, place: string): SchemaNode {
    const node = this.#read(schema, place);
    const values = this.#enums.get(place);
    return values === undefined ? node : { ...node, enum: values };
  }
}

function reference(schema: OpenApi | undefined): string | undefined {
  const target = schema?.$ref ?? (schema?.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined);
  return target?.slice(target.lastIndexOf('/') + 1);
}

/**
 * Enumerations, by `io.k8s.api.core.v1.Container.imagePullPolicy`. The specification leaves them out; the Go source
 * that it is made from has them.
 */
function enumsIn(source: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let type: string | undefined;
  let property = '';
  for (const line of source.split('\n')) {
    const start = /^func schema_k8sio_api_(\w+)\(/.exec(line);
    if (line.startsWith('func ')) type = start?.[1]?.replaceAll('_', '.');
    property = /^\t{5}"(\w+)": \{$/.exec(line)?.[1] ?? property;
    const values = /^(\t+)Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line);
    if (type === undefined || values === null) continue;
    const [, indent = '', list = ''] = values;
    const place = `io.k8s.api.${type}.${property}${indent.length > 7 ? '[]' : ''}`;
    found.set(place, JSON.parse(`[${list.replace(/,\s*$/, '')}]`));
  }
  if (found.size < 100) throw new Error(`only ${found.size} enumerations found`);
  return found;
}
