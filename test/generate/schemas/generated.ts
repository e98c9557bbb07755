import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { customKinds } from '../../../packages/checks/src/schemas/custom-definition.ts';
import type { SchemaNode } from '../../../packages/checks/src/schemas/schema-node.ts';
import { ROOT } from '../../files.ts';
import { BuiltInSchemas } from './built-in.ts';
import { packSchemas } from './pack.ts';
import { KUBERNETES_SOURCES, VENDOR_SOURCES, type Source, type VendorSource } from './sources.ts';

/** Where the generated sets stand. */
export const FOLDER = join(ROOT, 'packages/checks/src/schemas/generated');

/** Every generated file by name, or why they cannot be generated here. */
export function generatedFiles(): ReadonlyMap<string, string> | { readonly missing: string } {
  const modules = goModules([...KUBERNETES_SOURCES, ...VENDOR_SOURCES]);
  if ('missing' in modules) return modules;
  const directory = (source: Source) => modules.get(nameOf(source)) ?? '';
  const versions = KUBERNETES_SOURCES.map((source): [string, string] => {
    const builtIn = new BuiltInSchemas(directory(source));
    const kinds = builtIn.kinds();
    return [
      `kubernetes-${minorOf(source).replace('.', '-')}`,
      file([source], packSchemas(kinds, builtIn.namedNodes())),
    ];
  });
  const vendors = [...new Set(VENDOR_SOURCES.map(({ set }) => set))].map((set): [string, string] => {
    const sources = VENDOR_SOURCES.filter((source) => source.set === set);
    const kinds = sources.flatMap((source) => kindsOf(source, directory(source)));
    return [set, file(sources, packSchemas(kinds))];
  });
  return new Map([...versions, ...vendors].map(([name, text]) => [`${name}.generated.ts`, text]));
}

/** `1.36` of v1.36.3. */
export function minorOf({ version }: Source): string {
  return version.slice(1).split('.').slice(0, 2).join('.');
}

function kindsOf({ path, without }: VendorSource, directory: string): (readonly [string, SchemaNode])[] {
  const place = join(directory, path);
  const files = statSync(place).isDirectory()
    ? readdirSync(place)
        .filter((name) => name.endsWith('.yaml') && without?.test(name) !== true)
        .toSorted()
        .map((name) => join(place, name))
    : [place];
  const kinds = files.flatMap((each) => documentsIn(each).flatMap((document) => customKinds(document)));
  if (kinds.length === 0) throw new Error(`no custom resource is defined in ${place}`);
  return kinds.map(([kind, node]) => [kind, METADATA[kind] ? withMetadata(node, METADATA[kind]) : node]);
}

/** Where a CRD takes anything, and the operator's Go type is the metadata of an object. */
const METADATA: Readonly<Record<string, readonly string[]>> = {
  'bitnami.com/v1alpha1/SealedSecret': ['spec', 'template', 'metadata'],
};

function withMetadata(node: SchemaNode, [name, ...below]: readonly string[]): SchemaNode {
  if (name === undefined) return { metadata: true, nullable: true };
  const property = node.properties?.[name];
  if (property === undefined) throw new Error(`no property ${name}`);
  return { ...node, properties: { ...node.properties, [name]: withMetadata(property, below) } };
}

/** Flagger's descriptions are indented as only Go's YAML parser takes it; nothing reads descriptions. */
function documentsIn(path: string) {
  const text = readFileSync(path, 'utf8').replaceAll(/^( *description:) '(?:[^']|'')*'$/gm, '$1 none');
  return parseAllDocuments(text).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS();
  });
}

function file(sources: readonly Source[], data: string): string {
  return [
    '// Made by `npx jiti test/generate/schemas.ts`. Field names and constraints are those of',
    ...sources.map((source) => `// ${nameOf(source)} (${source.licence})`),
    `export const SCHEMAS: string =\n  '${data}';\n`,
  ].join('\n');
}

function nameOf({ module, version }: Source): string {
  return `${module}@${version}`;
}

function goModules(sources: readonly Source[]): ReadonlyMap<string, string> | { readonly missing: string } {
  const { status, stdout, stderr, error } = spawnSync(
    'go',
    ['mod', 'download', '-json', ...sources.map(nameOf)],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  if (status !== 0) return { missing: `go mod download: ${error?.message ?? (stderr || stdout)}` };
  const found: { Path: string; Version: string; Dir: string }[] = JSON.parse(
    `[${stdout.replaceAll(/^\}\n\{/gm, '},{')}]`,
  );
  return new Map(found.map(({ Path, Version, Dir }) => [`${Path}@${Version}`, Dir]));
}
