import * as z from 'zod';
import { isPlannablePath } from './layout.ts';

const VERSION = 1;
const SHOWN_ISSUES = 3;
const LINES_AT_ONCE = 256;

/** No inventory is larger: it would hold some 400,000 files. */
export const LARGEST_INVENTORY = 64 * 1024 * 1024;

/** The files of a project in the repository, with the hashes of their contents. */
export interface Inventory {
  /** What the project's last write left, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** What a write that has not ended puts in their place, by path. */
  readonly pending: ReadonlyMap<string, string>;
}

export const EMPTY_INVENTORY: Inventory = { files: new Map(), pending: new Map() };

/** An inventory, or why a text is none. */
export type ParsedInventory =
  | { readonly ok: true; readonly inventory: Inventory }
  | { readonly ok: false; readonly reason: string };

const HASH = /^[0-9a-f]{64}$/;
const hashes = z.record(
  z.string().refine(isPlannablePath, 'is not a path of an application of the project'),
  z.string().regex(HASH, 'is not a SHA-256 hash'),
);

/** Reads an inventory strictly: anybody who can push may have written it. */
export function parseInventory(text: string, project: string): ParsedInventory {
  const json = parseJson(text);
  if (json === undefined) return { ok: false, reason: 'it is not JSON' };
  const inventory = inventoryOf(json.value, project);
  if (inventory !== undefined) return { ok: true, inventory };
  const schema = z.strictObject({
    version: z.literal(VERSION, `is not ${VERSION}, the one that this Strake reads`),
    project: z.literal(project, `is not \`${project}\``),
    files: hashes,
    pending: hashes.optional(),
  });
  const parsed = schema.safeParse(json.value);
  if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error) };
  const { files, pending = {} } = parsed.data;
  return {
    ok: true,
    inventory: { files: new Map(Object.entries(files)), pending: new Map(Object.entries(pending)) },
  };
}

/** The bytes of an inventory: one path a line, sorted, so that git merges the changes of two branches. */
export function formatInventory(project: string, { files, pending }: Inventory): string {
  const sections = [
    `"version": ${VERSION}`,
    `"project": ${JSON.stringify(project)}`,
    `"files": ${formatHashes(files)}`,
    ...(pending.size === 0 ? [] : [`"pending": ${formatHashes(pending)}`]),
  ];
  return `{\n  ${sections.join(',\n  ')}\n}\n`;
}

function formatHashes(hashes: ReadonlyMap<string, string>): string {
  if (hashes.size === 0) return '{}';
  const paths = [...hashes.keys()].toSorted();
  const chunks: string[] = [];
  // Many short lists are joined faster than one long one, whose lines would outlive a collection of garbage.
  for (let start = 0; start < paths.length; start += LINES_AT_ONCE) {
    const lines = paths.slice(start, start + LINES_AT_ONCE);
    chunks.push(lines.map((path) => `    ${JSON.stringify(path)}: "${hashes.get(path)}"`).join(',\n'));
  }
  return `{\n${chunks.join(',\n')}\n  }`;
}

/** An inventory as Strake writes it; undefined for all else, of which the schema, ten times slower, says what is wrong. */
function inventoryOf(value: unknown, project: string): Inventory | undefined {
  if (!isRecord(value) || value['version'] !== VERSION || value['project'] !== project) return undefined;
  const { version: _version, project: _project, files, pending = {}, ...rest } = value;
  if (Object.keys(rest).length > 0) return undefined;
  const [known, coming] = [hashesOf(files), hashesOf(pending)];
  return known && coming && { files: known, pending: coming };
}

function hashesOf(value: unknown): Map<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  const found = new Map<string, string>();
  for (const path of Object.keys(value)) {
    const hash = value[path];
    if (typeof hash !== 'string' || !HASH.test(hash) || !isPlannablePath(path)) return undefined;
    found.set(path, hash);
  }
  return found;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function reasonOf({ issues }: z.ZodError): string {
  const shown = issues.slice(0, SHOWN_ISSUES).map((issue) => {
    const message =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return `${issue.path.map((key) => `\`${String(key)}\``).join(' ') || 'it'} ${message}`;
  });
  const more = issues.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
