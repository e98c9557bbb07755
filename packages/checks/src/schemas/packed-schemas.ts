import { brotliDecompressSync } from 'node:zlib';
import type { SchemaNode, SchemaSet } from './schema-node.ts';

/** Schemas as they are stored: every node once, a number wherever it stands in another. */
interface Packed {
  readonly nodes: Record<string, unknown>[];
  readonly kinds: Readonly<Record<string, number>>;
}

const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SINGLES = ['values', 'items', 'not'];

/** Unpacks a generated set: Brotli, base64, and numbers for nodes. */
export function unpackSchemas(text: string): SchemaSet {
  const packed: Packed = JSON.parse(brotliDecompressSync(Buffer.from(text, 'base64')).toString());
  const { nodes } = packed;
  for (const node of nodes) {
    for (const name of SINGLES) if (name in node) node[name] = nodes[Number(node[name])];
    for (const name of LISTS) if (Array.isArray(node[name])) node[name] = node[name].map((at) => nodes[at]);
    linkProperties(node['properties'], nodes);
  }
  return new Map(
    Object.entries(packed.kinds).flatMap(([kind, at]) => {
      const node: SchemaNode | undefined = nodes[at];
      return node === undefined ? [] : [[kind, node] as const];
    }),
  );
}

function linkProperties(properties: unknown, nodes: readonly unknown[]): void {
  if (typeof properties !== 'object' || properties === null) return;
  const links: Record<string, unknown> = Object.assign(properties);
  for (const name of Object.keys(links)) links[name] = nodes[Number(links[name])];
}
