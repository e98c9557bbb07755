import { brotliCompressSync, constants } from 'node:zlib';
import type { SchemaNode } from '../../../packages/checks/src/schemas/schema-node.ts';

const LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const SINGLES = ['values', 'items', 'not'] as const;

/** Packs schemas as `unpackSchemas` reads them. `recursive` are the nodes that may stand in themselves. */
export function packSchemas(
  kinds: readonly (readonly [string, SchemaNode])[],
  recursive: readonly SchemaNode[] = [],
): string {
  const packer = new Packer(recursive);
  const sorted = kinds.toSorted(([left], [right]) => (left < right ? -1 : 1));
  const packed = {
    kinds: Object.fromEntries(sorted.map(([kind, node]) => [kind, packer.add(node)])),
    nodes: packer.nodes,
  };
  const json = JSON.stringify(packed);
  const options = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(json, {
    params: { ...options, [constants.BROTLI_PARAM_SIZE_HINT]: json.length },
  }).toString('base64');
}

class Packer {
  readonly nodes: unknown[] = [];
  readonly #known = new Map<SchemaNode, number>();
  readonly #same = new Map<string, number>();
  readonly #recursive: ReadonlySet<SchemaNode>;

  constructor(recursive: readonly SchemaNode[]) {
    this.#recursive = new Set(recursive);
  }

  add(node: SchemaNode): number {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    if (this.#recursive.has(node)) {
      const place = this.nodes.push(undefined) - 1;
      this.#known.set(node, place);
      this.nodes[place] = this.#packed(node);
      return place;
    }
    const packed = this.#packed(node);
    const text = JSON.stringify(packed);
    const place = this.#same.get(text) ?? this.nodes.push(packed) - 1;
    this.#same.set(text, place);
    this.#known.set(node, place);
    return place;
  }

  #packed(node: SchemaNode): Record<string, unknown> {
    const packed: Record<string, unknown> = { ...node };
    if (node.properties)
      packed['properties'] = Object.fromEntries(
        Object.entries(node.properties)
          .toSorted(([left], [right]) => (left < right ? -1 : 1))
          .map(([name, each]) => [name, this.add(each)]),
      );
    for (const name of SINGLES) {
      const each = node[name];
      if (each) packed[name] = this.add(each);
    }
    for (const name of LISTS) {
      const list = node[name];
      if (list) packed[name] = list.map((each) => this.add(each));
    }
    return packed;
  }
}
